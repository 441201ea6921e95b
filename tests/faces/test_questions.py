"""The page of questions: each is one command and one Python call with one answer, which arithmetic confirms.

What a command prints and what a call returns are the same numbers, all of them. Each is then computed once
more here, from the rows of the packaged files as they lie on disk and with nothing of the package.
"""

from __future__ import annotations

import csv
import gzip
import math
import re
import shlex
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.cli import output, run_command
from foedus.results import to_jsonable

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/questions.md"
EVIDENCE = ROOT / "src/foedus/evidence"
NEWEST, OUTLOOK = "nato-2026-07", "imf-weo-2026-04"
SHARE, CONSTANT = "defence_expenditure_share_of_gdp", "defence_expenditure_constant_usd_2021"
HAGUE, YEARS_LEFT = 0.035, 2035 - 2026
_SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def _figures(edition: str) -> dict[tuple[str, str, int], float]:
    """Read an edition's rows: indicator, country and year to value."""
    path = EVIDENCE / f"editions/{edition}.csv"
    if path.exists():
        text = path.read_text(encoding="utf-8")
    else:
        text = gzip.decompress(path.with_suffix(".csv.gz").read_bytes()).decode("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {(r["indicator"], r["country"], int(r["year"])): float(r["value"]) for r in rows if r["value"]}


def _of_year(indicator: str, year: int, edition: str = NEWEST) -> dict[str, float]:
    """Return an indicator of one year by ally, the totals left out."""
    rows = _figures(edition).items()
    return {c: value for (name, c, y), value in rows if (name, y) == (indicator, year) and len(c) == 3}


def _record(name: str, table: str) -> list[dict[str, str]]:
    text = (EVIDENCE / f"records/{name}/{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _growth(country: str, year: int) -> float:
    """Return the growth of a year as projected; after the outlook's end that of its last year."""
    return _figures(OUTLOOK)["gdp_real_growth", country, min(year, 2031)]


def _grown(country: str, *, shift: float = 0.0) -> float:
    """Return by what a country's GDP is multiplied from 2026 to 2035."""
    return math.prod(1.0 + _growth(country, year) + shift for year in range(2027, 2036))


def _gdp_2035(country: str) -> float:
    """Return GDP in 2035, in the dollars of 2021 that spending and share imply."""
    figures = _figures(NEWEST)
    return figures[CONSTANT, country, 2026] / figures[SHARE, country, 2026] * _grown(country)


@cache
def _sections() -> dict[str, tuple[str, str, str]]:
    """Read the page: each question with its command, what it prints, and its Python call."""
    sections = {}
    for title, body in _SECTION.findall(PAGE.read_text(encoding="utf-8")):
        blocks = dict(reversed(_BLOCK.findall(body)))
        if {"console", "python"} <= set(blocks):
            command, _, shown = blocks["console"].replace("\\\n", " ").removeprefix("$ ").partition("\n")
            sections[title] = (command, shown, blocks["python"])
    return sections


Payload = Mapping[str, Any]
Check = Callable[[Payload], None]
CHECKS: dict[str, Check] = {}


def _confirms(number: str) -> Callable[[Check], Check]:
    """Return a decorator that files the arithmetic of a question under its number."""

    def file(check: Check) -> Check:
        CHECKS[number] = check
        return check

    return file


@_confirms("1")
def _spain(payload: Payload) -> None:
    """Growth that takes 2 % to 3.5 %: from GDP as projected, and the money on a straight line of shares."""
    figures = _figures(NEWEST)
    (row,) = payload["rows"]
    spending, share = figures[CONSTANT, "ESP", 2026], figures[SHARE, "ESP", 2026]
    at_target = HAGUE * spending / share * _grown("ESP")
    assert row["required_growth"] == pytest.approx((at_target / spending) ** (1 / YEARS_LEFT) - 1, rel=2e-3)
    assert row["cost_at_deadline"] == pytest.approx(at_target - spending * _grown("ESP"), rel=2e-3)
    assert row["faster_than_gdp"] == pytest.approx((HAGUE / share) ** (1 / YEARS_LEFT) - 1, rel=1e-3)


@_confirms("2")
def _cuts(payload: Payload) -> None:
    """Nobody but one had a lower share, and its spending in constant prices rose."""
    figures = _figures(NEWEST)
    shares = {c: v - figures[SHARE, c, 2014] for c, v in _of_year(SHARE, 2025).items()}
    money = {c: v / figures[CONSTANT, c, 2014] - 1 for c, v in _of_year(CONSTANT, 2025).items()}
    rows = {row["country"]: row for row in payload["figures"]}
    assert set(rows) == {c for c, change in shares.items() if change <= 0} == {"USA"}
    assert rows["USA"]["change"] == pytest.approx(shares["USA"])
    assert min(money.values()) > 0
    beside = [value for key, value in rows["USA"].items() if CONSTANT in key and "change" in key]
    assert beside == [pytest.approx(money["USA"])]


@_confirms("3")
def _american_part(payload: Payload) -> None:
    """The part is the country's figure over the printed total."""
    figures, money = _figures(NEWEST), "defence_expenditure_current_usd"
    (row,) = payload["figures"]
    assert row["share"] == pytest.approx(figures[money, "USA", 2025] / figures[money, "NATO", 2025])
    parts = sum(_of_year(money, 2025).values())
    assert figures[money, "NATO", 2025] == pytest.approx(parts, rel=1e-5)


@_confirms("4")
def _as_it_was(payload: Payload) -> None:
    """Whoever was a member at the end of 2014 and had 2 % in the edition of June 2019."""
    members = {
        r["country"]
        for r in _record("institutions", "members")
        if r["entry_date"] <= "2014-12-31" and (not r["exit_date"] or r["exit_date"] > "2014-12-31")
    }
    shares = {c: v for c, v in _of_year(SHARE, 2014, "nato-2019-06").items() if c in members}
    listed = {row["country"]: row for row in payload["rows"]}
    assert set(listed) == members
    assert len(members) == 28
    assert {c for c, row in listed.items() if row["meets"]} == {c for c, v in shares.items() if v >= 0.02}
    assert all(listed[c]["share"] == pytest.approx(share) for c, share in shares.items())


@_confirms("5")
def _heads(payload: Payload) -> None:
    """The order of the figures as printed, the highest first."""
    _ranked(payload, "defence_expenditure_per_capita_constant_usd_2021", lambda value: True)


@_confirms("6")
def _equipment(payload: Payload) -> None:
    """Those with a fifth or more, the highest first."""
    _ranked(payload, "equipment_share", lambda value: value >= 0.2)


@_confirms("12")
def _fastest(payload: Payload) -> None:
    """The order of real changes; each is that of spending in constant prices, as far as it is printed."""
    name = "defence_expenditure_real_change"
    _ranked(payload, name, lambda value: True)
    before, after = _of_year(CONSTANT, 2024), _of_year(CONSTANT, 2025)
    for country, change in _of_year(name, 2025).items():
        assert change == pytest.approx(after[country] / before[country] - 1, abs=0.01)


def _ranked(payload: Payload, indicator: str, wanted: Callable[[float], bool]) -> None:
    """Check rows of a year against the file's, with equal ranks for equal figures."""
    values = {c: v for c, v in _of_year(indicator, 2025).items() if wanted(v)}
    assert {r["country"]: r["value"] for r in payload["figures"]} == pytest.approx(values)
    shown = [r["value"] for r in payload["figures"]]
    assert shown == sorted(values.values(), reverse=True)
    everyone = _of_year(indicator, 2025).values()
    for row in payload["figures"]:
        assert row["rank"] == 1 + sum(other > row["value"] for other in everyone)


@_confirms("7")
def _german_plan(payload: Payload) -> None:
    """The plans on record, and the growth to 3.5 % by 2035."""
    announced = {
        (int(r["year"]), float(r["share"]) if r["share"] else None)
        for r in _record("plans", "announced_plans")
        if r["country"] == "DEU" and r["announced"] <= "2026-11-01"
    }
    assert {(p["year"], p["share"]) for p in payload["plans"]} == announced
    assert (2029, 0.035) in announced
    (row,) = payload["rows"]
    figures = _figures(NEWEST)
    needed = (HAGUE / figures[SHARE, "DEU", 2026] * _grown("DEU")) ** (1 / YEARS_LEFT) - 1
    # A share is printed to a hundredth of a point, which nine years of growth spread.
    assert row["required_growth"] == pytest.approx(needed, abs=1.1 * 0.00005 / row["share"] / YEARS_LEFT)


@_confirms("8")
def _slower_america(payload: Payload) -> None:
    """What NATO spends less is what the United States does: its spending times what its GDP loses."""
    lost = _grown("USA", shift=-0.01) / _grown("USA") - 1
    first = {name: m["median"][-1] for name, m in payload["first"]["measures"].items()}
    american = first["nato_expenditure_constant_usd"] - first["europe_canada_expenditure_constant_usd"]
    difference = payload["differences"]["nato_expenditure_constant_usd"]["median"][-1]
    assert difference == pytest.approx(lost * american, rel=0.05)
    assert payload["differences"]["europe_canada_expenditure_constant_usd"]["median"][-1] == 0.0


@_confirms("9")
def _europe(payload: Payload) -> None:
    """All figures of Europe's allies from 2014 to 2025, added up."""
    rows = _figures(NEWEST).items()
    over_there = {"USA", "CAN"}
    money = [
        v
        for (n, c, y), v in rows
        if n == CONSTANT and len(c) == 3 and c not in over_there and 2014 <= y <= 2025
    ]
    (row,) = payload["figures"]
    assert row["value"] == pytest.approx(sum(money))
    assert len(money) == 29 * 12


@_confirms("10")
def _five_per_cent(payload: Payload) -> None:
    """The part that has figures, 3.5 % of GDP, above the shares of 2026, ally by ally."""
    assert (payload["asked"], payload["target"]) == (0.05, HAGUE)
    cost = {c: max(0.0, HAGUE - share) * _gdp_2035(c) for c, share in _of_year(SHARE, 2026).items()}
    rows = {row["country"]: row["cost_at_deadline"] for row in payload["rows"]}
    assert set(rows) == set(cost)
    assert sum(rows.values()) == pytest.approx(sum(cost.values()), rel=2e-3)
    assert payload["cost_by_year"][-1] == pytest.approx(sum(cost.values()), rel=2e-3)


@_confirms("11")
def _spain_opts_out(payload: Payload) -> None:
    """At its own 2.1 %, Spain spends 1.4 % of its GDP of 2035 less than at what all others agreed on."""
    (exception,) = (r for r in _record("institutions", "pledges") if r["country"] == "ESP")
    (row,) = payload["rows"]
    own, share = float(exception["level"]), _figures(NEWEST)[SHARE, "ESP", 2026]
    assert row["target"] == own == 0.021
    assert row["cost_at_deadline"] == pytest.approx((own - share) * _gdp_2035("ESP"), rel=2e-3)
    at_all = foedus.pledge("Spain", target=HAGUE, by=2035, as_of="2026-11-01", draws=100).rows[0]
    saved = at_all.cost_at_deadline - row["cost_at_deadline"]
    assert saved == pytest.approx((HAGUE - own) * _gdp_2035("ESP"), rel=2e-3)
    assert saved / 1e9 == pytest.approx(28.3, abs=0.05)


@_confirms("13")
def _finland(payload: Payload) -> None:
    """Entry less signature, and the parliaments that stand in the record."""
    (row,) = (r for r in _record("accession", "rounds") if r["acceding"] == "FIN")
    (listed,) = payload["rounds"]
    days = date.fromisoformat(row["entry"]) - date.fromisoformat(row["signed"])
    assert listed["days_signature_to_entry"] == days.days == 273
    steps = [r for r in _record("accession", "steps") if r["round"] == row["round"]]
    assert len(listed["steps"]) == len(steps)


@_confirms("14")
def _georgia(payload: Payload) -> None:
    """A parliament for each member; days lead from the signature to the date; the middle is in the middle."""
    members = [r for r in _record("institutions", "members") if r["entry_date"] <= "2026-11-01"]
    assert len(payload["allies"]) == len(members) == 32
    signed = date.fromisoformat(payload["signed"])
    for row in payload["days_from_signature_to_entry"]:
        if row["days"] is not None and row["date"]:
            assert abs((date.fromisoformat(row["date"]) - signed).days - row["days"]) < 1
    (middle,) = (r for r in payload["days_from_signature_to_entry"] if r["level"] == 0.5)
    assert middle["days"] > max(ally["days_p50"] for ally in payload["allies"])
    by_month = {row["days"]: row["entry"] for row in payload["calendar"]}
    assert max((share, days) for days, share in by_month.items() if share < 0.5)[1] < middle["days"]
    facts = {r["kind"] for r in _record("applicants", "facts") if r["country"] == "GEO"}
    assert facts <= {row["kind"] for row in payload["specific"]}


@_confirms("15")
def _qualified_majority(payload: Payload) -> None:
    """Ten of 32 can block at a quota of 0.7, and three or four do not: what fails, fails unopposed."""
    members = payload["holdouts"]
    assert len(members) == 32
    against = [m["name"] for m in members if m["position"] < 50]
    blocking = math.floor(32 * (1 - 0.7)) + 1
    assert sorted(against) == ["HUN", "SVK", "TUR"]
    assert blocking == 10
    assert len(against) + 1 < blocking
    assert payload["probability_adopted"] == pytest.approx(1 - payload["probability_fails"])
    assert payload["base_rate"]["probability"] == pytest.approx(127 / 158)


@pytest.mark.parametrize("title", list(_sections()), ids=lambda title: title.partition(".")[0])
def test_a_question_has_one_answer(
    title: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command prints what the page shows, the call returns its numbers, and arithmetic confirms them."""
    command, shown, call = _sections()[title]
    payloads: list[Payload] = []
    emit = output.emit

    def keep(payload: Payload, text: str, json_output: bool) -> None:
        payloads.append(to_jsonable(payload))
        emit(payload, text, json_output)

    monkeypatch.setattr(output, "emit", keep)
    assert run_command(shlex.split(command)[1:]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    at = 0
    for piece in re.split(r"^\.\.\.$", shown, flags=re.MULTILINE):
        words = " ".join(piece.split())
        assert words in printed[at:]
        at = printed.index(words, at) + len(words)
    assert shown.strip()
    answer = eval(call, {"foedus": foedus})
    assert to_jsonable(answer.payload()) == payloads[0]
    CHECKS[title.partition(".")[0]](payloads[0])


def test_every_question_of_the_page_is_confirmed() -> None:
    """The page has the questions that are asked most, numbered, and each has its arithmetic."""
    assert [title.partition(".")[0] for title in _sections()] == [str(k) for k in range(1, 16)]
    assert set(CHECKS) == {str(k) for k in range(1, 16)}
