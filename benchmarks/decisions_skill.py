"""Score the model of objections beside the base rate by rule, the shipped episodes, and their time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from decisions_data import Recorded
from decisions_folds import FOLDS, PARTITIONS, bootstrap, folds
from foedus.decisions.base_rate import base_rates
from foedus.decisions.decide import decide
from foedus.decisions.draws import draw_stances
from foedus.decisions.find import shipped_decisions
from foedus.decisions.models import voting
from foedus.decisions.models.duration import days_taken
from foedus.decisions.models.question import INSTRUMENTS, SilenceParameters
from foedus.decisions.models.silence import play
from foedus.decisions.reputation import eu_vetoes, order_of_holding_out
from foedus.decisions.schema import DecisionFile, read_decision
from foedus.decisions.setup import setup, terms

__all__ = ["durations", "skill"]

PRIOR = np.array([[-1.8, 0.5], [4.0, 0.5], [2.0, 1.0]])
"""Mean and deviation of the priors of base, loss slope and isolation slope."""
FAILURE_PRIOR = (-3.0, 1.0)
"""The same of the log odds of failing without an objector."""
NEAR, FEW = 10.0, 0.1
"""Points from the reversion, and the share of influence × salience up to which next to nobody sits there."""
BLOCKING = 0.29
"""The share of Council weights that blocks a qualified majority."""
CHANCES = 200
"""Uniform draws by which the chance that holdouts block a majority is worked out."""


@dataclass(frozen=True)
class Issues:
    """Issues with a reversion, against the weighted mean as the draft."""

    stays: np.ndarray
    unanimity: np.ndarray
    proposal: np.ndarray
    loses: np.ndarray
    stake: np.ndarray
    alone: np.ndarray
    share: np.ndarray
    apart: np.ndarray
    lonely: np.ndarray
    uniform: np.ndarray

    @classmethod
    def of(cls, data: Recorded) -> Issues:
        """Work the model's quantities out for every issue with a reversion."""
        rows = np.flatnonzero(~np.isnan(data.reversion))
        x, here = data.position[rows], data.present[rows]
        weight = data.salience[rows] * data.influence[rows]
        back, mean = data.reversion[rows, None], voting.weighted_mean(x, weight)[:, None]
        worse = (np.abs(mean - x) - np.abs(back - x)) / 100.0
        state = here & data.state[rows]
        votes = np.where(state, data.influence[rows], 0.0)
        gaining, total = votes * (worse < 0), votes.sum(1, keepdims=True)
        spread = np.array([np.ptp(p[h]) for p, h in zip(x, here, strict=True)]) / 100.0
        near = (weight * (np.abs(x - back) <= NEAR) * here).sum(1) / (weight * here).sum(1)
        return cls(
            stays=(np.abs(data.outcome[rows] - back[:, 0]) < 1e-9).astype(float),
            unanimity=data.unanimity[rows],
            proposal=data.proposal[rows],
            loses=(worse > 1e-9) & state,
            stake=np.maximum(worse, 0.0) * data.salience[rows],
            alone=(gaining.sum(1, keepdims=True) - gaining) / (total - votes),
            share=votes / total,
            apart=spread,
            lonely=near <= FEW,
            uniform=np.random.default_rng(0).random((CHANCES, *x.shape)),
        )

    def chance(self, rows: np.ndarray, numbers: np.ndarray) -> np.ndarray:
        """Give the chance that each issue stays at its reversion: by itself, or since holdouts block."""
        base, loss, isolation, failure = numbers
        index = base + loss * self.stake[rows] - isolation * self.alone[rows]
        hold = self.loses[rows] / (1.0 + np.exp(-index))
        blocked = 1.0 - np.prod(1.0 - hold, 1)
        by_vote = ~self.unanimity[rows]
        against = ((self.uniform[:, rows[by_vote]] < hold[by_vote]) * self.share[rows[by_vote]]).sum(2)
        blocked[by_vote] = (against >= BLOCKING).mean(0)
        return np.clip(1.0 - (1.0 - failure * self.apart[rows]) * (1.0 - blocked), 1e-4, 1 - 1e-4)

    def fit(self, rows: np.ndarray) -> np.ndarray:
        """Fit the failure share on lonely issues of any rule, and the rest on those by unanimity, shrunk."""
        lonely = self.stays[rows[self.lonely[rows]]]
        failure = _failure_share(int(lonely.sum()), len(lonely))
        unanimous = rows[self.unanimity[rows]]
        stays = self.stays[unanimous]

        def loss(c: np.ndarray) -> float:
            p = self.chance(unanimous, np.append(c, failure))
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
        return np.append(best, failure)


