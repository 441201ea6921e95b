"""``foedus report``: one page on a run, to read, to send and to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.options import AsOf, Json
from foedus.rounding import written

if TYPE_CHECKING:
    from datetime import date

    from foedus.runs import Run

__all__ = ["report"]


def report(
    subject: Annotated[
        str, Parameter(help="A run's folder, a shipped scenario's name, or the path of a .yaml file.")
    ] = "baseline",
    *,
    out: Annotated[Path, Parameter(help="The page's file, which ends in .html.")] = Path("report.html"),
    pdf: Annotated[
        bool, Parameter(negative=(), help="Also print it, to a file of the same name that ends in .pdf.")
    ] = False,
    country: Annotated[
        list[str] | None,
        Parameter(negative=(), help="An ally that has a page of its own, by name or code; may be repeated."),
    ] = None,
    draws: Annotated[int, Parameter(help="How many draws, where a scenario is run.")] = 10_000,
    seed: Annotated[int, Parameter(help="Seed of the random draws, where a scenario is run.")] = 1,
    as_of: AsOf = None,
    json_output: Json = False,
) -> None:
    """Write a report: one self-contained page with a brief, charts, tables and every source.

    Parameters
    ----------
    subject : str, default "baseline"
        A run's folder, or a scenario, which is run first.
    out : pathlib.Path, default report.html
        The page's file.
    pdf : bool, default False
        Also print it.
    country : list of str, optional
        Allies that have a page of their own.
    draws, seed : int
        Of the run, where a scenario is run.
    as_of : datetime.date, optional
        Use only what had been published by this day, where a scenario is run.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit
    from foedus.errors import InputError
    from foedus.files.writing import check_writable, write_text
    from foedus.report.page import report_html
    from foedus.report.pdf import find_browser, print_pdf

    if out.suffix.lower() not in {".html", ".htm"}:
        raise InputError(f"{out.name!r} is no page", where="--out", do="end the name in .html")
    printed = out.with_suffix(".pdf") if pdf else None
    check_writable(out, "the page")
    if printed is not None:
        find_browser()
        check_writable(printed, "the PDF")
    run = _run(subject, draws, seed, as_of)
    write_text(out, report_html(run, countries=country or ()), "the page")
    if printed is not None:
        print_pdf(out, printed)
    size = out.stat().st_size
    payload = {"file": out, "bytes": size, "pdf": printed, "scenario": run.resolved.name, "run": run.folder}
    also = f"; printed to {printed}" if printed else ""
    emit(
        payload | {"content_sha256": run.manifest["content_sha256"]},
        f"{run.summary.title}: {out}, {written(size, 1, scale=-6)} MB{also}",
        json_output,
    )


def _run(subject: str, draws: int, seed: int, as_of: date | None) -> Run:
    """Open a run's folder, or run a scenario."""
    from foedus.runs import Run
    from foedus.runs import run as run_scenario

    if (Path(subject) / "run.json").is_file():
        return Run.load(subject)
    return run_scenario(subject, draws=draws, seed=seed, as_of=as_of)
