"""Shares against a level at the precision they are printed to, and whom a count is of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from foedus.evidence import Ledger
from foedus.evidence.cards import Card
from foedus.evidence.figure_tables import Figure, figures_frame
from foedus.spending.status import Status, status
from foedus.spending.thresholds import (
    PRINTED,
    SHARE,
    PrintedShare,
    goals_on,
    meets,
    members_of_year,
    standing,
    tally,
)

CELLS = st.integers(min_value=0, max_value=1000)
"""Shares in hundredths of a per cent, as NATO prints them."""


@given(CELLS, CELLS)
def test_a_printed_share_is_never_open(cell: int, level: int) -> None:
    """A share printed to 0.01 per cent is at a level of as many digits or below it; 2.00 is at 2 %."""
    expected = "at" if cell >= level else "below"
    assert standing(cell / 1e4, level / 1e4) == expected
    assert meets(cell / 1e4, level / 1e4) == (expected == "at")


@given(CELLS, CELLS)
def test_a_share_quoted_to_a_tenth_is_open_just_where_its_prints_disagree(cell: int, level: int) -> None:
    """A quotation to 0.1 is at a level when every print that it may come from is, and open when only some
    are."""
    quoted = Decimal(cell).quantize(Decimal(1)) / 100
    tenth = quoted.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    prints = [tenth + Decimal(step) / 100 for step in range(-5, 6)]
    sides = {value >= Decimal(level) / 100 for value in prints}
    expected = {frozenset({True}): "at", frozenset({False}): "below"}.get(frozenset(sides), "open")
    assert standing(float(tenth) / 100, level / 1e4, 1e-3) == expected


@given(CELLS, CELLS, st.sampled_from([1e-4, 1e-3, 1e-2]))
def test_a_coarser_quotation_never_turns_at_into_below(cell: int, level: int, printed_to: float) -> None:
    """What is at a level as printed is at it or open when quoted coarser; what is below is below or open."""
    exact = standing(cell / 1e4, level / 1e4)
    assert standing(cell / 1e4, level / 1e4, printed_to) in {exact, "open"}


@given(st.floats(min_value=0.0, max_value=0.1), CELLS)
def test_digits_beyond_the_print_do_not_count(share: float, level: int) -> None:
    """A workbook's further digits count as NATO prints them, so that an edition held in print agrees."""
    assert standing(share, level / 1e4, 1e-9) == standing(round(share, 4), level / 1e4)


def test_the_cases_that_gave_the_law() -> None:
    """2.00 is at 2 %; 3.49 is below 3.5 %; 3.5 quoted to 0.1 is open at 3.5 % and at 2 % it is not."""
    assert standing(0.02, 0.02) == "at"
    assert standing(0.0349, 0.035) == "below"
    assert (standing(0.035, 0.035, 1e-3), standing(0.035, 0.02, 1e-3)) == ("open", "at")
    assert standing(0.0197, 0.02, 1e-3) == "open"
    assert PrintedShare(0.035, 1e-3).words == "3.5 quoted to 0.1"


@given(st.integers(min_value=1949, max_value=2026))
def test_the_allies_of_a_year_do_not_depend_on_when_one_asks(year: int) -> None:
    """The allies of a closed year are those at its end on every later day."""
    assert members_of_year(year) == members_of_year(year, date(2030, 1, 1))


def test_members_of_the_year() -> None:
    """There were 28 allies in 2014, 31 in 2023 and 32 in 2024; on 1 March 2024 there were still 31."""
    assert [len(members_of_year(year)) for year in (2014, 2017, 2020, 2023, 2024)] == [28, 29, 30, 31, 32]
    assert len(members_of_year(2024, date(2024, 3, 1))) == 31


def test_goals_are_those_adopted_by_the_day() -> None:
    """Before The Hague allies had adopted 2 %, since then 3.5 % too, and before Wales nothing."""
    assert list(goals_on(date(2014, 1, 1))) == []
    assert list(goals_on(date(2025, 6, 24))) == [0.02]
    assert list(goals_on(date(2025, 6, 25))) == [0.02, 0.035]


