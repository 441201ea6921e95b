"""Resolve the section of the guarantee: what it asks of each ally, with the pledge where nothing else is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.engine.component import declared_names
from foedus.guarantee.section import GUARANTOR, Inputs, Resolved, Start
from foedus.parameters.provenance import by_convention, set_by_scenario
from foedus.results import Note
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.guarantee.lever import GuaranteeLever
    from foedus.spending.section import Resolved as Spending

__all__ = ["GuaranteeFigures", "resolve_guarantee"]


@dataclass(frozen=True)
class GuaranteeFigures:
    """The section of the guarantee, and its notes."""

    section: Resolved
    notes: tuple[Note, ...] = ()


def resolve_guarantee(
    lever: GuaranteeLever | None, spending: Spending, start_allies: tuple[float, ...]
) -> GuaranteeFigures:
    """Return the section of the guarantee.

    Parameters
    ----------
    lever : GuaranteeLever or None
        What the scenario says; None where it does not name the guarantee.
    spending : foedus.spending.section.Resolved
        The resolved section of spending: countries, first year, pledge and shares at the start.
    start_allies : tuple of float
        For each country 1.0 for an ally of the start.

    Returns
    -------
    GuaranteeFigures
        The section and its notes.
    """
    if lever is None:
        return GuaranteeFigures(Resolved.neutral(spending.countries))
    section = Resolved(
        countries=spending.countries,
        is_named=True,
        guarantee=_words(lever, _first_year(lever, spending)),
        commitment=lever.commitment,
        from_year=0 if lever.commitment == "full" else _first_year(lever, spending),
        asked=_asked(lever, spending) if lever.commitment == "conditional" else (),
        start_shares=spending.defence_expenditure_share_of_gdp,
        start_allies=start_allies,
        provenance=(
            *by_convention(*declared_names(Start), how="every ally is covered before the first year"),
            *set_by_scenario(*declared_names(Inputs), how="levers.guarantee of the scenario"),
        ),
    )
    return GuaranteeFigures(section, _notes(section))


def _first_year(lever: GuaranteeLever, spending: Spending) -> int:
    """Return the first year that a change of the guarantee holds for."""
    return max(lever.from_year or 0, spending.start_year + 1)


def _asked(lever: GuaranteeLever, spending: Spending) -> tuple[float, ...]:
    """Return the share of GDP that is asked of each country: nothing of the guarantor itself."""
    shares = spending.pledge_targets if lever.share is None else (lever.share,) * len(spending.countries)
    pairs = zip(spending.countries, shares, strict=True)
    return tuple(0.0 if code == GUARANTOR else share for code, share in pairs)


def _words(lever: GuaranteeLever, first: int) -> str:
    """Return whom the guarantee covers in words; nothing where it is full."""
    if lever.commitment == "full":
        return ""
    if lever.commitment == "withdrawn":
        return f"withdrawn from {first}"
    asked = "the pledge" if lever.share is None else f"{per_cent(lever.share, 2)} of GDP"
    return f"conditional on {asked} from {first}"


def _notes(section: Resolved) -> tuple[Note, ...]:
    """Write what a reader must know of a guarantee that is not full."""
    if section.commitment == "full":
        return ()
    text = (
        "Whom the guarantee covers says nothing of whether it would be kept, nor how allies answer: "
        "budgets.guarantee_response is assumed, and 0 unless the scenario sets it."
    )
    if section.commitment == "conditional":
        text = f"An ally is covered where last year's share of GDP was what is asked or more. {text}"
    return (Note("guarantee", text),)
