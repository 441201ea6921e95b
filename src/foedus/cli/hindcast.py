"""``foedus hindcast``: what the model would have said in the past, and what came."""

from __future__ import annotations

import sys
from typing import Annotated, Any

from cyclopts import Parameter

from foedus.cli.options import Json

__all__ = ["hindcast_budgets"]


def hindcast_budgets(
    *,
    basis: Annotated[
        str,
        Parameter(
            help="sipri: long histories from an imported file; nato: the packaged editions; "
            "shipped: the table that came with foedus, without computing anything."
        ),
    ] = "",
    json_output: Json = False,
) -> None:
    """Score forecasts of spending from the past against what came, and against naive forecasts.

    Parameters
    ----------
    basis : {"sipri", "nato", "shipped"}, optional
        What to compute on; without it "sipri" where an edition of SIPRI's was imported, else "nato" beside
        the shipped table of the long histories.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit
    from foedus.errors import InputError
    from foedus.spending.hindcast.skill import shipped_scores

    if basis not in {"", "sipri", "nato", "shipped"}:
        raise InputError(f"{basis!r} is not a basis", where="--basis", do="use sipri, nato or shipped")
    result: dict[str, Any] = {**shipped_scores(), "computed_now": []}
    if basis != "shipped":
        _compute(result, basis)
    emit(result, "" if json_output else _text(result), json_output)


def _compute(result: dict[str, Any], basis: str) -> None:
    """Put what is computed now in the place of the shipped tables."""
    from tqdm import tqdm

    from foedus.evidence import Ledger
    from foedus.spending.hindcast.budgets import hindcast
    from foedus.spending.hindcast.editions import edition_hindcast
    from foedus.spending.hindcast.panel import SIPRI_SHARE, sipri_panel
    from foedus.spending.hindcast.report import edition_table, sipri_table

    ledger = Ledger.load()
    if basis in {"", "nato"}:
        result["nato"] = edition_table(edition_hindcast(ledger))
        result["computed_now"].append("nato")
    if basis == "sipri" or (not basis and ledger.carriers(SIPRI_SHARE)):
        panel = sipri_panel(ledger)
        hidden = None if sys.stderr.isatty() else True
        with tqdm(unit=" origins", delay=0.5, disable=hidden, leave=False, file=sys.stderr) as bar:

            def move(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            cases = hindcast(panel, progress=move)
        result["sipri"] = sipri_table(panel, cases)
        result["computed_now"].append("sipri")


def _text(result: dict[str, Any]) -> str:
    """Write the scores for people."""
    from foedus.cli.output import table

    parts = []
    sipri = result["sipri"]
    now = "computed now" if "sipri" in result["computed_now"] else "as shipped"
    for span in dict.fromkeys(r["span"] for r in sipri["rows"]):
        rows = [_cells(r) for r in sipri["rows"] if r["span"] == span]
        parts.append(
            table(
                (
                    "",
                    "ahead",
                    "n",
                    "MAE",
                    "no change",
                    "line",
                    "CRPS",
                    "no change",
                    "skill",
                    "80 %",
                    "wide",
                    "",
                ),
                rows,
                title=f"Origins {span}, {sipri['edition']}, {now}",
                right=range(1, 11),
            )
        )
    far = sipri["five_years_to_2022_24"]
    if far["cases"]:
        parts.append(
            f"Outcomes of 2022 to 2024 five years ahead: the interval of 80 % held "
            f"{100 * far['cover80']:.0f} % of {far['cases']} and was {100 * far['width80']:.2f} points wide; "
            f"that of no change held {100 * far['cover80_no_change']:.0f} % and was "
            f"{100 * far['width80_no_change']:.2f} points wide."
        )
    parts.append(_editions(result))
    parts.append(
        "Units: points of GDP for a share and its errors; Brier score for meets; allies for count; the "
        "spending of the origin for spending. CRPS of no change: the best of four sets of its own past "
        "errors. Skill: in brackets its middle 90 % by block bootstrap over origins. MAE of meets: the part "
        "called wrongly.\n"
        f"Computed on {result['computed_on']['sipri']}."
    )
    return "\n\n".join(parts)


def _cells(r: dict[str, Any]) -> tuple[str, ...]:
    """Lay out one row of scores."""
    unit = 100.0 if r["target"] == "share" else 1.0
    digits = 3 if r["target"] in {"share", "meets", "spending"} else 2
    cover = "–" if r["cover80"] is None else f"{100 * r['cover80']:.0f} %"
    wide = "–" if r["width80"] is None else f"{unit * r['width80']:.2f}"
    sure = r["skill"] > 0.0 and r["skill_low"] <= 0.0
    naive = min(r["score_no_change"].values())
    return (
        r["target"],
        str(r["ahead"]),
        f"{r['cases']}/{r['origins']}",
        *(f"{unit * r[name]:.{digits}f}" for name in ("mae", "mae_no_change", "mae_line", "score")),
        f"{unit * naive:.{digits}f}",
        f"{100 * r['skill']:+.0f} % ({100 * r['skill_low']:+.0f} to {100 * r['skill_high']:+.0f})",
        cover,
        wide,
        "no change is shown" if r["skill"] <= 0.0 else ("not sure" if sure else ""),
    )


def _editions(result: dict[str, Any]) -> str:
    """Lay out the scores of the NATO editions."""
    from foedus.cli.output import table

    def points(value: float | None) -> str:
        return "–" if value is None else f"{100 * value:.3f}"

    rows = [
        (
            r["edition"],
            str(r["origin"]),
            str(r["ahead"]),
            str(r["allies"]),
            *(points(r[n]) for n in ("mae", "mae_no_change", "mae_line", "mae_estimate")),
            points(r["score"]),
            points(r["score_no_change"]),
            f"{100 * r['skill']:+.0f} %",
            f"{100 * r['cover80']:.0f} %",
        )
        for r in result["nato"]["rows"]
    ]
    headers = (
        "Edition",
        "origin",
        "ahead",
        "n",
        "MAE",
        "no change",
        "line",
        "NATO's e",
        "CRPS",
        "no change",
        "skill",
        "80 %",
    )
    return table(headers, rows, title="From NATO's own editions, points of GDP", right=range(1, 12))
