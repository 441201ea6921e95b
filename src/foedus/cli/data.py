"""``foedus data import`` and ``foedus data update``: publishers' own files as editions of the user's."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from foedus.cli.options import Json, option_day
from foedus.questions import read_any_day

if TYPE_CHECKING:
    from foedus.aid.kiel_import import KielImport
    from foedus.evidence.fetch import Fetched
    from foedus.evidence.ingest import Imported
    from foedus.evidence.userdata import Saved
    from foedus.forces.own_tables import OwnTable

__all__ = ["data_import", "data_update"]


def data_import(
    kind: Annotated[
        Literal["nato", "imf", "sipri", "holdings", "us-forces", "kiel"],
        Parameter(help="Whose file it is, or what it holds."),
    ],
    file: Annotated[
        Path, Parameter(help="The publisher's own file; of kiel the folder or zip file of its six.")
    ],
    *,
    edition: Annotated[
        str | None, Parameter(help="The edition's name, where the file's own is not wanted.")
    ] = None,
    published: Annotated[
        date | None,
        Parameter(
            converter=option_day(read_any_day),
            help="The day it came out (YYYY-MM-DD), where it is not known.",
        ),
    ] = None,
    replace: Annotated[
        bool, Parameter(negative=(), help="Take the place of an edition of that name with other figures.")
    ] = False,
    json_output: Json = False,
) -> None:
    """Read a publisher's own file, check it, and keep it as an edition in the user's data folder.

    Parameters
    ----------
    kind : {"nato", "imf", "sipri", "holdings", "us-forces", "kiel"}
        Whose file it is; or that it holds what allies have, or US forces by host.
    file : pathlib.Path
        The file.
    edition : str, optional
        The edition's name.
    published : datetime.date, optional
        The day it came out.
    replace : bool, default False
        Put it in the place of an edition of that name with other figures.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit

    if kind == "kiel":
        from foedus.aid.kiel_import import import_kiel

        release = import_kiel(file, edition=edition, published=published, replace=replace)
        emit(vars(release) | {"message": release.message}, _own_text(release), json_output)
        return
    if kind in ("holdings", "us-forces"):
        table = _own_table(kind, file, edition, published, replace)
        emit(vars(table) | {"message": table.message}, _own_text(table), json_output)
        return
    from foedus.evidence.ingest import read
    from foedus.evidence.userdata import save_edition

    imported = read(kind, file, edition=edition, published=published)
    saved = save_edition(imported, replace)
    emit(_payload(imported, saved), _text(imported, saved), json_output)


def _own_table(kind: str, file: Path, name: str | None, published: date | None, replace: bool) -> OwnTable:
    """Import a table that is no edition of figures."""
    if kind == "holdings":
        from foedus.forces.holdings import import_holdings

        return import_holdings(file, name=name, replace=replace)
    from foedus.forces.us_import import import_us_forces

    return import_us_forces(file, name=name, published=published, replace=replace)


def _own_text(table: OwnTable | KielImport) -> str:
    """Return such an import for people."""
    lines = [table.message]
    states = [(check, "passed" if check.passed else check.severity) for check in table.checks]
    lines += [f"  {state:8} {check.name}: {check.message}" for check, state in states]
    return "\n".join([*lines, *(f"  note     {note}" for note in table.notes)])


def data_update(*, json_output: Json = False) -> None:
    """Download the official files that the packaged cards name, and import them.

    Parameters
    ----------
    json_output : bool, default False
        Print one JSON object.

    Raises
    ------
    DownloadError
        When a file could not be fetched or taken in; the others are kept.
    """
    from foedus.cli.output import emit, note
    from foedus.errors import DownloadError
    from foedus.evidence import Ledger
    from foedus.evidence.fetch import update

    cards = [card for card in Ledger.packaged().editions.values() if card.download is not None]
    done = update(cards)
    failed = [item for item in done if item.error is not None]
    payload = {"files": [_fetched(item) for item in done], "failed": len(failed)}
    for item in failed:
        note(f"{item.edition}: {item.error}")
    added = [item.saved.message for item in done if item.saved is not None]
    emit(payload, "\n".join(added) or "No edition was added.", json_output)
    if failed:
        named = ", ".join(item.edition for item in failed)
        raise DownloadError(
            f"{len(failed)} of {len(done)} files could not be taken in ({named})",
            do="the reasons stand above; nothing of these was changed",
        )


def _payload(imported: Imported, saved: Saved) -> dict[str, Any]:
    """Return an import for programs."""
    card = imported.card
    counts = Counter(imported.figures["indicator"])
    return {
        "edition": card.id,
        "series": card.series,
        "published": card.published,
        "published_known": card.published_known,
        "outcome": saved.outcome,
        "message": saved.message,
        "path": saved.path,
        "figures": len(imported.figures),
        "indicators": dict(sorted(counts.items())),
        "checks": imported.checks,
        "notes": imported.notes,
        "packaged": saved.packaged,
        "source_sha256": card.source_sha256,
    }


def _text(imported: Imported, saved: Saved) -> str:
    """Return an import for people."""
    lines = [saved.message, f"Published {imported.card.published} ({imported.card.published_known})."]
    for check in imported.checks:
        state = "passed" if check.passed else check.severity
        lines.append(f"  {state:8} {check.name}: {check.message}")
        lines += [f"           {_row(row)}" for row in check.rows[:8] if row.get("reason")]
    lines += [f"  note     {note}" for note in imported.notes]
    return "\n".join(lines)


def _row(row: dict[str, Any]) -> str:
    """Return an excused figure with its reason."""
    return f"{row['country']} {row['year']}: {row['reason']}"


def _fetched(item: Fetched) -> dict[str, Any]:
    """Return one downloaded file for programs."""
    result: dict[str, Any] = {"edition": item.edition, "url": item.url, "sha256": item.sha256}
    if item.imported is not None and item.saved is not None:
        result |= _payload(item.imported, item.saved)
    return result | {"error": str(item.error) if item.error else None}
