"""The network and the moves on record: what they hold, what follows from what, and what they leave out."""

from __future__ import annotations

import math

import pytest

from foedus.evidence.records import record_rows
from foedus.reinforcement.distances import great_circle_km, path_km
from foedus.reinforcement.facts import PERMITS, mobility_facts
from foedus.reinforcement.network import network, throughput
from foedus.reinforcement.replays import moves, replay_columns, replay_ships

ALLIES = 32
POINTS = {
    row["node"]: (float(row["lat"]), float(row["lon"]))
    for row in record_rows("reinforcement_network", "nodes")
}


def test_what_the_network_is_made_of() -> None:
    """One hub for each ally and transit country, about eighteen ports, one assembly area a host."""
    kinds = [node.kind for node in network().nodes]
    assert kinds.count("hub") == ALLIES + 2
    assert 16 <= kinds.count("port") <= 22
    assert len(network().hosts) == len(set(network().hosts)) == kinds.count("assembly")
    assert {node.country for node in network().nodes if node.kind == "gauge"} == {"EST", "FIN", "LTU", "LVA"}


def test_islands_and_the_americas_join_by_sea_alone() -> None:
    """No arc by land leads from Britain, Ireland, Iceland, the United States or Canada to another country."""
    place = {node.name: node.country for node in network().nodes}
    for country in ("GBR", "IRL", "ISL"):
        out = [a for a in network().arcs if place[a.tail] == country != place[a.head]]
        assert out
        assert {arc.mode for arc in out} == {"sea"}
    for arc in network().arcs:
        if {place[arc.tail], place[arc.head]} & {"USA", "CAN"} and arc.mode in ("rail", "road"):
            assert {place[arc.tail], place[arc.head]} <= {"USA", "CAN"}


def test_kilometres_and_days_follow_from_coordinates() -> None:
    """Lengths are great circles by way of the points named, times the detour; days follow from speeds."""
    for arc in network().arcs:
        if arc.mode in ("gauge", "assembly"):
            continue
        detour = throughput("sea_detour" if arc.mode == "sea" else "land_detour")
        km = path_km([POINTS[name] for name in (arc.tail, *arc.via, arc.head)], detour.mode)
        assert abs(arc.km - km) <= 0.51
        handling = throughput("sea_handling_days").mode if arc.mode == "sea" else 0.0
        handling += throughput("gauge_days").mode if arc.of_class == "gauge" else 0.0
        days = km / throughput(f"{arc.mode}_km_per_day").mode + handling
        assert arc.days == max(1, math.floor(days + 0.5))
        assert 1 <= arc.days_low <= arc.days <= arc.days_high


def test_throughputs_follow_from_trains_columns_and_ships() -> None:
    """An arc's pieces a day are its lines times those of its class, and those follow from what is counted."""
    for arc in network().arcs:
        each = throughput(arc.of_class)
        assert (arc.low, arc.middle, arc.high) == pytest.approx(
            tuple(arc.lines * value for value in (each.low, each.mode, each.high))
        )
        assert arc.low <= arc.middle <= arc.high
        assert arc.grade in {"assumed", "judged", "measured"}
        assert arc.source
    for name, factors in {
        "rail": ("trains_per_day", "wagons_per_train", "pieces_per_wagon"),
        "road": ("columns_per_day", "vehicles_per_column"),
        "ship": ("ships_per_day", "pieces_per_ship"),
    }.items():
        whole, parts = throughput(name), [throughput(factor) for factor in factors]
        for end in ("low", "mode", "high"):
            assert getattr(whole, end) == pytest.approx(math.prod(getattr(p, end) for p in parts), rel=0.01)


def test_the_two_quantities_of_45_days_are_apart() -> None:
    """The notice of one country is a permit; what moving an army takes is not, though both are 45 days."""
    facts = mobility_facts()
    assert facts["notice_normal"].value == facts["army_move"].value == 45.0
    assert "notice" in facts["notice_normal"].what
    assert "notice_normal" in PERMITS
    assert "army_move" not in PERMITS
    assert sorted(facts[name].value or 0.0 for name in PERMITS) == [0.25, 2.0, 3.0, 45.0]


def test_distances() -> None:
    """A quarter of the Earth is 10,007 km, and a path is the sum of its legs."""
    assert great_circle_km((0.0, 0.0), (0.0, 90.0)) == pytest.approx(10_007.5, abs=1.0)
    assert path_km([(0.0, 0.0), (0.0, 10.0), (0.0, 20.0)], 1.5) == pytest.approx(
        1.5 * great_circle_km((0.0, 0.0), (0.0, 20.0))
    )


def test_replays() -> None:
    """January 2017 is inside the middle 80 %; one short train a day makes it more than twice as long."""
    move = moves()["brigade-2017"]
    assert (move.pieces, move.wheeled, move.tracked, move.days) == (2800.0, 907.0, 446.0, 14.0)
    fast, slow = replay_ships(draws=1000), replay_ships(slow=True, draws=1000)
    assert 12.0 <= fast.median <= 15.0
    assert fast.inside
    assert slow.low > fast.high
    assert slow.median > 2.0 * fast.median
    assert replay_columns(draws=500).inside
