"""Tables hold raw values, and say once how these are written."""

from __future__ import annotations

import pytest

from foedus.tables import Column, Table, write_cell

ALLIES = Table(
    "allies",
    "Allies",
    (Column("name", "Ally"), Column("share", "Share", "per_cent"), Column("year", "Year", "year")),
    ({"name": "Poland", "share": 0.0412, "year": 2024, "gap": 0.0212, "note": ""},),
)


def test_a_face_chooses_columns_and_headings() -> None:
    """A selection keeps the rows and the order asked for; a column of the face's own reads any key."""
    chosen = ALLIES.select(
        "share", Column("gap", "Gap", "points"), "name", labels={"share": "of GDP"}, title="Two"
    )
    assert [c.label for c in chosen.columns] == ["of GDP", "Gap", "Ally"]
    assert [c.write(chosen.rows[0]) for c in chosen.columns] == ["4.12 %", "+2.12", "Poland"]
    assert (chosen.title, chosen.name, chosen.rows) == ("Two", "allies", ALLIES.rows)
    assert ALLIES.select(kinds={"share": "per_cent_0"}).columns[1].write(ALLIES.rows[0]) == "4 %"


def test_a_column_that_is_not_there_is_refused() -> None:
    """A key that the table has no column of is an error, not an empty column."""
    with pytest.raises(KeyError, match="gap"):
        ALLIES.select("gap")


def test_numbers_are_set_flush_right_unless_a_column_says_otherwise() -> None:
    """The kind decides, and the column may overrule it."""
    assert [c.numeric for c in ALLIES.columns] == [False, True, True]
    assert not Column("year", "Year", "year", align="left").numeric
    assert Column("ranks", "Ranks", align="right").numeric
    assert Column("days", "Days", "interval").numeric


def test_rows_may_differ_in_unit() -> None:
    """A column can take each row's own kind from the row."""
    column = Column("error", "Error", kind_key="kind")
    rows = ({"error": 0.00114, "kind": "size_points_3"}, {"error": 7.42, "kind": "number"})
    assert [column.write(row) for row in rows] == ["0.114", "7.42"]


def test_an_empty_text_may_have_a_sign() -> None:
    """An empty text stays empty, or is written as the column says; a missing number is a dash."""
    row = {"note": "", "value": None, "names": []}
    assert Column("note", "Note").write(row) == ""
    assert Column("note", "Note", blank="–").write(row) == "–"
    assert Column("names", "Names", blank="–").write(row) == "–"
    assert Column("value", "Value", "number").write(row) == "–"


def test_an_interval_stands_in_brackets() -> None:
    """The ends are left out where they read the same, unless the column wants the whole interval."""
    row = {"skill": 0.5, "low": 0.501, "high": 0.502}
    span = ("low", "high")
    assert Column("skill", "Skill", "signed_per_cent_0", span).write(row) == "+50 %"
    whole = Column("skill", "Skill", "signed_per_cent_0", span, to=" to ", whole_span=True)
    assert whole.write(row) == "+50 % (+50 to +50)"


@pytest.mark.parametrize(
    ("kind", "text"),
    [("signed_billions_2", "+1.23"), ("signed_3", "+1,234,567,890.000"), ("number_1", "1,234,567,890.0")],
)
def test_kinds_with_signs_and_digits(kind: str, text: str) -> None:
    """A kind says the sign and the digits."""
    assert write_cell(1234567890.0, kind) == text  # type: ignore[arg-type]
