"""What has arrived by a day: laws of permits, lateness, trains and losses, and one number on every face."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from foedus.errors import InputError
from foedus.evidence import Ledger
from foedus.plotting.fit import Box
from foedus.reinforcement.by_day import by_day
from foedus.reinforcement.by_day_charts import by_day_stage
from foedus.reinforcement.by_day_result import ByDay, about, permit_label
from foedus.reinforcement.corridor_map import LOOKS, corridor_map
from foedus.reinforcement.corridors import Corridors
from foedus.reinforcement.question import reinforcement_question
from foedus.reinforcement.simulate import arrivals

LEDGER = Ledger.packaged()
GIVEN: dict[str, Any] = {
    "amounts": ("DEU=900@2", "FRA=700@5", "ITA=500", "POL=60"),
    "horizon": 15,
    "draws": 40,
}
DAY = 9


@pytest.fixture(scope="module")
def corridors() -> Corridors:
    """Return the corridors solved once for a small force."""
    return Corridors(reinforcement_question(**GIVEN), LEDGER)


def asked(corridors: Corridors, day: int = DAY, **more: Any) -> ByDay:
    """Return the answer to a question about the same small force."""
    return by_day(reinforcement_question(**GIVEN | more), day, corridors=corridors)


@pytest.fixture(scope="module")
def answer(corridors: Corridors) -> ByDay:
    """Return the answer with a permit of three days."""
    return asked(corridors)


def test_one_number_stands_everywhere(answer: ByDay) -> None:
    """Answer, title, headline, table, curve and chart say the same number."""
    number = about(answer.middle)
    assert answer.answer().number == number
    assert number in answer.answer().title
    assert number in answer.headline()
    row = next(r for r in answer.table("permits").rows if r["days"] == 3.0)
    assert about(row["middle"]) == number
    assert about(answer.rows[DAY].middle) == number
    assert f'"{number} ' in json.dumps(by_day_stage(answer, Box(900, 520)).spec)


def test_a_longer_permit_never_brings_more(corridors: Corridors, answer: ByDay) -> None:
    """Of the permits on record each longer one has no more arrived, by the day and by every later one."""
    assert [p.days for p in answer.permits] == sorted((p.days for p in answer.permits), reverse=True)
    for longer, shorter in pairwise(answer.permits):
        assert longer.middle <= shorter.middle + 1e-9
    at_once = asked(corridors, permit_days=0.25)
    assert at_once.middle == pytest.approx(answer.permits[-1].middle)
    assert at_once.permits[1].middle == pytest.approx(answer.middle)


def test_only_what_is_ready_arrives(answer: ByDay) -> None:
    """On no day has more arrived than was ready, and the band is in order around the median."""
    for row in answer.rows:
        assert 0.0 <= row.low <= row.middle <= row.high <= row.ready + 1e-6
    assert answer.rows[-1].middle == pytest.approx(answer.moving)


def test_levers_and_wider_links_have_the_right_sign(corridors: Corridors) -> None:
    """More trains, a shorter permit and a quarter more never take away; lateness and losses never add."""
    result = asked(corridors, permit_days=4.0)
    gains = {change.name: change.gain for change in result.changes}
    assert gains["trains"] >= -1e-6
    assert gains["permit"] > 0.0
    assert gains["late"] < 0.0
    assert gains["lost"] <= 1e-6
    assert all(kind.gain >= 0.0 and 0.0 <= kind.used <= 1.0 + 1e-9 for kind in result.kinds)
    assert result.binding is None or result.binding.gain == max(kind.gain for kind in result.kinds)


def test_fixed_routes_are_no_earlier_than_the_best_flow(corridors: Corridors, answer: ByDay) -> None:
    """At middle throughputs the simulation has no more arrived by the day than a programme to that day."""
    curve = arrivals(corridors.routes(), corridors.capacity()[:, np.newaxis], DAY + 1).sum(0)
    assert curve[DAY, 0] <= answer.best + 1e-6


def test_lateness_is_the_same_curve_so_many_days_later(corridors: Corridors) -> None:
    """Where readiness alone says when forces leave, five days of lateness move the curve by five days."""
    now, late = (asked(corridors, permit_days=0.0, readiness_days=days) for days in (0.0, 5.0))
    moved = [row.middle for row in late.rows]
    assert moved[5:] == pytest.approx([row.middle for row in now.rows][:-5])


def test_lost_links_are_drawn_by_the_seed(corridors: Corridors) -> None:
    """The same seed loses the same links, another one others; without all links nothing foreign arrives."""
    question = reinforcement_question(**GIVEN, lose=3, cases=4)
    assert corridors.lost_links(question) == corridors.lost_links(question)
    other = reinforcement_question(**GIVEN, lose=3, cases=4, seed=2)
    assert corridors.lost_links(question) != corridors.lost_links(other)
    assert not corridors.open_arcs(corridors.network.links)[
        [arc.mode in ("rail", "road", "sea") for arc in corridors.network.arcs]
    ].any()


def test_the_map_shows_hubs_and_what_binds(answer: ByDay) -> None:
    """Every corridor has one of four classes, and its ends are capitals or ports of the record."""
    chart = corridor_map(answer)
    rows = chart.spec["concat"][0]["layer"][1]["data"]["values"]
    assert {row["class"] for row in rows} <= {name for name, _ in LOOKS}
    assert any(link.carried > 0.0 for link in answer.links)


@pytest.mark.parametrize("box", [Box(900, 520), Box(640, 280), Box(374, 210)])
def test_labels_of_permits_keep_apart(answer: ByDay, box: Box) -> None:
    """No two labels beside the curve stand closer than a line."""
    chart = by_day_stage(answer, box)
    top = 1.1 * max(answer.moving, max(row.high for row in answer.rows))
    height = chart.spec["height"]
    ends = sorted(
        {row["value"] for layer in chart.spec["layer"] for row in layer["data"]["values"] if "main" in row}
    )
    assert all((b - a) * height / top > 16.0 for a, b in pairwise(ends))
    assert bool(ends) is not box.narrow


def test_a_day_by_which_nothing_can_arrive(corridors: Corridors) -> None:
    """Where nobody can be there by the day, nothing has arrived, nothing binds and no wider link helps."""
    result = asked(corridors, day=1, readiness_days=30.0)
    assert result.answer().number == "none"
    assert result.best == 0.0
    assert result.bound() == "No throughput binds by then."
    assert all(kind.gain == 0.0 and kind.used == 0.0 for kind in result.kinds)


def test_days_and_losses_that_cannot_be(corridors: Corridors) -> None:
    """A day before the first, or more lost links than there are, is one clear sentence."""
    with pytest.raises(InputError, match="day 0"):
        asked(corridors, day=0)
    many = reinforcement_question(**GIVEN | {"lose": 60}).model_copy(update={"lose": 4000})
    with pytest.raises(InputError, match="4000 links cannot be lost"):
        corridors.lost_links(many)


def test_numbers_are_written_as_far_as_they_are_known() -> None:
    """Thousands, hundreds below ten thousand, tens below one thousand; a part of a day in hours."""
    assert [about(v) for v in (0.2, 87.4, 344.0, 3084.0, 46_905.0)] == [
        "none",
        "87",
        "340",
        "3,100",
        "47,000",
    ]
    assert [permit_label(d) for d in (0.25, 1.0, 45.0)] == ["6 hours", "1 day", "45 days"]
