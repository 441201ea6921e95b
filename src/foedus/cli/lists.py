"""``foedus indicators``, ``editions``, ``sources`` and ``institutions``: what the ledger holds."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from foedus.cli.options import AsOf, Json

__all__ = ["editions", "indicators", "institutions", "sources"]


def indicators(*, json_output: Json = False) -> None:
    """List the catalogue, with the editions that hold each indicator.

    Parameters
    ----------
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.catalogue import catalogue
    from foedus.cli.output import emit, table
    from foedus.evidence import Ledger

    ledger = Ledger.load()
    rows = [
        {
            **entry.model_dump(),
            "editions": [
                card.id for card in ledger.carriers(entry.name) if _holds(ledger, card.id, entry.name)
            ]
            if entry.kind == "indicator"
            else [],
        }
        for entry in catalogue().values()
    ]
    text = table(
        ("Name", "Kind", "Unit", "Price basis", "Editions", "Label"),
        [
            (r["name"], r["kind"], r["unit"], r["price_basis"], ", ".join(r["editions"]) or "–", r["label"])
            for r in rows
        ],
    )
    emit({"indicators": rows}, text, json_output)


def _holds(ledger: Any, edition: str, indicator: str) -> bool:
    """Tell whether an edition has any figure of an indicator."""
    return bool((ledger.table(edition)["indicator"] == indicator).any())


def editions(*, as_of: AsOf = None, json_output: Json = False) -> None:
    """List the editions by day of publication, with how many figures each holds.

    Parameters
    ----------
    as_of : datetime.date, optional
        Only editions published by this day.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit, table
    from foedus.evidence import Ledger

    ledger = Ledger.load()
    ledger = ledger.as_of(as_of) if as_of else ledger
    rows: list[dict[str, Any]] = []
    for card in ledger.editions.values():
        frame = ledger.table(card.id) if ledger.has_figures(card.id) else None
        rows.append(
            {
                "edition": card.id,
                "series": card.series,
                "published": card.published,
                "published_known": card.published_known,
                "figures": 0 if frame is None else frame.height,
                "years": None if frame is None else [frame["year"].min(), frame["year"].max()],
                "indicators": [] if frame is None else frame["indicator"].unique().sort().to_list(),
                "complete": card.complete,
                "imported": card.id in ledger.imported,
                "title": card.title,
            }
        )
    text = table(
        ("Edition", "Published", "Figures", "Years", "Indicators", "Whole tables", "Origin", "Title"),
        [
            (
                r["edition"],
                f"{r['published']}{'' if r['published_known'] != 'unverified' else ' ?'}",
                f"{r['figures']:,}",
                f"{r['years'][0]}–{r['years'][1]}" if r["years"] else "–",
                str(len(r["indicators"])),
                str(len(r["complete"])),
                "imported" if r["imported"] else "packaged",
                r["title"],
            )
            for r in rows
        ],
        right=(2, 4, 5),
    )
    emit(
        {"as_of": as_of, "editions": rows}, f"{text}\n\n? the day of publication is not verified", json_output
    )


def sources(
    edition: Annotated[str | None, Parameter(help="One edition; without it, all.")] = None,
    /,
    *,
    json_output: Json = False,
) -> None:
    """Print source cards in full: publisher, title, day, address, licence, basis, caveats.

    Parameters
    ----------
    edition : str, optional
        One edition.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit
    from foedus.evidence import Ledger
    from foedus.evidence.cards import dump_card
    from foedus.evidence.sources import sources_payload

    payload = sources_payload(Ledger.load(), edition)
    emit(payload, "\n".join(dump_card(card) for card in payload["sources"]), json_output)


def institutions(
    name: Annotated[
        str | None, Parameter(name="table", help="members, secretaries-general, summits, …")
    ] = None,
    /,
    *,
    as_of: AsOf = None,
    json_output: Json = False,
) -> None:
    """Print a table of institutions, as of a day; without a name, list the tables.

    Parameters
    ----------
    name : str, optional
        One of the tables.
    as_of : datetime.date, optional
        Leave out what happened later.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit, table
    from foedus.evidence.institutions import TABLES, institution_table

    if name is None:
        listing = [{"table": key, "title": title} for key, (_, title) in TABLES.items()]
        text = table(("Table", "What it holds"), [(row["table"], row["title"]) for row in listing])
        emit({"tables": listing}, text, json_output)
        return
    found = institution_table(name, as_of=as_of)
    headers = list(found.rows[0]) if found.rows else []
    text = table([h.replace("_", " ") for h in headers], [tuple(row.values()) for row in found.rows])
    foot = f"\n\n{found.unverified} of {len(found.rows)} rows are not verified." if found.unverified else ""
    emit(
        {
            "table": name,
            "title": found.title,
            "as_of": as_of,
            "rows": found.rows,
            "unverified": found.unverified,
        },
        f"{found.title}{f', as of {as_of}' if as_of else ''}\n{text}{foot}",
        json_output,
    )