def _failure_share(count: int, total: int) -> float:
    """Give the share of greatest likelihood × prior of its log odds, by halving."""
    low, high = -10.0, 10.0
    for _ in range(60):
        middle = (low + high) / 2.0
        share = 1.0 / (1.0 + np.exp(-middle))
        rising = count - total * share - (middle - FAILURE_PRIOR[0]) / FAILURE_PRIOR[1] ** 2 > 0
        low, high = (middle, high) if rising else (low, middle)
    return float(1.0 / (1.0 + np.exp(-low)))


@dataclass(frozen=True)
class Row:
    """Brier scores of one rule."""

    rule: str
    model: np.ndarray
    base: np.ndarray
    group: np.ndarray
    adopted: int


def _auc(chance: np.ndarray, happened: np.ndarray) -> float:
    """Give the share of pairs that the chance orders rightly."""
    pairs = chance[happened == 1][:, None] - chance[happened == 0]
    return float(((pairs > 0) + 0.5 * (pairs == 0)).mean())


def _objections(data: Recorded) -> list[Row]:
    """Score the model of objections in ten folds by proposal, for unanimity and majority."""
    issues = Issues.of(data)
    every = np.arange(len(issues.stays))
    whole = issues.fit(every)
    print(
        f"\nObjections, fitted on {issues.unanimity.sum()} issues by unanimity with a reversion: "
        f"base {whole[0]:.3f}, loss slope {whole[1]:.3f}, isolation slope {whole[2]:.3f}; failure without an "
        f"objector {whole[3]:.3f} ({issues.stays[issues.lonely].sum():.0f} of {issues.lonely.sum()} issues "
        "by any rule)"
    )
    model, base, chance = (np.zeros(len(every)) for _ in range(3))
    for seed in range(PARTITIONS):
        fold = folds(issues.proposal, seed)
        for k in range(FOLDS):
            test, train = every[fold == k], every[fold != k]
            p = issues.chance(test, issues.fit(train))
            chance[test] += p / PARTITIONS
            model[test] += (p - issues.stays[test]) ** 2 / PARTITIONS
            for kind in (True, False):
                rows = test[issues.unanimity[test] == kind]
                rate = issues.stays[train[issues.unanimity[train] == kind]].mean()
                base[rows] += (rate - issues.stays[rows]) ** 2 / PARTITIONS
    rows = []
    for rule, kind in (("unanimity", issues.unanimity), ("majority", ~issues.unanimity)):
        adopted = int((1 - issues.stays[kind]).sum())
        rows.append(Row(rule, model[kind], base[kind], issues.proposal[kind], adopted))
        print(f"{rule}: AUC out of fold {_auc(chance[kind], issues.stays[kind]):.2f}")
    return rows


def _counted(files: list[DecisionFile]) -> dict[str, float]:
    """Count the probability of each instrument over records: (worked + 1) / (tried + 2)."""
    records = [f.record for f in files if f.record is not None]
    return {
        f"{name}_odds": (sum(name in r.worked for r in records) + 1)
        / (sum(name in r.tried for r in records) + 2)
        for name in INSTRUMENTS
        if name != "dilute"
    }


def _order(files: list[DecisionFile]) -> dict[str, float]:
    """Give the order of holding out over some records, with the vetoes in the European Union."""
    names = {name for f in files for name in f.names}
    counts = {
        a: (
            sum(f.record is not None and a in f.record.objectors for f in files),
            sum(a in f.names for f in files),
        )
        for a in names
    }
    return order_of_holding_out(counts, eu_vetoes())


