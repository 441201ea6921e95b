"""How often commitments of alliances were kept in war, by several codings, and why none speaks of NATO.

**Claim.** The rates differ by what is counted and when, from 7 to 75 per cent, and each rests on few wars.
They are history, with intervals that allow for cases of one war; no number of them is carried over to the
Alliance.

**Sources.** The replication table of Berkemeier and Fuhrmann (2018), counted anew, and the abstracts of the
rival studies.

**Leaves out.** What did not happen: an alliance that nobody attacks because it is strong gives no case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from foedus.guarantee.reliability_record import CARD_ID, Coding, HonourCount, codings, honour_counts
from foedus.guarantee.statements import CARD_ID as STATEMENTS
from foedus.guarantee.statements import guarantee_statements, use_searches
from foedus.results import Answer, Result
from foedus.tables import Column, Table
from foedus.units import in_per_cent

if TYPE_CHECKING:
    from foedus.plotting.chart import Chart

__all__ = ["NO_BASE_RATE", "Reliability", "reliability"]

NO_BASE_RATE = (
    "None of these rates is a base rate for NATO. A case enters the count only when a war calls on an "
    "alliance, and strong alliances are not attacked: where deterrence holds there is no case, so that the "
    "count is of failures, weak treaties above all (Lee 2023). The cases are few and cluster: 43 of 146 come "
    "from one war, and 7 of the 54 after 1944 from one treaty, all violated. The rate turns on definitions: "
    "what counts as called on, as kept, as one case, and whether nonaggression and neutrality count beside "
    "defence. Treaties of another century, with other members and without forces stationed in advance, are "
    "not draws from the urn that NATO's promise is in. foedus therefore gives no number for whether the "
    "promise would be kept."
)
"""Why history's rates are not carried over."""

METHOD = (
    "Interval: percentile bootstrap over wars, 10,000 resamples, middle 95 %. The normal interval, 1.96 "
    "standard errors clustered by war, is another method and gives other ends. "
    "Where all cases agree an interval has no width; that is a limit of the methods and no certainty."
)
"""How the intervals come about."""

WORDS = {
    "all": "All commitments",
    "defence": "Defence",
    "offence": "Offence",
    "neutrality": "Neutrality",
    "nonaggression": "Nonaggression",
}
"""What is asked, in words."""


@dataclass(frozen=True)
class Reliability(Result):
    """How often commitments were kept, by kind and period, beside the rates of rival codings.

    Attributes
    ----------
    counts : tuple of HonourCount
        Each with the interval over wars and the normal one.
    codings : tuple of Coding
        Rival studies, the highest rate first.
    recounted : str
        The file whose cases were counted, or empty for the packaged counts.
    """

    ROWS: ClassVar[str] = "codings"

    counts: tuple[HonourCount, ...]
    codings: tuple[Coding, ...]
    recounted: str = ""

    def answer(self) -> Answer:
        """Return the span of the rates, and that none is carried over."""
        low, high = self.codings[-1], self.codings[0]
        after = self.count("defence", "after 1944")
        beside = [f"{low.study}: {low.rate_words}; {high.study}: {high.rate_words}."]
        if after is not None:
            beside.append(f"Defence pacts after 1944: {count_words(after)}.")
        return Answer(
            number=f"{in_per_cent(low.rate, 0)} to {in_per_cent(high.rate, 0)} %",
            unit="of commitments that a war called on",
            claim="were kept, by which study is asked; none of the rates is a base rate for NATO.",
            beside=tuple(beside),
            title="How often alliances kept their word in war",
        )

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def count(self, commitment: str, period: str, without: str = "") -> HonourCount | None:
        """Return the count of one kind and period; None where no case is of it."""
        key = (commitment, period, without)
        return next((c for c in self.counts if (c.commitment, c.period, c.without) == key), None)

    @property
    def source(self) -> str:
        """Where the counts come from."""
        if self.recounted:
            return f"cases of {self.recounted}, counted by foedus; codings: {CARD_ID}"
        return f"Berkemeier & Fuhrmann (2018), counted by foedus: {CARD_ID}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be known beside the tables."""
        return (NO_BASE_RATE, METHOD)

    def tables(self) -> tuple[Table, ...]:
        """Return the codings and the counts, and what is recorded of NATO's own guarantee."""
        counts = tuple({**asdict(c), "share": c.share, "name": label_of(c)} for c in self.counts)
        return (
            Table(
                "codings",
                "Rival codings of how often commitments were kept in war",
                (
                    Column("study", "Study"),
                    Column("rate_words", "Kept", align="right"),
                    Column("years", "Years", "name"),
                    Column("definition", "What is counted"),
                    Column("known", "Known"),
                    Column("source", "Source"),
                ),
                tuple(asdict(c) for c in self.codings),
                more=("rate", "url"),
            ),
            Table(
                "counts",
                "Berkemeier & Fuhrmann's cases: kept, of those called on; in brackets 95 % over wars",
                (
                    Column("name", "Commitment", "name"),
                    Column("period", "Period", "name"),
                    Column("honoured", "Kept", "count"),
                    Column("cases", "Of", "count"),
                    Column("share", "Share", "per_cent_0", ("low", "high")),
                    Column("normal_low", "Normal interval", "per_cent_0"),
                    Column("normal_high", "to", "per_cent_0"),
                    Column("wars", "Wars", "count"),
                    Column("largest_war", "From one war", "count"),
                ),
                counts,
                more=("commitment", "without", "low", "high"),
            ),
            *_recorded(),
        )

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs."""
        return {
            "answer": self.answer().payload(),
            "counts": [{**asdict(c), "share": c.share} for c in self.counts],
            "codings": [asdict(c) for c in self.codings],
            "notes": list(self.notes),
            "source": self.source,
            "statements": [asdict(row) for row in guarantee_statements()],
            "use_searches": [asdict(row) for row in use_searches()],
            "cards": [CARD_ID, STATEMENTS],
        }

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the chart of intervals."""
        from foedus.guarantee.reliability_charts import intervals_chart

        return {"intervals": intervals_chart}


