"""The tables of an arms race's two readings: errors, assumed numbers, paths, restraint, and estimates."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from foedus.guarantee.spiral_model import READING_WORDS, READINGS, TERMS, parameter_of
from foedus.guarantee.spiral_record import FORM_WORDS, FORMS, SIDE_WORDS, SIDES
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.guarantee.spiral import Spiral

__all__ = ["spiral_tables"]

TERM_WORDS = {
    "ambition": "growth of its own accord, log points a year",
    "reaction": "answered each year, of the rival's rise",
    "fatigue": "taken back each year, of its own rise",
}


def spiral_tables(result: Spiral) -> tuple[Table, ...]:
    """Return the tables of a result, the errors first."""
    return (
        _errors(result),
        _restraint(result),
        _paths(result),
        _carried(result),
        _numbers(),
        _estimates(result),
    )


def _errors(result: Spiral) -> Table:
    """Return the table out of sample: a row for each form, a column for each side and number of years."""
    cells = {(row.form, row.side, row.ahead): row.error for row in result.errors}
    columns = [(side, ahead) for side in SIDES for ahead in result.horizons]
    rows = tuple(
        {"form": FORM_WORDS[form], **{f"{side}_{ahead}": cells[form, side, ahead] for side, ahead in columns}}
        for form in FORMS
    )
    headed = [
        Column(f"{side}_{ahead}", f"{SIDE_WORDS[side]}, {ahead} y", "number_3") for side, ahead in columns
    ]
    title = "Mean absolute error of log spending out of sample, 1 and 3 years ahead; less is better"
    return Table("skill", title, (Column("form", "Forecast", "name"), *headed), rows)


def _restraint(result: Spiral) -> Table:
    """Return what spending less would bring, by reading."""
    rows = tuple(
        {**asdict(row), "name": READING_WORDS[row.reading], "who": SIDE_WORDS[row.side]}
        for row in result.restraint
    )
    columns = (
        Column("name", "Reading", "name"),
        Column("who", "Spends less", "name"),
        Column("rival_change", f"The other's spending after {result.years} years", "signed_per_cent_1"),
    )
    return Table("restraint", "What one side's restraint brings, by reading (assumed numbers)", columns, rows)


def _paths(result: Spiral) -> Table:
    """Return the scenario, year by year."""
    cells: dict[int, dict[str, Any]] = {}
    for row in result.paths:
        year = cells.setdefault(row.year, {"year": row.year})
        stem = f"{row.reading}_{row.side}"
        year |= {stem: row.change, f"{stem}_low": row.low, f"{stem}_high": row.high}
    columns = [
        Column(
            f"{reading}_{side}",
            f"{'Europe' if reading == 'europe_reading' else 'Russia'}'s reading: {SIDE_WORDS[side]}",
            "signed_per_cent_0",
            (f"{reading}_{side}_low", f"{reading}_{side}_high"),
            to=" to ",
        )
        for reading in READINGS
        for side in SIDES
    ]
    title = f"Spending against {result.start} in each reading; in brackets over every corner of the ranges"
    return Table("paths", title, (Column("year", "Year", "year"), *columns), tuple(cells.values()))


def _carried(result: Spiral) -> Table:
    """Return growth carried on, beside what NATO has printed since: a figure stands before a path."""
    cells: dict[int, dict[str, Any]] = {}
    for row in result.carried:
        cells.setdefault(row.year, {"year": row.year})[row.side] = row.change
    level = 1.0
    for printed in result.printed:
        level *= 1.0 + printed.growth
        cells.setdefault(printed.year, {"year": printed.year})["printed"] = level - 1.0
    columns = [Column(side, SIDE_WORDS[side], "signed_per_cent_0") for side in SIDES]
    columns.append(Column("printed", "NATO Europe, printed since", "signed_per_cent_0"))
    title = f"Growth carried on from {result.start}, and what NATO has printed since"
    return Table("carried", title, (Column("year", "Year", "year"), *columns), tuple(cells.values()))


def _numbers() -> Table:
    """Return the assumed numbers of both readings."""
    rows = []
    for reading in READINGS:
        for side in SIDES:
            for term in TERMS:
                number = parameter_of(reading, side, term)
                low, high = number.range
                rows.append(
                    {
                        "name": READING_WORDS[reading].split(":")[0],
                        "side": SIDE_WORDS[side],
                        "term": TERM_WORDS[term],
                        "value": number.value,
                        "low": low,
                        "high": high,
                        "grade": number.grade,
                    }
                )
    columns = (
        Column("name", "Reading", "name"),
        Column("side", "Rival", "name"),
        Column("term", "Number"),
        Column("value", "Value", "number", ("low", "high"), to=" to "),
        Column("grade", "Grade", "name"),
    )
    return Table("numbers", "The readings' numbers, with their ranges", columns, tuple(rows), folded=True)


def _estimates(result: Spiral) -> Table:
    """Return what the past gives for the coefficients."""
    rows = tuple(
        {**asdict(e), "name": _form_words(e.form), "who": SIDE_WORDS[e.side]} for e in result.estimates
    )
    columns = (
        Column("name", "Form", "name"),
        Column("who", "Rival", "name"),
        Column("constant", "Constant", "signed_3"),
        Column("own", "Own", "signed_3"),
        Column("own_error", "s.e.", "number_3"),
        Column("rival", "Rival's", "signed_3"),
        Column("rival_error", "s.e.", "number_3"),
    )
    first, last = result.estimates[0].first_year, result.estimates[0].last_year
    title = f"Coefficients fitted on {first}–{last}; constants in levels are the growth at {last}'s levels"
    return Table("estimates", title, columns, rows, folded=True)


def _form_words(form: str) -> str:
    """Return a form in words, without how it is run forward."""
    return {"richardson": "Richardson"}.get(form) or next(
        words for key, words in FORM_WORDS.items() if key == form
    )
