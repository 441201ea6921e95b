"""``foedus site build``: every page and ally as files, for any web server."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from foedus.cli.options import AsOf, Json
from foedus.rounding import written

__all__ = ["site_build"]


def site_build(
    folder: Annotated[Path, Parameter(help="The site's folder, new or empty.")],
    *,
    as_of: AsOf = None,
    json_output: Json = False,
) -> None:
    """Write every page and ally as static files with pinned numbers.

    Parameters
    ----------
    folder : pathlib.Path
        The site's folder, new or empty.
    as_of : datetime.date, optional
        The day that every number is pinned to; without it, today.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit
    from foedus.dashboard.site_build import build_site

    site = build_site(folder, as_of=as_of or date.today())
    size = f"{written(site.bytes, 1, scale=-6)} MB"
    emit(
        vars(site),
        f"{site.pages} pages as of {site.as_of}, {site.files} files, {size}: {site.folder}/index.html",
        json_output,
    )