def _recorded() -> tuple[Table, Table]:
    """Return statements that made protection depend on spending, and what was found of Articles 4 and 5."""
    none = all(row.use == "none" for row in use_searches())
    statements = (
        Column("day", "Day", "name"),
        Column("speaker", "Speaker", "name"),
        Column("occasion", "Occasion"),
        Column("condition", "Condition"),
        Column("consequence", "Said to follow"),
        Column("known", "Known"),
        Column("source", "Source"),
    )
    searches = (
        Column("searched", "Looked for on", "name"),
        Column("article", "Article", "count"),
        Column("day", "Day", "name"),
        Column("about", "Found"),
        Column("use", "Use"),
        Column("known", "Known"),
        Column("source", "Source"),
    )
    return (
        Table(
            "statements",
            "Statements that made protection depend on spending",
            statements,
            tuple(asdict(row) for row in guarantee_statements()),
            folded=True,
            more=("role", "url"),
        ),
        Table(
            "use_searches",
            f"Uses of Articles 4 and 5 after September 2025: {'none was' if none else 'some were'} found",
            searches,
            tuple(asdict(row) for row in use_searches()),
            folded=True,
            more=("url",),
        ),
    )


def label_of(count: HonourCount) -> str:
    """Return what a count is of, in words."""
    without = f", without the {count.without}" if count.without else ""
    return f"{WORDS[count.commitment]}{without}"


def count_words(count: HonourCount) -> str:
    """Write a count with its interval."""
    low, high = in_per_cent(count.low, 0), in_per_cent(count.high, 0)
    return f"{count.honoured} of {count.cases}, {in_per_cent(count.share, 0)} % ({low}–{high} % over wars)"


def reliability(cases: Path | None = None) -> Reliability:
    """Return how often commitments of alliances were kept in war.

    Parameters
    ----------
    cases : pathlib.Path, optional
        The replication table of Berkemeier and Fuhrmann (2018) as CSV, counted anew; without it the packaged
        counts.

    Returns
    -------
    Reliability
        Counts with intervals, and rival codings.

    Raises
    ------
    InputError
        When the file cannot be read or is another table.
    """
    if cases is None:
        return Reliability(honour_counts(), codings())
    from foedus.guarantee.reliability_cases import count_honoured, read_cases

    return Reliability(count_honoured(read_cases(cases)), codings(), cases.name)