def _chances(file: DecisionFile, numbers: SilenceParameters, order: dict[str, float]) -> tuple[float, float]:
    """Give the chance of adoption without instruments and with those open to the question's kind."""
    case = setup(file)
    assert case.question is not None
    records = np.array([order.get(name, 0.5) for name in case.names])
    drawn = draw_stances(replace(case.bands, holding_out=records), draws=10_000, seed=1)
    plain, whole = (
        play(replace(case.question, instruments=names), drawn.stances, drawn.chance, numbers)
        for names in ((), case.question.instruments)
    )
    return plain.probability_adopted, whole.probability_adopted


def _episodes() -> tuple[Row, bool]:
    """Forecast each shipped episode by what the others say, with the instruments open to its kind."""
    read = {n: read_decision(p, n) for n, p in shipped_decisions().items()}
    files = {n: f for n, f in read.items() if f.record is not None}
    print(
        "\nEpisodes, left out one at a time: odds of instruments and records of holding out from the others,"
    )
    print("instruments by kind. POSITIONS WERE CODED KNOWING THE OUTCOME: these scores are no forecast's.")
    print(f"{'':31}adopted  without  with  base | outcome  shape (50 %)        mean  game")
    errors: list[tuple[float, float, float]] = []
    model, base, held = [], [], []
    for name, file in files.items():
        others = [f for n, f in files.items() if n != name]
        record = file.record
        assert record is not None
        plain, p = _chances(file, terms(**_counted(others)), _order(others))
        rate = float(np.mean([f.record.adopted for f in others if f.record]))
        answer = decide(file, parameters=terms(**_counted(others)))
        shape, mean, game = answer.outcome, answer.nulls[0].mean, answer.procedure
        assert game is not None
        low, high = shape.interval(0.5)
        inside = low - 1e-9 <= record.outcome <= high + 1e-9
        held += [inside] if record.adopted else []
        errors.append(tuple(abs(m - record.outcome) for m in (shape.mean, mean, game.mean)))
        model.append((p - record.adopted) ** 2)
        base.append((rate - record.adopted) ** 2)
        print(
            f"{name:31}{'yes' if record.adopted else 'no':>7}{plain:9.2f}{p:6.2f}{rate:6.2f} |"
            f"{record.outcome:8.0f}"
            f"{shape.mean:7.1f} ({low:3.0f} to {high:3.0f}{'' if inside else ', outside'})"
            f"{mean:8.1f}{game.mean:6.1f}"
        )
    shape_error, mean_error, game_error = np.mean(errors, axis=0)
    print(
        f"mean error: shape {shape_error:.2f}, influence x salience mean {mean_error:.2f}, "
        f"game {game_error:.2f}; the 50 % interval of the shape holds {np.mean(held):.2f} of the adopted ones"
    )
    adopted = sum(f.record.adopted for f in files.values() if f.record)
    row = Row("consensus", np.array(model), np.array(base), np.array(list(files)), adopted)
    print("odds over all: " + ", ".join(f"{k} {v:.3f}" for k, v in _counted(list(files.values())).items()))
    _by_ally(list(files.values()))
    wanted = row.model.mean() < row.base.mean() and shape_error <= mean_error
    return row, bool(wanted and 0.35 <= np.mean(held) <= 0.65)


def _by_ally(files: list[DecisionFile]) -> None:
    """Print the score of the episodes with no record of holding out, and with each objector's left out."""
    order, happened = _order(files), np.array([float(f.record.adopted) for f in files if f.record])
    objectors = sorted({a for f in files if f.record for a in f.record.objectors})
    scores = {}
    for name, records in {
        "no record": dict[str, float](),
        "every record": order,
        **{f"without {a}": {k: v for k, v in order.items() if k != a} for a in objectors},
    }.items():
        p = np.array([_chances(f, terms(), records)[1] for f in files])
        scores[name] = float(((p - happened) ** 2).mean())
    apart = [scores[f"without {a}"] for a in objectors]
    print(
        f"Brier in sample with no record of holding out {scores['no record']:.4f}, with every record "
        f"{scores['every record']:.4f}, with one ally's left out {min(apart):.4f} to {max(apart):.4f}"
    )


