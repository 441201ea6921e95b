"""Hold decisions by consensus against recorded ones: ``python benchmarks/decisions.py DIR``.

DIR holds ``deu3_long_DEV_ONLY.csv``, one row for each issue and actor. Printed are the error, the score and
the share within 10 points of every concept, with paired intervals by proposal against the weighted mean;
the fits of ``outcomes.yaml`` and ``decisions.yaml``, with their scores out of fold by rule; the episodes of
``decisions/`` left out one at a time, with the time they took; and the speed of each part. It ends with 1
when the plain checks fail.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from decisions_data import Recorded, hand_check, read_recorded
from decisions_folds import FOLDS, PARTITIONS, bootstrap, folds
from decisions_skill import durations, skill
from foedus.decisions.decide import SEARCH_DRAWS, decide
from foedus.decisions.draws import draw_stances
from foedus.decisions.find import shipped_decisions
from foedus.decisions.models import bargaining, outcome, voting
from foedus.decisions.models.challenge import challenge_rounds
from foedus.decisions.models.silence import play
from foedus.decisions.parameters import FOLDER
from foedus.decisions.schema import read_decision
from foedus.decisions.setup import setup, terms

EXPECTED = {"influence x salience mean": (22.65, 20.12)}
"""What the research note gives for the development part: all issues, and those by unanimity."""


def points(data: Recorded) -> dict[str, np.ndarray]:
    """Work out every concept."""
    x, w, present = data.position, data.salience * data.influence, data.present.astype(float)
    found = {
        "influence x salience mean": voting.weighted_mean(x, w),
        "salience mean": voting.weighted_mean(x, data.salience * present),
        "plain mean": voting.weighted_mean(x, present),
        "weighted median": voting.weighted_median(x, w),
        "plain median": voting.weighted_median(x, present),
        "probabilistic Condorcet": voting.probabilistic_condorcet(x, w),
        "weighted Nash, far disagreement": bargaining.nash_far(x, w, 200.0),
        "constant 50": np.full(len(x), 50.0),
    }
    known = ~np.isnan(data.reversion)
    back = np.where(known, data.reversion, 0.0)
    for name, solve in (
        ("Nash at the reversion", bargaining.nash),
        ("Kalai-Smorodinsky", bargaining.kalai_smorodinsky),
        ("egalitarian", bargaining.egalitarian),
    ):
        found[name] = np.where(known, solve(x, w, back), np.nan)
    return found


def challenge_points(data: Recorded) -> np.ndarray:
    """Give the median of the challenge model after its first round, the weighted mean where all agree."""
    result = np.empty(len(data.outcome))
    for i, here in enumerate(data.present):
        x, s, c = data.position[i, here], data.salience[i, here], data.influence[i, here]
        if np.ptp(x) > 0:
            result[i] = challenge_rounds(c, x, s, 1).median[-1]
        else:
            result[i] = x[0]
    return result


def dressed(forecast: np.ndarray, happened: np.ndarray, ok: np.ndarray) -> np.ndarray:
    """Give the score of a point forecast with a normal around it, of the deviation that scores best."""
    rows = []
    for sd in np.arange(6.0, 61.0, 3.0):
        shape = outcome.normal_cdf((outcome.GRID - np.where(ok, forecast, 50.0)[:, None]) / sd)
        shape[:, -1] = 1.0
        rows.append(outcome.crps(shape, happened))
    return min(rows, key=lambda row: row[ok].mean())


def concepts_table(data: Recorded) -> bool:
    """Print every concept's error beside the weighted mean's."""
    start = time.perf_counter()
    found = points(data)
    took = time.perf_counter() - start
    found["challenge model, round 1"] = challenge_points(data)
    base = np.abs(found["influence x salience mean"] - data.outcome)
    print(f"\nPoint forecasts: {len(base)} issues, {data.unanimity.sum()} by unanimity")
    print("CRPS: of a normal around the forecast, cut at the ends, with the deviation best in sample")
    head = f"{'MAE':>7}{'unan.':>7}{'CRPS':>7}{'unan.':>7}{'in 10':>7}{'unan.':>7}"
    print(f"{'':34}{head}{'MAE less the weighted mean [95 %]':>35}{'issues':>8}")
    for name, forecast in found.items():
        ok = ~np.isnan(forecast)
        both = ok & data.unanimity
        error = np.abs(forecast - data.outcome)
        score = dressed(forecast, data.outcome, ok)
        mean, low, high = bootstrap((error - base)[ok], data.proposal[ok])
        print(
            f"{name:34}{error[ok].mean():7.2f}{error[both].mean():7.2f}{score[ok].mean():7.2f}{score[both].mean():7.2f}"
            f"{(error[ok] <= 10).mean():7.3f}{(error[both] <= 10).mean():7.3f}"
            f"{f'{mean:+.2f} [{low:+.2f}, {high:+.2f}]':>35}{ok.sum():8}"
        )
    print(f"All concepts on all issues: {took:.3f} s (limit 1 s)")
    good = took < 1.0
    for name, (whole, unanimous) in hand_check(data).items():
        error = np.abs(found[name] - data.outcome)
        same = abs(error.mean() - whole) < 1e-6 and abs(error[data.unanimity].mean() - unanimous) < 1e-6
        print(f"by hand, {name:25}{whole:7.2f}{unanimous:7.2f}  {'same' if same else 'DIFFERENT'}")
        good &= same
    for name, (whole, unanimous) in EXPECTED.items():
        error = np.abs(found[name] - data.outcome)
        good &= round(error.mean(), 2) == whole and round(error[data.unanimity].mean(), 2) == unanimous
    return bool(good)


WIDE = np.linspace(-200.0, 300.0, 1001)


def baseline_scores(data: Recorded, sds: np.ndarray) -> np.ndarray:
    """Give the score of the 50/50 mixture of weighted positions and a normal, (sd, issue)."""
    w = data.salience * data.influence
    share = w / w.sum(1, keepdims=True)
    steps = np.stack(
        [(s[:, None] * (x[:, None] <= WIDE + 1e-9)).sum(0) for s, x in zip(share, data.position, strict=True)]
    )
    mean = voting.weighted_mean(data.position, w)
    happened = data.outcome[:, None] - 1e-9 <= WIDE
    rows = []
    for sd in sds:
        mixture = 0.5 * steps + 0.5 * outcome.normal_cdf((WIDE - mean[:, None]) / sd)
        rows.append(((mixture - happened) ** 2).sum(1) * (WIDE[1] - WIDE[0]))
    return np.stack(rows)


SHARES = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
UNKNOWN = np.array([0.0, 0.1, 0.2, 0.3, 0.4])
WIDTHS = np.array([0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 1.3])
SHARPNESS = np.array([0.7, 0.85, 1.0, 1.2, 1.4, 1.7, 2.0, 2.5])
INTERVALS = np.array([0.5, 0.8, 0.9])
CALIBRATION_WEIGHT = 5.0
"""Points of score that a miss of one in the share of an interval counts for."""


@dataclass(frozen=True)
class Scores:
    """The score of every candidate on every issue, and which of its intervals hold the outcome."""

    candidates: list[tuple[float, float, float, float]]
    score: np.ndarray
    holds: np.ndarray

    def criterion(self, rows: np.ndarray) -> np.ndarray:
        """Give the mean score and the greatest miss of the shares that intervals hold, each candidate."""
        miss = np.abs(self.holds[:, :, rows].mean(2) - INTERVALS).max(1)
        return self.score[:, rows].mean(1) + CALIBRATION_WEIGHT * miss


def interval_holds(shape: np.ndarray, happened: np.ndarray) -> np.ndarray:
    """Say which outcomes lie within the 50, 80 and 90 per cent intervals, (interval, issue)."""
    rows = []
    for share in INTERVALS:
        low, high = (
            outcome.GRID[np.minimum((shape < level - 1e-12).sum(1), len(outcome.GRID) - 1)]
            for level in ((1 - share) / 2, (1 + share) / 2)
        )
        rows.append((low - 1e-9 <= happened) & (happened <= high + 1e-9))
    return np.stack(rows)


def candidate_scores(data: Recorded) -> Scores:
    """Score every mixture of the grid."""
    w = data.salience * data.influence
    candidates, rows, holds = [], [], []
    for width in WIDTHS:
        steps, flat, around = (
            outcome.cdf(data.position, w, outcome.Outcomes(*shares, width))
            for shares in ((1, 0), (0, 1), (0, 0))
        )
        for share, unknown in itertools.product(SHARES, UNKNOWN):
            mixture = share * steps + unknown * flat + (1 - share - unknown) * around
            for sharpness in SHARPNESS:
                shape = outcome.sharpened(mixture, sharpness)
                rows.append(outcome.crps(shape, data.outcome))
                holds.append(interval_holds(shape, data.outcome))
                candidates.append((float(share), float(unknown), float(width), float(sharpness)))
    return Scores(candidates, np.stack(rows), np.stack(holds).astype(float))


def predictive(data: Recorded) -> bool:
    """Fit and score the predictive distribution beside the refitted baseline."""
    scores = candidate_scores(data)
    kinds = {"consensus": data.unanimity, "majority": ~data.unanimity}
    sds = np.arange(8.0, 41.0, 2.0)
    base = baseline_scores(data, sds)
    issues = len(data.outcome)
    ours, theirs, holds = np.zeros(issues), np.zeros(issues), np.zeros((len(INTERVALS), issues))
    for seed in range(PARTITIONS):
        fold = folds(data.proposal, seed)
        for k in range(FOLDS):
            train = fold != k
            for kind in kinds.values():
                test, best = kind & ~train, int(scores.criterion(kind & train).argmin())
                ours[test] += scores.score[best, test] / PARTITIONS
                holds[:, test] += scores.holds[best][:, test] / PARTITIONS
            theirs[~train] += base[int(base[:, train].mean(1).argmin()), ~train] / PARTITIONS
    print("\nPredictive distribution, CRPS out of fold by proposal (mean of five partitions into ten folds)")
    for name, score in (("ours", ours), ("50/50 mixture, refitted", theirs)):
        print(f"{name:34}{score.mean():7.2f}{score[data.unanimity].mean():7.2f} (unanimity)")
    every = {"all": np.ones_like(data.unanimity), "unanimity": data.unanimity, "majority": ~data.unanimity}
    for name, rows in every.items():
        mean, low, high = bootstrap((theirs - ours)[rows], data.proposal[rows])
        shares = ", ".join(f"{100 * share:.0f}" for share in holds[:, rows].mean(1))
        print(
            f"gain on {name}: {mean:+.2f} [{low:+.2f}, {high:+.2f}]; 50, 80, 90 % intervals hold {shares} %"
        )
    packaged = True
    for name, kind in kinds.items():
        best = scores.candidates[int(scores.criterion(kind).argmin())]
        used = outcome.outcomes_for(name, outcome_numbers())
        packaged &= best == (used.position_share, used.unknown_share, used.width, used.sharpness)
        print(f"fit on all, {name}: position share, unknown share, width, sharpness {best}")
    print(f"as packaged: {packaged}")
    held = holds.mean(1)
    bounds = np.array([[0.45, 0.58], [0.74, 0.86], [0.85, 0.95]])
    calibrated = bool(((bounds[:, 0] <= held) & (held <= bounds[:, 1])).all())
    return bool(packaged and calibrated and ours.mean() <= theirs.mean())


def outcome_numbers() -> outcome.OutcomeParameters:
    """Give the numbers of the parameter file."""
    values = {n: p.value for n, p in FOLDER.component("outcomes").items()}
    return outcome.OutcomeParameters(**values)  # type: ignore[arg-type]


def timed(name: str, limit: float, work: Callable[[], object]) -> bool:
    """Run something three times and print the least time."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    print(f"{name:58}{min(times):8.4f} s (limit {limit:g} s)")
    return min(times) < limit


