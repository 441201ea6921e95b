"""Parts of a requirement are nobody's targets, and a press report is called one wherever it is used."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from foedus.analysis.buys import time_to_close
from foedus.axes import country_name
from foedus.cli.apportion import _text
from foedus.cli.gap import gap_text, time_text
from foedus.evidence import Ledger
from foedus.evidence.institutions import members_on
from foedus.forces.apportionment import apportion
from foedus.forces.classes import axis_classes
from foedus.forces.gap import gap
from foedus.forces.gap_result import Gap
from foedus.forces.holdings import Holdings
from foedus.forces.requirement import find_requirement, shipped_requirements
from foedus.forces.result import Apportionment
from foedus.forces.time_result import TimeToClose
from foedus.results import to_jsonable
from foedus.tables import Table

ROOT = Path(__file__).parents[2]
ROOM = sorted((ROOT / "src/foedus/forces").rglob("*"))
PRESS = "press report"
WORD = re.compile(r"\btarget", re.IGNORECASE)


@cache
def _answers(name: str) -> tuple[Apportionment, Gap]:
    ledger = Ledger.packaged()
    return apportion(name, ledger=ledger), gap(name, ledger=ledger, holdings=Holdings())


@cache
def _bought(name: str) -> tuple[TimeToClose, ...]:
    """Return what a scenario buys of a requirement; nothing where it asks for persons alone."""
    if not set(find_requirement(name).needs) & set(axis_classes()):
        return ()
    return (time_to_close(name, draws=20, ledger=Ledger.packaged()),)


def _words(table: Table) -> list[str]:
    """Return a table's title, and each row as it is printed."""
    return [table.title, *(" | ".join(c.write(row) for c in table.columns) for row in table.rows)]


def _outputs(name: str) -> dict[str, str]:
    """Return everything that is printed of a requirement: text, JSON, tables, charts and answers."""
    shares, missing = _answers(name)
    outputs = {"text": _text(shares, True), "gap text": gap_text(missing)}
    outputs |= {f"bought text {i}": time_text(bought) for i, bought in enumerate(_bought(name))}
    for result in (shares, missing, *_bought(name)):
        kind = type(result).__name__
        outputs[f"{kind} json"] = json.dumps(to_jsonable(result.payload()), ensure_ascii=False)
        outputs[f"{kind} answer"] = (
            f"{result.headline()} {result.answer().sentence()} {result.answer().title}"
        )
        for table in result.tables():
            outputs[f"{kind} {table.name}"] = "\n".join(_words(table))
        for chart in result.charts():
            picture = result.chart(chart)
            outputs[f"{kind} {chart}"] = " ".join(
                (
                    picture.title,
                    picture.description,
                    picture.source,
                    *picture.summary,
                    json.dumps(picture.spec),
                )
            )
    return outputs


@pytest.mark.parametrize("name", shipped_requirements())
def test_no_output_calls_a_part_a_target(name: str) -> None:
    """No line that names an ally has the word, in any output of any requirement."""
    allies = re.compile("|".join(re.escape(country_name(code)) for code in members_on(date(2026, 1, 1))))
    for kind, output in _outputs(name).items():
        lines = [line for line in output.split("\n") if allies.search(line) and WORD.search(line)]
        assert lines == [], kind


def test_the_press_list_is_called_a_press_report_everywhere() -> None:
    """Every output of the press list says that it is one; those of the studies do not."""
    assert {
        kind: PRESS in text for kind, text in _outputs("press-minimum-2024").items() if PRESS not in text
    } == {}
    assert PRESS not in _outputs("replace-us-2025")["text"]


def test_the_room_has_no_word_for_what_is_secret() -> None:
    """No source of the room writes the word; what it is about is what published plans ask for."""
    texts = {p.name: p.read_text(encoding="utf-8") for p in ROOM if p.suffix in {".py", ".yaml"}}
    texts |= {p.name: p.read_text(encoding="utf-8") for p in (ROOT / "requirements").glob("*.yaml")}
    # A kind of rate of production, which names no ally.
    allowed = {"production.py"}
    assert {name for name, text in texts.items() if WORD.search(text)} <= allowed
