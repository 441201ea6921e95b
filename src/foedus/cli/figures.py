"""``foedus figure`` and ``foedus export``: figures with their edition and source, on screen or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.options import AsOf, Countries, Edition, Json

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from foedus.evidence.cards import Card

__all__ = ["export", "figure"]

Year = Annotated[str | None, Parameter(help="A year, or a range such as 2014-2024.")]
AllEditions = Annotated[
    bool, Parameter(negative=(), help="Every edition side by side, never joined into one series.")
]


def figure(
    indicator: str,
    /,
    *,
    country: Countries = None,
    year: Year = None,
    as_of: AsOf = None,
    edition: Edition = None,
    all_editions: AllEditions = False,
    json_output: Json = False,
) -> None:
    """Print the figures of an indicator with edition, status and source.

    Parameters
    ----------
    indicator : str
        A name that `foedus indicators` lists.
    country : list of str, optional
        Only these countries.
    year : str, optional
        A year or a range of years.
    as_of : datetime.date, optional
        Answer only from what had been published by this day.
    edition : str, optional
        The edition that shall answer.
    all_editions : bool, default False
        Every edition side by side.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.axes import country_name
    from foedus.catalogue import quantity
    from foedus.cli.output import emit, table
    from foedus.units import format_value

    entry = quantity(indicator)
    frame, notes, cards = _ask(indicator, country, year, as_of, edition, all_editions)
    rows = frame.to_dicts()
    text = table(
        ("Country", "Year", "Value", "Status", "Known", "Edition", "Note"),
        [
            (
                country_name(r["country"]),
                str(r["year"]),
                format_value(r["value"], entry.unit),
                r["status"],
                r["known"],
                r["edition"],
                r["note"],
            )
            for r in rows
        ],
        right=(2,),
    )
    basis = f", {entry.price_basis} prices" if entry.price_basis != "none" else ""
    lines = [f"- {line}" for line in notes]
    lines += [f"- {c.id}: {c.publisher}, {c.title}, {c.published}. {c.url}" for c in cards]
    emit(
        {
            "indicator": entry,
            "as_of": as_of,
            "editions": [card.id for card in cards],
            "figures": [{**r, "unit": entry.unit} for r in rows],
            "notes": notes,
            "sources": cards,
        },
        f"{entry.label} ({entry.unit}{basis})\n{text}\n\n" + "\n".join(lines),
        json_output,
    )


def export(
    *indicators: str,
    to: Annotated[Path, Parameter(help="The file; its ending .csv, .parquet or .xlsx says the format.")],
    country: Countries = None,
    year: Year = None,
    as_of: AsOf = None,
    edition: Edition = None,
    all_editions: AllEditions = False,
    json_output: Json = False,
) -> None:
    """Write indicators to a tidy file, one figure a row, with edition and source columns.

    Parameters
    ----------
    *indicators : str
        Names that `foedus indicators` lists.
    to : pathlib.Path
        The file.
    country : list of str, optional
        Only these countries.
    year : str, optional
        A year or a range of years.
    as_of : datetime.date, optional
        Answer only from what had been published by this day.
    edition : str, optional
        The edition that shall answer.
    all_editions : bool, default False
        Every edition side by side.
    json_output : bool, default False
        Print one JSON object.
    """
    import polars as pl

    from foedus.cli.output import emit, note
    from foedus.errors import InputError
    from foedus.evidence.export import check_target, tidy, write_frame

    if not indicators:
        raise InputError("no indicator was named", where="foedus export", do="`foedus indicators` lists them")
    check_target(to)
    parts, notes = [], []
    for name in dict.fromkeys(indicators):
        frame, said, cards = _ask(name, country, year, as_of, edition, all_editions)
        parts.append(tidy(frame, name, {card.id: card for card in cards}))
        notes += [f"{name}: {line}" for line in said]
    whole = pl.concat(parts)
    write_frame(whole, to)
    if not json_output:
        for line in notes:
            note(line)
    names = sorted(set(whole["edition"]))
    emit(
        {"file": to, "figures": whole.height, "editions": names, "notes": notes},
        f"{whole.height:,} figures from {', '.join(names)} written to {to}.",
        json_output,
    )


def _ask(
    indicator: str,
    country: list[str] | None,
    year: str | None,
    as_of: date | None,
    edition: str | None,
    all_editions: bool,
) -> tuple[pl.DataFrame, list[str], list[Card]]:
    """Put a question to the ledger: one edition, or all side by side."""
    from foedus.axes import year_range
    from foedus.errors import InputError
    from foedus.evidence import Ledger

    span = year_range(year, where="--year") if year is not None else None
    ledger = Ledger.load()
    ledger = ledger.as_of(as_of) if as_of else ledger
    if all_editions and edition:
        raise InputError("--edition and --all-editions exclude each other", do="give one of them")
    if all_editions:
        frame = ledger.every_edition(indicator, country=country, year=span)
        cards: list[Card] = [ledger.editions[name] for name in dict.fromkeys(frame["edition"])]
        return frame, ["Editions stand side by side; they are never joined into one series."], cards
    figures = ledger.figures(indicator, country=country, year=span, edition=edition)
    return figures.frame, list(figures.notes), [figures.card]