def speed(data: Recorded) -> bool:
    """Print the speed of each part."""
    from foedus.decisions.packages import AIMS, Agenda, solve_package

    print("\nSpeed, the least of three runs")
    file = read_decision(shipped_decisions()["nsatu-2024"], "nsatu-2024")
    wide = file.model_copy(
        update={
            "members": tuple(
                m.model_copy(
                    update={"position": type(m.position)(low=m.position.low * 0.9, high=m.position.high)}
                )
                for m in file.members
            )
        }
    )
    made, numbers = setup(wide), terms()
    assert made.question is not None

    def game() -> None:
        drawn = draw_stances(made.bands, draws=10_000, seed=1)
        play(made.question, drawn.stances, drawn.chance, numbers)  # type: ignore[arg-type]

    rng = np.random.default_rng(1)
    asked = Agenda(
        issues=tuple(f"issue {j}" for j in range(8)),
        members=tuple(f"member {i}" for i in range(32)),
        reversion=np.zeros(8),
        position=rng.uniform(0, 100, (8, 32)) * (rng.random((8, 32)) > 0.2),
        salience=rng.uniform(0, 1, (8, 32)),
        influence=rng.uniform(1, 10, 32),
        opt_out=np.zeros(8, dtype=bool),
    )
    ten = (rng.uniform(1, 10, 10), rng.uniform(0, 100, 10), rng.uniform(0.1, 1, 10))
    good = timed("every concept on all issues", 1.0, lambda: points(data))
    good &= timed("silence game, 32 allies, 10,000 draws, bands, drawn anew", 0.5, game)
    good &= timed("challenge model, 10 actors, 10 rounds", 0.02, lambda: challenge_rounds(*ten, 10))
    for aim in AIMS:
        good &= timed(f"package, 32 members, 8 issues, {aim}", 2.0, lambda aim=aim: solve_package(asked, aim))
    two = replace(asked, opt_out=np.arange(8) < 2)
    timed("package, weighted, opt-outs on two issues", 2.0, lambda: solve_package(two, "weighted"))
    timed(f"foedus decide, whole answer ({SEARCH_DRAWS} draws in searches)", 5.0, lambda: decide(file))
    return good


def main() -> int:
    """Run every part."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of the data")
    data = read_recorded(parser.parse_args().folder / "deu3_long_DEV_ONLY.csv")
    parts = (
        ("concepts", lambda: concepts_table(data)),
        ("predictive", lambda: predictive(data)),
        ("skill", lambda: skill(data)),
        ("time", durations),
        ("speed", lambda: speed(data)),
    )
    done = {name: part() for name, part in parts}
    print("\n" + ", ".join(f"{name}: {'as wanted' if ok else 'NOT as wanted'}" for name, ok in done.items()))
    return 0 if all(done.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
