"""Hold decisions by consensus against recorded ones: ``python benchmarks/decisions.py DIR``.

DIR holds ``deu3_long_DEV_ONLY.csv``, one row for each issue and actor. Printed are the error, the score and
the share within 10 points of every concept, with paired intervals by proposal against the weighted mean;
the fits of ``outcomes.yaml`` and ``decisions.yaml``, with their scores out of fold; the episodes of
``decisions/`` left out one at a time; and the speed of each part. It ends with 1 when the plain checks fail.
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
from foedus.decisions.decide import SEARCH_DRAWS, decide
from foedus.decisions.draws import draw_stances
from foedus.decisions.find import shipped_decisions
from foedus.decisions.models import bargaining, outcome, voting
from foedus.decisions.models.challenge import challenge_rounds
from foedus.decisions.models.question import INSTRUMENTS, SilenceParameters
from foedus.decisions.models.silence import play
from foedus.decisions.schema import DecisionFile, read_decision
from foedus.decisions.setup import setup, terms

FOLDS, PARTITIONS, RESAMPLES = 10, 5, 4000
EXPECTED = {"influence x salience mean": (22.65, 20.12)}
"""What the research note gives for the development part: all issues, and those by unanimity."""


def bootstrap(difference: np.ndarray, proposal: np.ndarray) -> tuple[float, float, float]:
    """Give the mean of paired differences and its 95 per cent interval, resampling whole proposals."""
    names, at = np.unique(proposal, return_inverse=True)
    total, count = np.bincount(at, difference), np.bincount(at)
    rng = np.random.default_rng(1)
    pick = rng.integers(0, len(names), (RESAMPLES, len(names)))
    means = total[pick].sum(1) / count[pick].sum(1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(difference.mean()), float(low), float(high)


def folds(proposal: np.ndarray, seed: int) -> np.ndarray:
    """Give each issue a fold; issues of one proposal share theirs."""
    names, at = np.unique(proposal, return_inverse=True)
    return (np.random.default_rng(seed).permutation(len(names)) % FOLDS)[at]


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


SHARES = np.array([0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7])
UNKNOWN = np.array([0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3])
WIDTHS = np.array([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2])


@dataclass(frozen=True)
class Scores:
    """The score of every candidate on every issue."""

    candidates: list[tuple[float, float, float]]
    score: np.ndarray


def candidate_scores(data: Recorded) -> Scores:
    """Score every mixture of the grid."""
    w = data.salience * data.influence
    parts = {
        width: [
            outcome.cdf(data.position, w, outcome.Outcomes(*shares, width))
            for shares in ((1, 0), (0, 1), (0, 0))
        ]
        for width in WIDTHS
    }
    candidates, rows = [], []
    for width, share, unknown in itertools.product(WIDTHS, SHARES, UNKNOWN):
        if share + unknown > 1.0:
            continue
        steps, flat, around = parts[width]
        mixture = share * steps + unknown * flat + (1 - share - unknown) * around
        rows.append(outcome.crps(mixture, data.outcome))
        candidates.append((float(share), float(unknown), float(width)))
    return Scores(candidates, np.stack(rows))


def out_of_fold(score: np.ndarray, kinds: list[np.ndarray], fold: np.ndarray) -> np.ndarray:
    """Give each issue the score of the candidate that was best on the other folds, kind by kind."""
    result = np.empty(score.shape[1])
    for k, kind in itertools.product(range(FOLDS), kinds):
        train, test = kind & (fold != k), kind & (fold == k)
        result[test] = score[score[:, train].mean(1).argmin(), :][test]
    return result


def predictive(data: Recorded) -> bool:
    """Fit and score the predictive distribution beside the refitted baseline."""
    scores = candidate_scores(data)
    kinds = [data.unanimity, ~data.unanimity]
    sds = np.arange(8.0, 41.0, 2.0)
    base = baseline_scores(data, sds)
    ours, theirs = np.zeros(len(data.outcome)), np.zeros(len(data.outcome))
    for seed in range(PARTITIONS):
        fold = folds(data.proposal, seed)
        ours += out_of_fold(scores.score, kinds, fold) / PARTITIONS
        theirs += out_of_fold(base, [np.ones_like(data.unanimity)], fold) / PARTITIONS
    print("\nPredictive distribution, CRPS out of fold by proposal (mean of five partitions into ten folds)")
    for name, score in (("ours", ours), ("50/50 mixture, refitted", theirs)):
        print(f"{name:34}{score.mean():7.2f}{score[data.unanimity].mean():7.2f} (unanimity)")
    for name, who in (("all", np.ones_like(data.unanimity)), ("unanimity", data.unanimity)):
        mean, low, high = bootstrap((theirs - ours)[who], data.proposal[who])
        print(f"gain on {name}: {mean:+.3f} [{low:+.3f}, {high:+.3f}]")
    plain = base[int(np.flatnonzero(sds == 24.0)[0])]
    print(f"the mixture with sd 24, not refitted: {plain.mean():.2f}, {plain[data.unanimity].mean():.2f}")
    for name, kind in (("consensus", data.unanimity), ("majority", ~data.unanimity)):
        best = scores.candidates[int(scores.score[:, kind].mean(1).argmin())]
        print(f"fit on all, {name}: position share {best[0]:g}, unknown share {best[1]:g}, width {best[2]:g}")
    w = data.salience * data.influence
    mean_error = np.abs(voting.weighted_mean(data.position, w) - data.outcome).mean()
    middle = np.empty(len(data.outcome))
    for kind in kinds:
        share, unknown, width = scores.candidates[int(scores.score[:, kind].mean(1).argmin())]
        shape = outcome.cdf(data.position[kind], w[kind], outcome.Outcomes(share, unknown, width))
        middle[kind] = (1.0 - shape[:, :-1]).sum(1) * (outcome.GRID[1] - outcome.GRID[0])
    error = np.abs(middle - data.outcome).mean()
    print(f"point error of its mean: {error:.2f}; of the weighted mean: {mean_error:.2f}")
    return bool(ours.mean() < theirs.mean() and error < mean_error + 1.0)


PRIOR = np.array([[-2.5, 2.0], [4.5, 1.0], [3.0, 3.0]])
"""Mean and deviation of the priors of base, loss slope and isolation slope."""


def held_out_chance(data: Recorded, rows: np.ndarray, coefficients: np.ndarray) -> np.ndarray:
    """Give the chance that some state holds out against the weighted mean, for each issue."""
    a, b, c = coefficients
    result = []
    for i in rows:
        states = data.present[i] & data.state[i]
        p, s, w = data.position[i, states], data.salience[i, states], data.influence[i, states]
        weight = data.salience[i] * data.influence[i]
        draft = float(voting.weighted_mean(data.position[i][None], weight[None])[0])
        worse = (np.abs(draft - p) - np.abs(data.reversion[i] - p)) / 100.0
        gaining = w * (worse < 0)
        alone = (gaining.sum() - gaining) / (w.sum() - w)
        index = a + b * s * np.maximum(worse, 0.0) - c * alone
        hold = np.where(worse > 0, 1.0 / (1.0 + np.exp(-index)), 0.0)
        result.append(1.0 - np.prod(1.0 - hold))
    return np.clip(result, 1e-4, 1 - 1e-4)


def fit_objection(data: Recorded, rows: np.ndarray, stays: np.ndarray) -> np.ndarray:
    """Find the coefficients of greatest likelihood × prior by shrinking a pattern around the best point."""

    def loss(c: np.ndarray) -> float:
        p = held_out_chance(data, rows, c)
        fit = -(stays * np.log(p) + (1 - stays) * np.log(1 - p)).sum()
        return float(fit + 0.5 * (((c - PRIOR[:, 0]) / PRIOR[:, 1]) ** 2).sum())

    best, step = PRIOR[:, 0].copy(), 1.0
    lowest = loss(best)
    while step > 2e-3:
        moves = [best + step * sign * np.eye(3)[k] for k in range(3) for sign in (1, -1)]
        values = [loss(m) for m in moves]
        if min(values) < lowest:
            lowest, best = min(values), moves[int(np.argmin(values))]
        else:
            step /= 2.0
    return best


def objections(data: Recorded) -> bool:
    """Fit the objection's coefficients, and score them with each proposal left out."""
    rows = np.flatnonzero(data.unanimity & ~np.isnan(data.reversion))
    stays = (np.abs(data.outcome - data.reversion) < 1e-9)[rows].astype(float)
    proposal = data.proposal[rows]
    fitted = fit_objection(data, rows, stays)
    chance, rate = np.empty(len(rows)), np.empty(len(rows))
    for name in np.unique(proposal):
        out = proposal == name
        chance[out] = held_out_chance(data, rows[out], fit_objection(data, rows[~out], stays[~out]))
        rate[out] = stays[~out].mean()
    brier, naive = ((chance - stays) ** 2).mean(), ((rate - stays) ** 2).mean()
    print(f"\nObjections: {len(rows)} issues by unanimity with a reversion; {stays.sum():.0f} stayed there")
    print(f"base {fitted[0]:.3f}, loss slope {fitted[1]:.3f}, isolation slope {fitted[2]:.3f}")
    print(f"Brier score out of fold by proposal: {brier:.4f}; base rate {naive:.4f}")
    return bool(brier < naive)


