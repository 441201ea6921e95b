"""What can be asked of the ledger: figures, files of them, and the lists of what it holds."""

from __future__ import annotations

from os import PathLike, fspath
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, field_validator

from foedus.axes import NUMBERS
from foedus.questions import Day, Names, Question, Year, Years

__all__ = [
    "Currency",
    "EditionsQuestion",
    "ExportQuestion",
    "FigureQuestion",
    "IndicatorsQuestion",
    "InstitutionsQuestion",
    "SourcesQuestion",
]

Currency = Literal["lcu", "eur", "usd"]
"""In which money: national currency, euros, US dollars."""


def _as_text(value: Any) -> Any:
    """Return a path as text."""
    return fspath(value) if isinstance(value, PathLike) else value


Path = Annotated[str, BeforeValidator(_as_text)]
"""A file, as text or as a path."""

Level = Annotated[float | None, Field(allow_inf_nan=False)]


class LedgerQuestion(Question):
    """Which figures: of whom, of when, by which edition."""

    country: Names = Field(
        default=(),
        description="Countries by name or ISO alpha-3 code (or cow:255, gw:260), aggregates such as "
        "NATO Europe, which are totals, and groups such as EU, which are their countries.",
    )
    group: Names = Field(
        default=(),
        description="Groups, each its countries one by one: NATO, NATO Europe, EU, G7, eastern flank, …",
    )
    year: Years = Field(default=(), description="A year, or a range such as 2014-2024.")
    as_of: Day = Field(default=None, description="Answer only from what had been published by this day.")
    edition: str | None = Field(default=None, description="The edition that shall answer.")
    all_editions: bool = Field(
        default=False, description="Every edition side by side, never joined into one series."
    )
    currency: Currency | None = Field(
        default=None,
        description="Money in national currency, euros at the edition's own rate, or US dollars; without "
        "it as the indicator is.",
    )
    codes: Names = Field(
        default=(),
        description="Also the numbers of states: cow (Correlates of War), gw (Gleditsch and Ward).",
    )

    @field_validator("codes", mode="after")
    @classmethod
    def check_codes(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Check that the lists of states are known."""
        lists = tuple(word.casefold() for word in value)
        odd = [word for word in lists if word not in NUMBERS]
        if odd:
            raise ValueError(f"{odd[0]!r} is no list of states; use {', '.join(NUMBERS)}")
        return lists


class FigureQuestion(LedgerQuestion):
    """Figures of one indicator, and what is to be made of them."""

    SUBJECT: ClassVar[str] = "indicator"

    indicator: str = Field(description="The indicator, a name that `foedus indicators` lists.")
    beside: Names = Field(default=(), description="Other indicators beside it, of the same rows.")
    sum: bool = Field(
        default=False, description="Add up the figures: over countries and years, or one sum each with --by."
    )
    by: Literal["year", "country"] | None = Field(default=None, description="One sum for each of these.")
    share_of: str | None = Field(
        default=None,
        description="Also each figure as a part of this total: NATO, NATO Europe, EU, a country.",
    )
    change_from: Year | None = Field(
        default=None,
        description="Also the change from this year in the same edition: in points, or in per cent.",
    )
    at_least: Level = Field(
        default=None, description="Only rows at this level or above; a share as a fraction, 0.2 for 20 %."
    )
    at_most: Level = Field(default=None, description="Only rows at this level or below.")
    rank: bool = Field(
        default=False, description="Rank the countries, the highest first; equals share a rank."
    )
    sort: Literal["name", "value"] | None = Field(
        default=None, description="In which order: by name, or by value, the highest first."
    )


class ExportQuestion(LedgerQuestion):
    """Figures of some indicators as a file."""

    SUBJECT: ClassVar[str] = "indicators"

    indicators: Names = Field(
        min_length=1,
        description="The indicators, names that `foedus indicators` lists; tables of aid, such as "
        "aid_by_month; or a run, its folder or its name, and quantities of it.",
    )
    to: Path = Field(
        description="The file; its ending says the format: .csv, .parquet or .xlsx, of a run .nc, .parquet "
        "or .csv."
    )
    what: Literal["quantiles", "draws"] = Field(
        default="quantiles", description="Of a run: quantiles over the draws, or every draw."
    )
    codes: Names = Field(
        default=("cow", "gw"),
        description="The numbers of states: cow (Correlates of War), gw (Gleditsch and Ward).",
    )


class IndicatorsQuestion(Question):
    """Which quantities there are."""

    origin: Literal["held", "import", "run"] | None = Field(
        default=None,
        description="Only those with figures at hand, those that an import brings, or those of a run.",
    )


class EditionsQuestion(Question):
    """Which editions there are."""

    as_of: Day = Field(default=None, description="Only editions published by this day.")


class SourcesQuestion(Question):
    """The source cards."""

    SUBJECT: ClassVar[str] = "edition"

    edition: str | None = Field(default=None, description="One edition; without it, all.")


class InstitutionsQuestion(Question):
    """A table of institutions, or the list of them."""

    SUBJECT: ClassVar[str] = "table"

    table: str | None = Field(default=None, description="members, secretaries-general, summits, groups, …")
    as_of: Day = Field(default=None, description="Leave out what happened later.")