def skill(data: Recorded) -> bool:
    """Print the table by rule, and hold it against the packaged one."""
    episodes, wanted = _episodes()
    packaged = {row.rule: row for row in base_rates()}
    same = True
    rows = (episodes, *_objections(data))
    print("Out of fold by rule (the episodes, by consensus, one at a time; coded knowing the outcome)")
    for row in rows:
        mean, low, high = bootstrap(row.base - row.model, row.group)
        used = packaged[row.rule]
        print(
            f"{row.rule:12}{row.adopted:4} of {len(row.model):3} adopted; Brier {row.model.mean():.3f}, "
            f"base rate {row.base.mean():.3f}, gain {mean:+.3f} [{low:+.3f}, {high:+.3f}]: "
            f"{'the model' if low > 0 and used.outcome_unknown else 'the base rate'} is the forecast"
        )
        printed = (
            row.adopted,
            len(row.model),
            *(round(float(v), 3) for v in (row.model.mean(), row.base.mean(), mean, low, high)),
        )
        used = packaged[row.rule]
        same &= printed == (
            used.adopted,
            used.count,
            used.model_score,
            used.base_score,
            used.gain,
            used.gain_low,
            used.gain_high,
        )
    print(f"as packaged: {same}")
    return bool(wanted and same)


def durations() -> bool:
    """Score the days that each episode took by what the others say, beside one interval for all."""
    files = [read_decision(p, n) for n, p in shipped_decisions().items()]
    spans = [
        (float((f.record.decided - f.record.opened).days), _to_deadline(f))
        for f in files
        if f.record is not None
    ]
    rng = np.random.default_rng(1)
    settled, normal = rng.random(4000), rng.standard_normal(4000)
    scores, inside = np.zeros((2, len(spans))), np.zeros((2, len(spans)))
    for i, (days, deadline) in enumerate(spans):
        numbers = _time_numbers([s for j, s in enumerate(spans) if j != i])
        for way, end in enumerate((deadline, None)):
            logs = np.log(days_taken(settled, normal, end, numbers))
            apart = np.abs(np.sort(logs)[:, None] - rng.choice(logs, 500)).mean()
            scores[way, i] = np.abs(logs - np.log(days)).mean() - 0.5 * apart
            low, high = np.quantile(logs, [0.1, 0.9])
            inside[way, i] = low <= np.log(days) <= high
    whole = _time_numbers(spans)
    print(
        f"\nTime from opening to decision, {len(spans)} episodes left out one at a time, CRPS of log days: "
        f"with the deadline {scores[0].mean():.3f}, without {scores[1].mean():.3f}; 80 % intervals hold "
        f"{inside[0].mean():.2f} and {inside[1].mean():.2f}"
    )
    mean, low, high = bootstrap(scores[1] - scores[0], np.arange(len(spans)))
    print(f"gain by the deadline {mean:+.3f} [{low:+.3f}, {high:+.3f}]")
    fitted = (whole.duration_log_mean, whole.duration_log_deviation, whole.duration_deadline_share)
    used = (terms().duration_log_mean, terms().duration_log_deviation, terms().duration_deadline_share)
    print("log mean, deviation, deadline share: " + ", ".join(f"{v:.3f}" for v in fitted))
    return bool(mean > 0 and all(abs(a - b) < 6e-4 for a, b in zip(fitted, used, strict=True)))


def _to_deadline(file: DecisionFile) -> float | None:
    """Give the days from opening to deadline, where there is one."""
    opened = file.opening
    return None if file.deadline is None or opened is None else float((file.deadline - opened).days)


def _time_numbers(spans: list[tuple[float, float | None]]) -> SilenceParameters:
    """Fit the numbers of the time that questions take."""
    logs = np.log([days for days, _ in spans])
    tabled = [(days, deadline) for days, deadline in spans if deadline is not None]
    met = sum(days <= deadline for days, deadline in tabled)
    return terms(
        duration_log_mean=float(logs.mean()),
        duration_log_deviation=float(logs.std(ddof=1) * np.sqrt(1 + 1 / len(logs))),
        duration_deadline_share=(met + 1) / (len(tabled) + 2),
    )
