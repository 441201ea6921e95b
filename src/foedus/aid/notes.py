"""What a reader of figures of aid must know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foedus.aid.changes import held_span, missing_regions
from foedus.aid.monthly import NO_ENTRY
from foedus.aid.question import AidQuestion
from foedus.aid.result import DonorRow, SpanComparison
from foedus.aid.spans import parse_span
from foedus.aid.tracker import BRING, Tracker, held_releases

__all__ = ["NO_RECORD", "aid_notes"]

NO_RECORD = "Allocated is set aside for a purpose: no public record says what of it arrived, and when."
"""What every answer says."""


def aid_notes(
    held: Tracker,
    question: AidQuestion,
    donors: Sequence[DonorRow],
    comparison: SpanComparison | None,
    gdp: tuple[int, str],
) -> tuple[str, ...]:
    """Return what the reader must know.

    Parameters
    ----------
    held : Tracker
        The release that answers.
    question : AidQuestion
        What was asked.
    donors : sequence of DonorRow
        The donors that are shown.
    comparison : SpanComparison, optional
        Where two spans were compared.
    gdp : (int, str)
        The year of GDP and its edition; no edition where there is none.

    Returns
    -------
    tuple of str
        Sentences.
    """
    notes = [
        NO_RECORD,
        f"Release {held.release.number} of {held.release.published} answers, with data to "
        f"{held.release.last}: the state of past months on its day, not what was known in those months.",
        "Regions are the institute's: Türkiye, Cyprus and Malta are not in Europe. The EU institutions are a "
        "donor and no ally; members' parts of what they gave are in no sum.",
    ]
    others = [release for release in held_releases() if release.id != held.release.id]
    if others:
        named = ", ".join(f"{release.id} ({release.published})" for release in others)
        notes.append(f"Other releases held, for --edition or --as-of: {named}.")
    if question.kind != "all":
        notes.append("Commitments are not told apart by kind: of one kind there is only what was allocated.")
    notes.append(NO_ENTRY if held.imported else _missing(question))
    if question.laid_out_by == "donor":
        notes += _gdp_note(donors, gdp)
    if comparison is not None and question.compare is not None:
        notes += _comparison_notes(held, question.compare, comparison)
    return tuple(notes)


def _missing(question: AidQuestion) -> str:
    """Return what is missing without an import."""
    real = " Donors' totals to date have no year, and stay in euros of the day." if question.real else ""
    return (
        "Donors by month do not ship, since the publisher states no licence. Without them there are no "
        f"months by region or donor, no years by donor and no parts of the EU's aid: {BRING}.{real}"
    )


def _gdp_note(donors: Sequence[DonorRow], gdp: tuple[int, str]) -> Iterator[str]:
    """Yield of which GDP shares are, and of whom there are none."""
    year, edition = gdp
    if not edition:
        yield "Shares of GDP are of GDP 2021 as the release has it; no Outlook that may answer is held."
        return
    without = [row.name for row in donors if row.share_of_gdp_2021 is not None and row.share_of_gdp is None]
    lacking = f"; it holds none of {', '.join(without)}" if without else ""
    yield (
        f"Shares of GDP are of aid since January 2022: of GDP 2021 as the release has it, and of GDP {year} "
        f"by {edition} at the rate that it uses for Germany{lacking}."
    )


def _comparison_notes(held: Tracker, texts: tuple[str, str], comparison: SpanComparison) -> Iterator[str]:
    """Yield what a comparison leaves out, and why the institute's own figures differ."""
    asked = [parse_span(text) for text in texts]
    spans = [held_span(held, span) for span in asked]
    for span, cut in zip(asked, spans, strict=True):
        if span != cut:
            yield f"Of {cut.last.year} the release holds the months to {cut.last}: means are a month's."
    left_out = missing_regions(held, spans[0], spans[1])
    if left_out and not any(
        row.of not in ("europe", "united_states", "all_donors") for row in comparison.rows
    ):
        yield f"Not compared: {left_out}"
    said = [row.published for row in comparison.rows if row.published is not None]
    if said:
        to = " and ".join(dict.fromkeys(row.data_to for row in said))
        prices = " and ".join(dict.fromkeys(f"prices {row.prices}" for row in said))
        yield (
            f"The published changes rest on data to {to} as they stood then ({prices}); past months have "
            "been revised since, and the institute does not name its deflator. --real takes that of the IMF."
        )
