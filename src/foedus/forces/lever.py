"""What a scenario file says of forces: a requirement, where money goes, industry, and beliefs about them."""

from __future__ import annotations

from typing import Any

from pydantic import Field, field_validator

from foedus.errors import UnknownNameError
from foedus.files.section import LAST_YEAR, Section
from foedus.forces.classes import axis_classes, equipment_class
from foedus.forces.industry import LONGEST_LEAD, SHORTEST_LEAD
from foedus.rounding import written

__all__ = [
    "ForcesLever",
    "IndustryLever",
    "Levers",
    "PlansLever",
    "ProductionLever",
    "Uncertainties",
    "believed",
    "believed_parameters",
    "check_beliefs_said_once",
]

MOST_PRODUCTION = 20.0
"""The largest factor of production that a scenario may name."""

MOST_PERSONS = 2_000_000.0
"""More persons of the United States than this were never in Europe."""

COST_GROWTH = (0.5, 5.0)
"""Between which ends a growth of cost may be believed."""


def _axis_class(name: str) -> str:
    """Return a class of the axis of equipment by its key."""
    try:
        entry = equipment_class(name)
    except UnknownNameError as error:
        raise ValueError(str(error)) from error
    if not entry.on_axis:
        raise ValueError(
            f"{entry.label.lower()} are not bought by the piece, and nobody prices them; "
            f"name one of {', '.join(axis_classes())}"
        )
    return entry.name


