"""Groups of countries by the day, names near to them, and numbers of states."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from foedus.axes import (
    AGGREGATES,
    axis_codes,
    country_code,
    country_codes,
    group_names,
    spellings,
    state_number,
)
from foedus.errors import FoedusError, InputError, NoDataError, UnknownNameError
from foedus.evidence.groups import LEFT_OUT, allies_among, countries_of, group_on
from foedus.evidence.institutions import members_on

NAMES = sorted(
    {
        *(text for texts in group_names().values() for text in texts),
        *AGGREGATES.values(),
        *(text for code in AGGREGATES for text in spellings().get(code, [])),
    }
)
"""Every spelling of a group or an aggregate."""

TODAY = date(2026, 11, 26)


def _misspelled(name: str) -> st.SearchStrategy[str]:
    """Return names one letter away: one left out, one doubled, two exchanged, one replaced."""
    at = st.integers(0, len(name) - 1)
    return st.one_of(
        at.map(lambda i: name[:i] + name[i + 1 :]),
        at.map(lambda i: name[:i] + name[i] + name[i:]),
        at.map(lambda i: name[:i] + name[i : i + 2][::-1] + name[i + 2 :]),
        st.tuples(at, st.sampled_from("aeiouxz")).map(lambda p: name[: p[0]] + p[1] + name[p[0] + 1 :]),
    )


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_a_suggestion_is_nearer_than_any_groups_spelling(data: st.DataObject) -> None:
    """Whatever a name near to a group's is taken for, no spelling of a group is nearer: never Nauru."""
    name = data.draw(st.sampled_from(NAMES))
    near = data.draw(_misspelled(name))
    try:
        axis_codes([near])
    except UnknownNameError as error:
        if error.suggestion is None:
            assert len(near) < 5 or fuzz.ratio(near.casefold(), name.casefold()) < 90
            return
        [(suggested, is_group)] = axis_codes([error.suggestion])
        texts = group_names()[suggested] if is_group else (error.suggestion, *_of(suggested))
        best = max(fuzz.ratio(near.casefold(), text.casefold()) for text in texts)
        assert best >= fuzz.ratio(near.casefold(), name.casefold()) - 6
    except InputError:
        assert not near.strip(" ,")


def _of(code: str) -> list[str]:
    """Return the spellings of a country or aggregate."""
    return [code, *spellings().get(code, [])]


@pytest.mark.parametrize("name", NAMES)
def test_every_spelling_is_understood(name: str) -> None:
    """Every spelling of a group or aggregate is one of them, and never a country."""
    [(code, is_group)] = axis_codes([name])
    assert is_group or code in AGGREGATES
    assert group_on(name, TODAY).countries


def test_nato_europe_is_no_island() -> None:
    """A slip in "NATO Europe" suggests NATO Europe; a group where one country is asked for says so."""
    with pytest.raises(UnknownNameError, match="did you mean 'NATO Europe"):
        country_code("NATO Europ")
    with pytest.raises(UnknownNameError, match="is a group of countries"):
        country_code("EU")


@pytest.mark.parametrize(
    ("name", "day", "count"),
    [
        ("EU", date(2003, 1, 1), 15),
        ("EU", date(2013, 6, 30), 27),
        ("EU", date(2013, 7, 1), 28),
        ("EU", date(2020, 1, 31), 28),
        ("EU", date(2020, 2, 1), 27),
        ("NATO", date(2023, 4, 4), 31),
        ("allies", date(2024, 3, 7), 32),
        ("NATO Europe", date(2024, 3, 7), 30),
        ("NATO Europe and Canada", date(2024, 3, 7), 31),
        ("eastern flank", date(2020, 1, 1), 4),
        ("eastern flank", TODAY, 8),
        ("NB8", TODAY, 8),
        ("G7", date(1976, 1, 1), 6),
        ("G7", TODAY, 7),
        ("Asia-Pacific partners", TODAY, 4),
        ("Bucharest Nine", TODAY, 9),
        ("Visegrad", date(1992, 1, 1), 2),
        ("Visegrad", TODAY, 4),
        ("euro area", date(2025, 12, 31), 20),
        ("euro area", date(2026, 1, 1), 21),
    ],
)
def test_who_belongs_on_a_day(name: str, day: date, count: int) -> None:
    """So many countries belonged to a group on a day."""
    assert len(group_on(name, day).countries) == count


def test_a_group_before_it_was_one_says_so() -> None:
    """A group without members on a day is an error, not an empty answer."""
    with pytest.raises(NoDataError, match="had no member on 2015-11-03"):
        group_on("B9", date(2015, 11, 3))


@settings(deadline=None, max_examples=30)
@given(day=st.dates(date(1950, 1, 1), TODAY))
def test_aggregates_as_groups_are_nested(day: date) -> None:
    """NATO Europe is NATO Europe and Canada less Canada, which is the allies less the United States."""
    groups = {code: set(group_on(code, day).countries) for code in LEFT_OUT}
    assert groups["NATO"] == set(members_on(day))
    assert groups["NATO_EUR_CAN"] == groups["NATO"] - {"USA"}
    assert groups["NATO_EUR"] == groups["NATO_EUR_CAN"] - {"CAN"}


def test_an_aggregate_is_a_total_and_a_group_its_countries() -> None:
    """Where countries are asked for, NATO Europe is one total, and the Baltic countries are three."""
    codes, groups = countries_of(["NATO Europe", "Baltic, Poland", "EST"], on=TODAY)
    assert codes == ("NATO_EUR", "EST", "LVA", "LTU", "POL")
    assert [group.name for group in groups] == ["baltic"]


def test_who_is_no_ally_is_named() -> None:
    """Of a group the allies answer and the others are named; of no ally at all the question is refused."""
    chosen, others = allies_among(["Nordic", "Ireland"], on=TODAY, members=members_on(TODAY))
    assert (sorted(chosen), others) == (["DNK", "FIN", "ISL", "NOR", "SWE"], ["IRL"])
    with pytest.raises(InputError, match="Japan is not an ally"):
        allies_among(["Japan"], on=TODAY, members=members_on(TODAY))


@pytest.mark.parametrize(
    ("code", "cow", "gw"),
    [
        ("DEU", 255, 260),
        ("SRB", 345, 340),
        ("YEM", 679, 678),
        ("RUS", 365, 365),
        ("USA", 2, 2),
        ("GBR", 200, 200),
        ("KOR", 732, 732),
        ("CZE", 316, 316),
        ("VNM", 816, 816),
        ("XKX", 347, 347),
        ("TON", 955, 972),
        ("NATO", None, None),
    ],
)
def test_numbers_of_states(code: str, cow: int | None, gw: int | None) -> None:
    """The two lists number most states alike, and Germany, Serbia and Yemen not."""
    assert (state_number(code, "cow"), state_number(code, "gw")) == (cow, gw)
    for system, number in (("cow", cow), ("gw", gw)):
        if number is not None:
            assert country_codes([f"{system}:{number}", f"{system.upper()}: {number}"]) == [code]


@pytest.mark.parametrize("text", ["255", "365", "9999", "cow:260", "gw:255", "xx:2"])
def test_a_number_that_says_no_state_is_refused(text: str) -> None:
    """A number alone, or one that its list gives no state of today, is refused with what to write."""
    with pytest.raises(FoedusError, match="is not a known country; "):
        country_code(text)


def test_a_number_alone_says_what_to_write() -> None:
    """What a number may mean in each list is said."""
    with pytest.raises(UnknownNameError, match="write cow:365 for Russia or gw:365 for Russia"):
        country_code("365")
