"""Moves on record, replayed with the throughputs on record: median and middle 80 % beside what was seen.

The throughputs were committed before this ran first, and have not been changed by what it printed.
"""

from __future__ import annotations

from foedus.reinforcement.replays import moves, replay_columns, replay_ships


def main() -> None:
    announced = moves()["announced-2016"].days
    print("asked: median 12 to 15 for 14 seen, inside; about 36 (29 to 46) for the slow case")
    for replay in (replay_ships(), replay_ships(slow=True), replay_columns()):
        seen = f"{replay.observed:g}" if replay.observed is not None else "not said"
        inside = "inside" if replay.inside else "OUTSIDE"
        days = f"{replay.median:5.1f} ({replay.low:.1f} to {replay.high:.1f})"
        print(f"{replay.name:20s} {replay.what:45s} {days}  seen or said {seen}: {inside}")
    print(f"announced in October 2016 for the first: roughly {announced:g} days")
    print("One replay is no validation.")


if __name__ == "__main__":
    main()