def _number(value: Any, what: str, do: str = "write one number, or one for each class, as tanks: 3") -> float:
    """Return a value as a number, or say that it is none and what to do."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{value!r} is no {what}; {do}")
    return float(value)


class ForcesLever(Section):
    """What members decide on forces.

    Attributes
    ----------
    us_in_europe : mapping of int to float
        Persons of the United States assigned to Europe from a year on, until the next year that is named;
        before the first, as in the last record. They stand with hosts in the same parts as in that record.
    split : mapping of str to float
        How the money for the ten classes is split over them, fractions that add up to one; without it, as the
        requirement's own money is.
    """

    us_in_europe: dict[int, float] = Field(default_factory=dict)
    split: dict[str, float] = Field(default_factory=dict)

    @field_validator("us_in_europe", mode="before")
    @classmethod
    def _persons_by_year(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError(f"{value!r} is not persons by year; write for example 2027: 60000")
        persons = {}
        for name, number in value.items():
            year = int(name) if str(name).isdigit() else 0
            if not 1949 <= year <= LAST_YEAR:
                raise ValueError(f"{name!r} is not a year to {LAST_YEAR}; write for example 2027: 60000")
            persons[year] = _number(number, "number of persons", "write for example 2027: 60000")
            if not 0.0 <= persons[year] <= MOST_PERSONS:
                raise ValueError(
                    f"{number!r} is not from 0 to {written(MOST_PERSONS, grouped=True)}; count single persons"
                )
        return persons

    @field_validator("split")
    @classmethod
    def _parts_of_one(cls, value: dict[str, float]) -> dict[str, float]:
        parts = {_axis_class(name): part for name, part in value.items()}
        if any(not 0.0 <= part <= 1.0 for part in parts.values()):
            raise ValueError("a split holds fractions between 0 and 1; write 0.3 for 30 %")
        total = sum(parts.values())
        if parts and abs(total - 1.0) > 1e-6:
            raise ValueError(f"the split adds up to {total:g} and not to 1; mend a part of it")
        return parts


class ProductionLever(Section):
    """How much more makers deliver.

    Attributes
    ----------
    factor : float
        What the rate of delivery of every class is multiplied by, once the ramp is through.
    from_year : int or None
        Key ``from``: the year in which makers begin to change; without it, the first year.
    """

    factor: float = 1.0
    from_year: int | None = Field(default=None, alias="from", ge=1949, le=LAST_YEAR)

    @field_validator("factor")
    @classmethod
    def _makes_something(cls, value: float) -> float:
        if not 0.0 < value <= MOST_PRODUCTION:
            raise ValueError(
                f"a factor of {value:g} is not above 0 and up to {MOST_PRODUCTION:g}; "
                "1 is what makers have announced, 2 twice as much"
            )
        return value


class IndustryLever(Section):
    """What members decide on industry.

    Attributes
    ----------
    production : ProductionLever
        How much more makers deliver.
    common_orders : bool
        Whether all order together, so that all output takes the price down; otherwise each learns from its
        own.
    """

    production: ProductionLever = Field(default_factory=ProductionLever)
    common_orders: bool = False


class PlansLever(Section):
    """What is to be met.

    Attributes
    ----------
    requirement : str or None
        The name of a requirement, or the path of a file of one; None: stocks, industry and readiness are not
        run.
    """

    requirement: str | None = Field(default=None, min_length=1, max_length=200)


class Levers(Section):
    """What members decide on forces, industry and plans."""

    plans: PlansLever = Field(default_factory=PlansLever)
    forces: ForcesLever = Field(default_factory=ForcesLever)
    industry: IndustryLever = Field(default_factory=IndustryLever)


class Uncertainties(Section):
    """What is believed about industry and readiness.

    Attributes
    ----------
    lead_time : float, mapping of str to float, or None
        Years from order to delivery, of all classes or by class; those without a value keep their range.
    availability : float, mapping of str to float, or None
        The part of what can be stood up that is available, likewise.
    cost_growth : float or None
        How much more a programme costs in the end than its published price, a factor, believed exactly.
    """

    lead_time: float | dict[str, float] | None = None
    availability: float | dict[str, float] | None = None
    cost_growth: float | None = None

    @field_validator("lead_time", mode="before")
    @classmethod
    def _years(cls, value: Any) -> Any:
        return _by_class(
            value, "lead time", (SHORTEST_LEAD, LONGEST_LEAD), "give whole years or parts of them"
        )

    @field_validator("availability", mode="before")
    @classmethod
    def _fractions(cls, value: Any) -> Any:
        return _by_class(value, "availability", (0.0, 1.0), "write 0.6 for 60 %")

    @field_validator("cost_growth")
    @classmethod
    def _factor(cls, value: float | None) -> float | None:
        low, high = COST_GROWTH
        if value is not None and not low <= value <= high:
            raise ValueError(
                f"a cost growth of {value:g} is not between {low:g} and {high:g}; write 1.3 for 30 % more"
            )
        return value


def _by_class(value: Any, what: str, ends: tuple[float, float], hint: str) -> Any:
    """Read one number for all classes or one by class, inside its ends."""
    if value is None:
        return None
    numbers = {_axis_class(str(k)): v for k, v in value.items()} if isinstance(value, dict) else {"": value}
    read = {name: _number(number, what) for name, number in numbers.items()}
    for number in read.values():
        if not ends[0] <= number <= ends[1]:
            raise ValueError(f"{what} {number:g} is not between {ends[0]:g} and {ends[1]:g}; {hint}")
    return read if isinstance(value, dict) else read[""]


def believed(value: float | dict[str, float] | None) -> dict[str, float]:
    """Return a belief by class."""
    if value is None:
        return {}
    return value if isinstance(value, dict) else dict.fromkeys(axis_classes(), value)


def believed_parameters(beliefs: Uncertainties) -> dict[str, float]:
    """Return the parameters that beliefs set, by ``component.name``."""
    growth = {} if beliefs.cost_growth is None else dict.fromkeys(("low", "high"), beliefs.cost_growth)
    return {
        **{f"lead_time.{name}": years for name, years in believed(beliefs.lead_time).items()},
        **{f"readiness.{name}": part for name, part in believed(beliefs.availability).items()},
        **{f"cost_growth.cost_growth_{end}": factor for end, factor in growth.items()},
    }


def check_beliefs_said_once(beliefs: Uncertainties, parameters: dict[str, float]) -> None:
    """Raise a ValueError where a number is given both as a belief and as a parameter."""
    twice = sorted(set(believed_parameters(beliefs)) & set(parameters))
    if twice:
        raise ValueError(f"{twice[0]} is given both as an uncertainty and as a parameter; keep one of them")
