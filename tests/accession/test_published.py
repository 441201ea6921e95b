"""The record of accession holds what was published, and keeps different events apart."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.accession.record import (
    milestones,
    objections,
    objections_of,
    positions,
    ratification_routes,
    rounds,
)
from foedus.accession.rows import ROUTES, STEPS
from foedus.errors import NoDataError
from foedus.evidence.cards import KNOWN
from foedus.evidence.institutions import members_on

BY_NAME = {r.name: r for r in rounds()}


def test_days_from_signature_to_entry() -> None:
    """The ten rounds took 124, 195, 171, 451, 369, 266, 382, 415, 273 and 611 days from signature to
    entry."""
    assert [r.days_to_entry for r in rounds()] == [124, 195, 171, 451, 369, 266, 382, 415, 273, 611]


def test_everybody_who_was_an_ally_ratified() -> None:
    """From 12 allies in 1951 to 30 in 2022 had to ratify."""
    assert [len(r.ratifiers) for r in rounds()] == [12, 14, 15, 16, 19, 26, 28, 29, 30, 30]


@pytest.mark.parametrize("name", BY_NAME)
def test_a_round_runs_forward(name: str) -> None:
    """Application, invitation, signature, last deposit and entry follow one another; entry is the members'
    table's."""
    r = BY_NAME[name]
    days = [r.application or r.invitation, r.invitation, r.signed, r.last_deposit, r.entry]
    assert days == sorted(days)
    assert set(r.acceding) <= set(members_on(r.entry))
    assert not set(r.acceding) & set(members_on(date.fromordinal(r.entry.toordinal() - 1)))


def test_steps_lie_within_their_round() -> None:
    """Every step is of a kind of its own, of an ally who had to ratify, between signature and last
    deposit."""
    for r in rounds():
        for step in r.steps:
            assert step.step in STEPS
            assert step.ally in r.ratifiers
            assert r.signed <= step.earliest <= step.latest <= r.last_deposit
            assert step.known in KNOWN
            assert step.source
        kinds = [(s.ally, s.step) for s in r.steps]
        assert len(kinds) == len(set(kinds))


def test_steps_of_one_ally_follow_one_another() -> None:
    """Where a parliament, a head of state and a deposit are recorded, they come in that order."""
    order = ("end_of_parliamentary_procedure", "head_of_state", "deposit")
    for r in rounds():
        for ally in r.ratifiers:
            days = [s.latest for kind in order for s in r.steps if s.ally == ally and s.step == kind]
            assert days == sorted(days), (r.name, ally)


def test_the_last_parliaments_of_2022() -> None:
    """Turkiye's parliament was the last for Finland, on day 268, and Hungary's for Sweden, on day 601."""
    for name, ally, days in (("2023", "TUR", 268), ("2024", "HUN", 601)):
        parliaments = [s for s in BY_NAME[name].steps if s.step == "end_of_parliamentary_procedure"]
        last = max(parliaments, key=lambda s: s.latest)
        assert (last.ally, (last.latest - BY_NAME[name].signed).days) == (ally, days)


def test_twenty_three_allies_by_day_31() -> None:
    """On day 31 of the round of 2022, 23 of 30 parliaments were done."""
    r = BY_NAME["2023"]
    done = {
        s.ally
        for s in r.steps
        if s.step == "end_of_parliamentary_procedure" and (s.latest - r.signed).days <= 31
    }
    assert len(done) == 23
    assert {"HUN", "TUR"} & done == set()


def test_counts_agree_with_the_steps() -> None:
    """No more allies are surely done by a day than somebody counted a day later, and counts rise to all."""
    for r in rounds():
        ratified = [c.ratified for c in r.counts]
        assert ratified == sorted(ratified)
        assert all(c.ratified <= c.of == len(r.ratifiers) for c in r.counts)


def test_the_road_of_ukraine() -> None:
    """Ukraine's road holds Bucharest 2008, the application of 2022, Washington and the Compact, each with
    a source."""
    road = milestones("UKR")
    days = {m.date.isoformat(): m for m in road}
    assert {"2008-04-03", "2022-09-30", "2024-07-10", "2024-07-11"} <= set(days)
    assert days["2022-09-30"].kind == "application"
    assert all(m.source and m.known in KNOWN for m in road)
    assert milestones("UKR", as_of=date(2010, 1, 1))[-1].date == date(2008, 4, 3)
    assert milestones("GEO") == ()


def test_objections_are_of_before_the_signature() -> None:
    """Objections of a round were raised before its signature; the one of 2022 stood, that of 1997 was
    withdrawn."""
    for r in rounds():
        assert all(o.raised <= r.signed for o in objections_of(r.name))
    signed = BY_NAME["2023"].signed
    assert [o.ally for o in objections("2023", by=signed) if o.stands(signed)] == ["TUR"]
    assert not objections_of("1999")[0].stands(BY_NAME["1999"].signed)
    assert objections("UKR", by=date(2030, 1, 1)) == ()


def test_every_ally_has_a_route_and_a_position() -> None:
    """Each of 32 allies has a constitutional route, and a judged position on inviting Ukraine as a band."""
    allies = members_on(date(2026, 11, 1))
    assert set(allies) == set(ratification_routes())
    assert set(ratification_routes().values()) == set(ROUTES)
    rows = positions("UKR")
    assert sorted(p.ally for p in rows) == allies
    assert all(-1 <= p.position[0] <= p.position[1] <= 1 for p in rows)
    assert all(0 <= p.salience[0] <= p.salience[1] <= 1 for p in rows)


def test_no_round_before_the_first() -> None:
    """A question before 1952 finds no round that had ended."""
    assert len(rounds(entered_by=date(2020, 12, 31))) == 8
    with pytest.raises(NoDataError, match="no round of accession had ended by 1950-01-01"):
        rounds(entered_by=date(1950, 1, 1))
