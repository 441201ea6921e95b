"""``foedus runs list`` and ``foedus runs remove``: the runs that nobody gave a place."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from foedus.cli.options import Json

__all__ = ["runs_list", "runs_remove"]


def runs_list(*, json_output: Json = False) -> None:
    """List the unnamed runs, each held against its checksums.

    Parameters
    ----------
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit, lay_out
    from foedus.runs.unnamed import list_runs

    listing = list_runs()
    table = f"\n\n{lay_out(listing.table('runs'))}" if listing.rows else ""
    emit(listing.payload(), f"{listing.headline()}{table}", json_output)


def runs_remove(
    names: Annotated[list[str] | None, Parameter(help="Runs, as `foedus runs list` names them.")] = None,
    /,
    *,
    older_than: Annotated[
        float | None, Parameter(help="Days: also remove every unnamed run that was written before.")
    ] = None,
    json_output: Json = False,
) -> None:
    """Remove unnamed runs; the same command that made one makes it again.

    Parameters
    ----------
    names : list of str, optional
        The runs.
    older_than : float, optional
        Days.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit
    from foedus.runs.unnamed import remove_runs

    removed = remove_runs(names or (), older_than=older_than)
    emit(removed.payload(), removed.headline(), json_output)
