"""The page "Why did it rise?": its chart in boxes of every form, its controls, and what stands around."""

from __future__ import annotations

import json
from datetime import date

import pytest

from foedus.attribution.attribute import attribution
from foedus.attribution.charts import LEFT_OUT
from foedus.attribution.question import AttributionQuestion
from foedus.attribution.registry import DESIGNS
from foedus.attribution.result import Causes
from foedus.attribution.stage_chart import SHORT, causes_stage
from foedus.dashboard.pages.causes import CAUSES_PAGE, CausesPageQuestion
from foedus.dashboard.state import AppState
from foedus.errors import NoDataError
from foedus.evidence import Ledger
from foedus.plotting.fit import Box
from foedus.report.causes_part import rise_cards, rise_on_record

LEDGER = Ledger.packaged()
DESK, LAPTOP, PHONE = Box(930, 560), Box(800, 380), Box(374, 210)


@pytest.fixture(scope="module")
def result() -> Causes:
    """Return the answer on the budgets of 2018–21."""
    return attribution(LEDGER, AttributionQuestion(edition="nato-2024-06"))


@pytest.fixture(scope="module")
def state() -> AppState:
    """Return what the pages share."""
    return AppState(LEDGER)


@pytest.mark.parametrize("box", [DESK, LAPTOP, PHONE], ids=["desk", "laptop", "phone"])
def test_every_row_stands_in_every_box(result: Causes, box: Box) -> None:
    """No form drops a row; marks lie within the box, and the period asked about is there."""
    spec = causes_stage(result, box).spec
    rows = [row for layer in spec["layer"] for row in layer["data"]["values"]]
    words = {row["text"] for row in rows if "text" in row}
    drawn = {SHORT[d] for d in DESIGNS if d not in LEFT_OUT and d != "own"}
    assert drawn <= words
    assert any(word.startswith("2018–21") for word in words)
    assert all(0.0 <= row["x"] <= box.width and 0.0 <= row["y"] <= box.height for row in rows)


def test_placebo_years_can_be_hidden(result: Causes) -> None:
    """The shaded ranges go, and nothing else."""
    shown, hidden = (causes_stage(result, DESK, placebo=p).spec["layer"] for p in (True, False))
    assert len(shown) - len(hidden) == 3
    assert "grey-band" in json.dumps(shown)
    assert "grey-band" not in json.dumps(hidden)


def test_the_controls_change_the_answer(state: AppState) -> None:
    """Whom allies are held against is said, with its own estimate and placebo years."""
    one, two = (
        CAUSES_PAGE.answer(state, CausesPageQuestion(control=control))
        for control in ("never-allied", "with-pacific")
    )
    assert one.answer is not None
    assert two.answer is not None
    assert one.answer.beside[0].startswith("Against seven never-allied Europeans: -2.3 points a year")
    assert two.answer.beside[0].startswith("Against those and the Pacific: -1.4 points a year")
    assert one.rail is not None
    assert len(one.rail.items) == 3


def test_before_the_figures_were_out_there_is_no_chart(state: AppState) -> None:
    """On a day before the estimates the accounting answers alone, and the report has no such part."""
    day = date(2025, 1, 1)
    view = CAUSES_PAGE.answer(state, CausesPageQuestion(as_of=day))
    assert view.charts == ()
    assert view.tables
    assert rise_on_record(LEDGER.as_of(day)) is None
    assert rise_cards(None) == ()
    with pytest.raises(NoDataError):
        causes_stage(attribution(LEDGER, AttributionQuestion(as_of=day)), DESK)


def test_the_report_rests_on_named_cards() -> None:
    """The appendix names the edition of the accounting and the card of the estimates."""
    rise = rise_on_record(LEDGER.as_of(date(2026, 11, 26)))
    assert rise is not None
    assert rise_cards(rise) == (rise.accounting.edition, "attribution-2026-11")