@given(
    st.dictionaries(
        st.sampled_from(members_of_year(2024)),
        st.builds(PrintedShare, CELLS.map(lambda c: c / 1e4), st.sampled_from([PRINTED, 1e-3])),
    ),
    CELLS,
)
def test_everyone_is_in_one_group(shares: dict[str, PrintedShare], level: int) -> None:
    """Each ally is at the level, below it, open, without a figure or without forces; only a full table counts
    all."""
    result = tally(shares, level / 1e4, 2024, members_of_year(2024), whole=False)
    groups = (result.at, result.below, result.open, result.without_figure, result.without_forces)
    assert sorted(code for group in groups for code in group) == members_of_year(2024)
    if not result.exact:
        assert result.phrase().startswith(
            f"at least {result.meeting} of the {result.reported} allies with a figure"
        )
    assert ("of 32" in result.phrase()) == (result.reported == 32)


def _ledger(tmp_path: Path, rows: list[tuple[str, float, float | None]], *, whole: bool) -> Ledger:
    """Return a ledger with one more edition, newer than all, of shares for 2027."""
    frame = figures_frame(
        Figure(SHARE, code, 2027, value, "estimate", "press", printed_to=to) for code, value, to in rows
    )
    card = Card(
        id="nato-2027-06",
        series="nato-defence-expenditure",
        publisher="NATO",
        title="Defence Investment of NATO Countries (2014-2027)",
        published=date(2027, 6, 1),
        url="https://www.nato.int",
        licence="none",
        complete={SHARE: (2027, 2027)} if whole else {},
    )
    table = frame.with_columns(edition=card.id).select("edition", *frame.columns)
    ledger = Ledger.packaged()
    return replace(
        ledger,
        editions=MappingProxyType({**ledger.editions, card.id: card}),
        _loaders=MappingProxyType({**ledger._loaders, card.id: lambda: table}),
    )


def _part(tmp_path: Path, whole: bool = False) -> Status:
    """Return the status of 2027 by an edition of nine quoted shares, one of them to 0.1."""
    shares = {"POL": 0.05, "EST": 0.054, "LVA": 0.0501, "DEU": 0.0312, "FRA": 0.0221, "ITA": 0.0215}
    rows = [(code, value, PRINTED) for code, value in shares.items()]
    rows += [("ESP", 0.02, PRINTED), ("SVN", 0.0161, PRINTED), ("DNK", 0.035, 1e-3)]
    return status(_ledger(tmp_path, rows, whole=whole), year=2027, guideline=0.035)


def test_a_partial_edition_gives_a_lower_bound(tmp_path: Path) -> None:
    """Of nine quoted shares one is open at 3.5 %: at least 3 of the 8 with a figure, never 3 of 32."""
    result = _part(tmp_path)
    assert result.headline().startswith("3 of the 8 allies with a figure spent 3.5 % of GDP or more")
    assert "So 3 is the least." in result.answer().beside
    assert "22 allies have no figure: counted neither way." in result.answer().beside
    assert "of 32" not in result.headline()
    assert result.levels[0].open == ("DNK",)
    assert "DNK" not in result.below
    assert any("Denmark (3.5 quoted to 0.1)" in note for note in result.notes)
    assert any("Iceland has no armed forces" in note for note in result.notes)
    count = next(c for c in result.counts if c.edition == "nato-2027-06")
    assert (count.meeting, count.reported, count.whole) == (3, 8, False)
    assert "Denmark, 3.5 quoted to 0.1" in count.why
    row = next(row for row in result.rows if row.country == "DNK")
    assert (row.meets, row.levels[0].standing) == (None, "open")


def test_an_open_share_makes_a_whole_table_a_lower_bound(tmp_path: Path) -> None:
    """A table held whole with a share that cannot be told gives a lower bound too."""
    assert _part(tmp_path, whole=True).levels[0].phrase() == "at least 3 of the 8 allies with a figure"


def test_blank_and_rounded_are_printed_as_such(tmp_path: Path) -> None:
    """Germany is blank for 2025 in August 2025: the count is of 30 with a figure, and Germany is named."""
    result = status(Ledger.packaged(), year=2025, edition="nato-2025-08")
    assert result.levels[0].phrase() == "30 of the 30 allies with a figure (none: Germany)"
    assert any(note.startswith("No figure for Germany") for note in result.notes)
