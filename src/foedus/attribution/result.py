"""The answer to "why did spending rise?": accounting, designs with their placebos, and verdicts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from foedus.attribution.accounting_rows import Accounting
from foedus.attribution.estimates import DesignEstimate, DesignEstimates
from foedus.attribution.findings import PublishedFinding
from foedus.attribution.periods import CAUSES, CauseName, Period
from foedus.attribution.registry import DESIGNS
from foedus.attribution.verdict import LEVEL, Verdict, bracket_words
from foedus.axes import country_name
from foedus.results import Answer, Note, Result
from foedus.rounding import written
from foedus.units import per_cent, points

if TYPE_CHECKING:
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = ["Causes", "Recomputation", "pull_figures", "pull_words"]


@dataclass(frozen=True)
class Recomputation:
    """How the estimates computed from the user's SIPRI differ from those that ship.

    Attributes
    ----------
    sipri, outlook : str
        The editions they were computed from.
    compared : int
        How many estimates both have.
    largest : float
        The largest difference, in the design's unit.
    design : str
        Whose that is.
    """

    sipri: str
    outlook: str
    compared: int
    largest: float
    design: str


@dataclass(frozen=True)
class Causes(Result):
    """What the figures show of the rise, and what several designs make of it.

    Attributes
    ----------
    period : Period
        The budget years whose causes are asked about.
    control : tuple of str
        The controls asked for: the name of a set, or countries.
    accounting : Accounting
        The rise, exactly.
    estimates : DesignEstimates or None
        Every design, placebo and simulated effect; None where they were not known on the day asked about.
    verdicts : tuple of Verdict
        By period and cause.
    published : tuple of PublishedFinding
        Published results beside the estimates.
    recomputation : Recomputation or None
        Set where the estimates were computed from the user's import of SIPRI.
    notes : tuple of Note
        What the reader must know.
    """

    ROWS: ClassVar[str] = "verdicts"

    period: Period
    control: tuple[str, ...]
    accounting: Accounting
    estimates: DesignEstimates | None
    verdicts: tuple[Verdict, ...]
    published: tuple[PublishedFinding, ...]
    recomputation: Recomputation | None
    notes: tuple[Note, ...]

    @property
    def of_period(self) -> tuple[DesignEstimate, ...]:
        """The estimates of the period asked about, designs in the order of print."""
        if self.estimates is None:
            return ()
        order = {name: i for i, name in enumerate(DESIGNS)}
        return tuple(sorted(self.estimates.of(self.period), key=lambda e: order[e.design]))

    def verdict(self, cause: CauseName, period: Period | None = None) -> Verdict | None:
        """Return the verdict on a cause in a period.

        Parameters
        ----------
        cause : {"threat", "pledge", "pressure"}
            The cause.
        period : Period, optional
            Its first year says which; without it the period asked about.

        Returns
        -------
        Verdict or None
            None where the cause had not begun.
        """
        first = (period or self.period).first
        return next((v for v in self.verdicts if (v.cause, v.period.first) == (cause, first)), None)

    @property
    def beginning(self) -> tuple[Verdict, ...]:
        """The verdicts on the causes that began with the period asked about."""
        return tuple(v for v in self.verdicts if v.period.first == self.period.first and v.event)

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return what of the rise falls in the period, and what can be said of who made it."""
        whole = Period(self.accounting.first, self.accounting.last).words
        share = self.accounting.period(self.period)
        beside = tuple(v.sentence for v in self.beginning)
        if share is None:
            rise = per_cent(math.expm1(self.accounting.spending / 100.0), 0)
            return Answer(
                rise,
                f"is the rise of {whole}",
                f"on the same {len(self.accounting.allies)} allies. The designs are of other years: in the "
                f"budgets of {self.period.words}, {self._said()}",
                beside,
                title=f"Why spending rose, {self.period.words}",
            )
        return Answer(
            per_cent(share.part, 0),
            f"of the rise of {whole}",
            f"falls in the budgets of {share.period.words}; {self._said()}",
            beside,
            title=f"Why spending rose, {self.period.words}",
        )

    def _said(self) -> str:
        """Return the verdicts on what began with the period, in a clause."""
        if not self.beginning:
            return "no design says who made it rise."
        words = "; ".join(f"whether {v.label} made it rise: {v.verdict}" for v in self.beginning)
        first = self.beginning[0]
        return f"{words} ({bracket_words(first.low, first.high)})."

    def members(self) -> str:
        """Return in a sentence the last year whose published growth is in part a change of members."""
        changed = [y for y in self.accounting.years if y.change_of_members is not None and y.joined]
        if not changed:
            return ""
        last = changed[-1]
        names = " and ".join(map(country_name, last.joined))
        return (
            f"{last.year}: {per_cent(last.published_same_members, 1)} on the same members, "
            f"{per_cent(last.published, 1)} as published; {points(last.change_of_members, 1)} points are the "
            f"entry of {names}."
        )

    def what_ifs(self) -> tuple[str, ...]:
        """Return the two what-ifs, neither of which is a bound."""
        return tuple(each.sentence for each in self.accounting.what_ifs)

    def tables(self) -> tuple[Table, ...]:
        """Return the accounting, the verdicts, the designs with their placebos, and growth by group."""
        from foedus.attribution.tables import attribution_tables

        return attribution_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return everything for programs, each design with its claim, assumption and citation."""
        designs = {
            name: {**asdict(design), "estimates": [e for e in self._all() if e.design == name]}
            for name, design in DESIGNS.items()
            if any(e.design == name for e in self._all())
        }
        held = self.estimates
        return {
            "headline": self.headline(),
            "answer": self.answer().payload(),
            "period": self.period,
            "control": self.control,
            "accounting": self.accounting,
            "members": self.members(),
            "what_ifs": self.what_ifs(),
            "causes": CAUSES,
            "verdicts": self.verdicts,
            "designs": designs,
            "placebos": held.placebos if held else (),
            "groups": held.groups if held else (),
            "simulation": held.simulation if held else (),
            "pull_skill": held.pull if held else (),
            "published_results": self.published,
            "sipri": held.sipri if held else None,
            "outlook": held.outlook if held else None,
            "recomputation": self.recomputation,
            "notes": self.notes,
        }

    def _all(self) -> tuple[DesignEstimate, ...]:
        """Return every estimate; none where they were not known."""
        return self.estimates.estimates if self.estimates else ()

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.attribution.charts import designs_chart, growth_chart, placebos_chart

        return {"designs": designs_chart, "growth": growth_chart, "placebos": placebos_chart}


def pull_words(estimates: DesignEstimates) -> str:
    """Return what placebos leave of the pull of a pledge, for the pages whose numbers rest on it."""
    figures = pull_figures(estimates)
    return (
        f"In sample the pull of a pledge cannot be told from plain convergence. {figures}" if figures else ""
    )


def pull_figures(estimates: DesignEstimates) -> str:
    """Return the figures behind that: windows before there was a pledge, and skill out of sample."""
    pull = [e for e in estimates.estimates if e.design == "pull" and e.first < 2022]
    windows = [p for p in estimates.placebos if p.design == "pull"]
    before = [p.estimate for p in windows if p.p < LEVEL]
    ahead = [k for k in estimates.pull if k.rival == "convergence"]
    if not pull or not before or not ahead:
        return ""
    since = " and ".join(f"{written(e.estimate, 0)} in {e.period.words}" for e in pull)
    others = ", ".join(
        f"{rival} by {_by_year(estimates, rival)}" for rival in ("a target of 1.5 %", "a deadline of 2030")
    )
    spans = ", ".join(f"{_whole(k.low)} to {_whole(k.high)}" for k in ahead)
    noise = ": none outside noise" if all(k.low <= 0.0 for k in estimates.pull) else ""
    return (
        f"The gap to 2 % goes with {since} points of growth a year per 100 log points, and with "
        f"{written(min(before), 0)} to {written(max(before), 0)} in {len(before)} of {len(windows)} windows "
        f"before there was a pledge. Out of sample, from origins 2017 on, the pull beats convergence by "
        f"{_by_year(estimates, 'convergence')} at 1, 2 and 3 years (90 %: {spans}), {others}{noise}."
    )


def _by_year(estimates: DesignEstimates, rival: str) -> str:
    """Return by how much the pull beats a rival at each horizon."""
    ahead = [_whole(k.skill) for k in estimates.pull if k.rival == rival]
    return f"{', '.join(ahead[:-1])} and {ahead[-1]} %"


def _whole(part: float) -> str:
    """Return a fraction in whole per cent, without the sign of it."""
    return per_cent(part, 0).removesuffix(" %")