def counted_probabilities(files: list[DecisionFile]) -> dict[str, float]:
    """Count the probability of each instrument over records: (worked + 1) / (tried + 2)."""
    records = [f.record for f in files if f.record is not None]
    return {
        f"{name}_odds": (sum(name in r.worked for r in records) + 1)
        / (sum(name in r.tried for r in records) + 2)
        for name in INSTRUMENTS
        if name != "dilute"
    }


def _chance(file: DecisionFile, numbers: SilenceParameters) -> float:
    """Give the chance of adoption alone."""
    made = setup(file)
    assert made.question is not None
    drawn = draw_stances(made.bands, draws=2000, seed=1)
    return play(made.question, drawn.stances, drawn.chance, numbers).probability_adopted


def episodes() -> bool:
    """Forecast each shipped episode with the probabilities of instruments counted without it."""
    read = {n: read_decision(p, n) for n, p in shipped_decisions().items()}
    files = {n: f for n, f in read.items() if f.record is not None}
    print("\nEpisodes, each with the odds of instruments counted on the others")
    print(f"{'':32}{'adopted':>8}{'chance':>8}{'base':>7}  named most likely to object / on record")
    score, naive, hits, named = [], [], 0, 0
    for name, file in files.items():
        others = [f for n, f in files.items() if n != name]
        record = file.record
        assert record is not None
        answer = decide(file, parameters=terms(**counted_probabilities(others)))
        p = float(answer.probability_adopted or 0.0)
        rate = float(np.mean([f.record.adopted for f in others if f.record]))
        first = [h.name for h in answer.holdouts[:3]]
        hit = bool(set(first) & set(record.objectors))
        hits, named = hits + hit, named + bool(record.objectors)
        score.append((p - record.adopted) ** 2)
        naive.append((rate - record.adopted) ** 2)
        print(
            f"{name:32}{'yes' if record.adopted else 'no':>8}{p:8.2f}{rate:7.2f}  {' '.join(first)} / "
            f"{' '.join(record.objectors) or 'not documented'}{'' if hit else '  -'}"
        )
    print(f"Brier score {np.mean(score):.4f}; base rate left out {np.mean(naive):.4f}")
    print(f"an objector on record among the first three: {hits} of {len(files)} ({named} have one on record)")
    for share in (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0):
        changed = [_chance(files[n], terms(silence_isolation_share=share)) for n in files]
        record = np.array([float(f.record.adopted) for f in files.values() if f.record])
        print(f"with an isolation share of {share:g}: Brier {((np.array(changed) - record) ** 2).mean():.4f}")
    whole = counted_probabilities(list(files.values()))
    print("odds over all: " + ", ".join(f"{k} {v:.3f}" for k, v in whole.items()))
    return bool(np.mean(score) < np.mean(naive) and hits >= 10)


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
        ("objections", lambda: objections(data)),
        ("episodes", episodes),
        ("speed", lambda: speed(data)),
    )
    done = {name: part() for name, part in parts}
    print("\n" + ", ".join(f"{name}: {'as wanted' if ok else 'NOT as wanted'}" for name, ok in done.items()))
    return 0 if all(done.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
