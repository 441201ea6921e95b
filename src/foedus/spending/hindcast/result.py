"""The hindcast of spending as an answer: the shipped scores, with those computed now in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError
from foedus.results import Result
from foedus.spending.hindcast.skill import shipped_scores
from foedus.tables import Column, Kind, Table
from foedus.units import in_per_cent

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.spending.hindcast.budgets import Progress

__all__ = ["BASES", "SpendingHindcast", "spending_hindcast"]

BASES = ("sipri", "nato", "shipped")
"""What scores are computed on: long histories from an imported file, the packaged editions, or nothing."""

UNITS = (
    "Units: points of GDP for a share and its errors; Brier score for meets; allies for count; the "
    "spending of the origin for spending. CRPS of no change: the best of four sets of its own past "
    "errors, on NATO's editions the last ten origins. Skill: in brackets its middle 90 % by block "
    "bootstrap over origins, on NATO's editions with allies resampled. MAE of meets: the part called "
    "wrongly. Count: CRPS of how many are at 2 %."
)
"""What the columns of the tables are in."""


@dataclass(frozen=True)
class SpendingHindcast(Result):
    """The scores of past forecasts of spending.

    Attributes
    ----------
    computed_on : mapping
        On which figures the shipped scores were computed, by basis.
    sipri, nato : mapping
        The scores on long histories and on NATO's own editions, as
        :func:`foedus.spending.hindcast.report.sipri_table` and
        :func:`~foedus.spending.hindcast.report.edition_table` give them.
    computed_now : tuple of str
        The bases whose scores are not the shipped ones.
    """

    computed_on: Mapping[str, Any]
    sipri: Mapping[str, Any]
    nato: Mapping[str, Any]
    computed_now: tuple[str, ...]

    def headline(self) -> str:
        """Return how often the interval held the outcomes of 2022 to 2024; without any, how many scores."""
        far = self.sipri["five_years_to_2022_24"]
        if not far["cases"]:
            return f"{len(self.sipri['rows'])} scores on {self.sipri['edition']}."
        return (
            f"Outcomes of 2022 to 2024 five years ahead: the interval of 80 % held "
            f"{in_per_cent(far['cover80'], 0)} % of {far['cases']} and was "
            f"{in_per_cent(far['width80'])} points wide; "
            f"that of no change held {in_per_cent(far['cover80_no_change'], 0)} % and was "
            f"{in_per_cent(far['width80_no_change'])} points wide."
        )

    def tables(self) -> tuple[Table, ...]:
        """Return the scores on long histories by span of origins, and those on NATO's editions."""
        return *self.span_tables(), _editions(self.nato)

    def span_tables(self) -> Iterator[Table]:
        """Yield the scores on long histories by span of origins; rows differ in unit, which each names."""
        now = "computed now" if "sipri" in self.computed_now else "as shipped"
        for span in dict.fromkeys(row["span"] for row in self.sipri["rows"]):
            rows = tuple(_row(row) for row in self.sipri["rows"] if row["span"] == span)
            yield Table(span, f"Origins {span}, {self.sipri['edition']}, {now}", _COLUMNS, rows)


_COLUMNS = (
    Column("target", ""),
    Column("ahead", "ahead", "count"),
    Column("cases_of_origins", "n", align="right"),
    Column("mae", "MAE", kind_key="kind", align="right"),
    Column("mae_no_change", "no change", kind_key="kind", align="right"),
    Column("mae_line", "line", kind_key="kind", align="right"),
    Column("score", "CRPS", kind_key="kind", align="right"),
    Column("score_best_no_change", "no change", kind_key="kind", align="right"),
    Column("skill", "skill", "signed_per_cent_0", ("skill_low", "skill_high"), to=" to ", whole_span=True),
    Column("cover80", "80 %", "per_cent_0"),
    Column("width80", "wide", kind_key="width_kind", align="right"),
    Column("verdict", ""),
)


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return one row of scores with the kinds of its numbers and whether the model was better."""
    kinds: dict[str, Kind] = {"share": "size_points_3", "meets": "number_3", "spending": "number_3"}
    sure = "not sure" if row["skill_low"] <= 0.0 else ""
    return {
        **row,
        "kind": kinds.get(row["target"], "number"),
        "width_kind": "size_points" if row["target"] == "share" else "number",
        "cases_of_origins": f"{row['cases']}/{row['origins']}",
        "score_best_no_change": min(row["score_no_change"].values()),
        "verdict": "no change is shown" if row["skill"] <= 0.0 else sure,
    }


def _editions(nato: Mapping[str, Any]) -> Table:
    """Return the scores on NATO's own editions: errors in points of GDP, the Brier score and the count at 2
    %."""
    errors = {
        "mae": "MAE",
        "mae_no_change": "no change",
        "mae_line": "line",
        "score": "CRPS",
        "score_no_change": "no change",
    }
    columns = (
        Column("edition", "Edition"),
        Column("outcome", "judged by"),
        Column("form", "meaning"),
        Column("plans", "plans", "count"),
        Column("ahead", "ahead", "count"),
        Column("allies", "n", "count"),
        *(Column(key, label, "size_points_3") for key, label in errors.items()),
        Column("skill", "skill", "signed_per_cent_0", ("low", "high"), to=" to ", whole_span=True),
        Column("cover80", "80 %", "per_cent_0"),
        Column("brier", "Brier", "number_3"),
        Column("brier_no_change", "no change", "number_3"),
        Column("count_score", "count", "number_1"),
        Column("count_score_no_change", "no change", "number_1"),
    )
    words = {"first_print": "first print", "what_stands": "what stands"}
    rows = tuple({**row, "form": words[row["form"]]} for row in nato["rows"])
    return Table("nato", "From NATO's own editions, points of GDP", columns, rows)


def spending_hindcast(
    ledger: Ledger | None = None, *, basis: str = "", progress: Progress | None = None
) -> SpendingHindcast:
    """Score forecasts of spending from the past against what came, and against naive forecasts.

    Parameters
    ----------
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    basis : {"", "sipri", "nato", "shipped"}
        What to compute on; without it "nato", and "sipri" too where an edition of SIPRI's was imported. What
        is not computed is as shipped.
    progress : callable, optional
        Called after every origin of the long histories with the origins done and the origins asked for.

    Returns
    -------
    SpendingHindcast
        The scores.

    Raises
    ------
    InputError
        When the basis is not known, or the library that scores is not installed.
    """
    if basis and basis not in BASES:
        raise InputError(f"{basis!r} is not a basis", where="--basis", do="use sipri, nato or shipped")
    scores = shipped_scores()
    if basis == "shipped":
        return SpendingHindcast(**scores, computed_now=())
    computed = _computed(ledger, basis, progress)
    return SpendingHindcast(**{**scores, **computed}, computed_now=tuple(computed))


def _computed(ledger: Ledger | None, basis: str, progress: Progress | None) -> dict[str, dict[str, Any]]:
    """Compute the scores on the bases asked for."""
    from foedus.evidence import Ledger
    from foedus.spending.hindcast.budgets import hindcast
    from foedus.spending.hindcast.editions import edition_cases
    from foedus.spending.hindcast.panel import SIPRI_SHARE, sipri_panel
    from foedus.spending.hindcast.report import edition_table, sipri_table

    known = ledger or Ledger.load()
    computed = {}
    if basis in {"", "nato"}:
        computed["nato"] = edition_table(edition_cases(known))
    if basis == "sipri" or (not basis and known.carriers(SIPRI_SHARE)):
        panel = sipri_panel(known)
        computed["sipri"] = sipri_table(panel, hindcast(panel, progress=progress))
    return computed
