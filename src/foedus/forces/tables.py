"""The tables of a requirement shared out, and of what is missing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.axes import country_name
from foedus.forces.classes import equipment_class
from foedus.forces.fair_shares import RULE_WORDS
from foedus.forces.words import exact, rule_heading
from foedus.tables import Column, Kind, Table

if TYPE_CHECKING:
    from foedus.forces.gap_result import Gap
    from foedus.forces.result import Apportionment

__all__ = ["apportionment_tables", "gap_tables"]


def _kind(equipment: str) -> Kind:
    """Return how a table writes a number of a class."""
    return "number" if equipment_class(equipment).pieces == "quarters" else "count"


def apportionment_tables(result: Apportionment) -> tuple[Table, ...]:
    """Return the parts by ally, the rules side by side, what binds, and what has been said."""
    tables = [_parts(result), _rules(result)]
    if any(result.requirement.needs[name].within_days for name in result.classes):
        tables.append(_tiers(result))
    if result.binding:
        tables.append(_binding(result))
    if result.said:
        tables.append(_said(result))
    return tuple(tables)


def _parts(result: Apportionment) -> Table:
    """Return one row per ally: its fair share, the price of its part, and its part of every class."""
    priced = (
        (
            Column("money", "Its part, USD bn", "billions"),
            Column("fair_money", "Fair share, USD bn", "billions"),
        )
        if result.money
        else ()
    )
    columns = (
        Column("name", "Ally"),
        Column("share", "Fair share", "per_cent_1"),
        *(Column(name, equipment_class(name).label, _kind(name)) for name in result.classes),
        *priced,
    )
    rows = tuple(
        {
            "country": row.country,
            "name": row.name,
            "share": row.share,
            "money": row.money,
            "fair_money": row.fair_money,
            **row.parts,
            **{f"fair_{n}": row.share * number for n, number in result.requirement.required().items()},
            "source": ", ".join(result.editions),
        }
        for row in result.rows
    )
    title = f"{result.requirement.headed}: parts by {RULE_WORDS[result.rule]} of {result.year}"
    more = tuple(f"fair_{name}" for name in result.classes)
    return Table("parts", title, columns, rows, more=more)


def _rules(result: Apportionment) -> Table:
    """Return one row per ally with its part of the leading class under every rule."""
    kind = _kind(result.lead)
    rules = tuple(row.rule for row in result.by_rule)
    columns = (
        Column("name", "Ally"),
        *(Column(rule, rule_heading(rule), kind) for rule in rules),
        Column("spread", "Greatest over least", "number_1"),
    )
    rows = []
    for row in result.rows:
        values: dict[str, float] = {r.rule: r.parts[row.country] for r in result.by_rule}
        low, high = result.spread(row.country) if values else (0.0, 0.0)
        rows.append(
            {
                "country": row.country,
                "name": row.name,
                **values,
                "spread": high / low if low > 0.0 else float("nan"),
                "source": ", ".join(result.editions),
            }
        )
    label = equipment_class(result.lead).label.lower()
    return Table("rules", f"{result.requirement.headed}: {label} under every rule", columns, tuple(rows))


def _tiers(result: Apportionment) -> Table:
    """Return one row per ally with what of its part is to be ready within how many days."""
    tiers = result.requirement.needs[result.lead].within_days
    total = sum(tiers.values())
    columns = (
        Column("name", "Ally"),
        *(
            Column(f"days_{days}", f"{'Ready' if i == 0 else 'More'} by day {days}", "count")
            for i, days in enumerate(tiers)
        ),
    )
    rows = tuple(
        {
            "country": row.country,
            "name": row.name,
            **{f"days_{d}": row.parts[result.lead] * n / total for d, n in tiers.items()},
        }
        for row in result.rows
    )
    return Table("tiers", f"{result.requirement.headed}: by readiness, not by arrival", columns, rows)


def _binding(result: Apportionment) -> Table:
    """Return one row per bound that holds an ally below its fair share."""
    columns = (
        Column("name", "Ally"),
        Column("label", "Class"),
        Column("kind", "Held by"),
        Column("part", "Its part", "number_1"),
        Column("fair", "By fair share", "number_1"),
        Column("worth_of_a_hundredth", "Fairer by one point more, USD bn", "billions"),
    )
    required = result.requirement.required()
    rows = tuple(
        {
            **vars(bound),
            "label": equipment_class(bound.equipment).label,
            "worth_of_a_hundredth": 0.01 * bound.worth * required[bound.equipment],
        }
        for bound in result.binding
    )
    return Table("binding", f"{result.requirement.headed}: what binds, and by how much", columns, rows)


def _said(result: Apportionment) -> Table:
    """Return one row per statement with the parts by every rule and how far each is off the middle."""
    rules = tuple(row.rule for row in result.by_rule)
    columns = (
        Column("name", "Ally"),
        Column("day", "Said on"),
        Column("range", "Said", align="right"),
        *(Column(rule, rule_heading(rule), "count") for rule in rules),
        *(Column(f"off_{rule}", f"{rule_heading(rule)}, off middle", "signed_per_cent_0") for rule in rules),
        Column("what", "What was counted"),
    )
    rows = tuple(
        {
            "country": said.statement.country,
            "name": country_name(said.statement.country),
            "day": said.statement.day,
            "range": f"{exact(said.statement.low, result.lead)}–{exact(said.statement.high, result.lead)}",
            "low": said.statement.low,
            "high": said.statement.high,
            "what": said.statement.quantity.replace("_", " "),
            **said.parts,
            **{f"off_{rule}": said.off(rule) for rule in said.parts},
            "source": f"{said.statement.source} ({said.statement.known})",
        }
        for said in result.said
    )
    return Table(
        "said", f"{result.requirement.headed}: what has been said, held against the rules", columns, rows
    )


def gap_tables(result: Gap) -> tuple[Table, ...]:
    """Return what is missing by class, and its price by ally."""
    columns = (
        Column("label", "Class"),
        Column("required", "Required", "number_1"),
        Column("held", "Held", "number_1"),
        Column("available", "Available", "number_1", span=("available_low", "available_high")),
        Column("missing", "Missing", "number_1", span=("missing_low", "missing_high")),
        Column("cost", "Cost, USD bn", "billions", span=("cost_low", "cost_high")),
        Column("price_grade", "Price is"),
        Column("held_by", "Held, by"),
    )
    rows = tuple(
        {**vars(row), "label": equipment_class(row.equipment).label, "source": row.price_source}
        for row in result.rows
    )
    by_class = Table("classes", f"{result.requirement.headed}: what is missing", columns, rows)
    if not result.by_ally:
        return (by_class,)
    by_ally = Table(
        "allies",
        f"{result.requirement.headed}: cost of what is missing, shared by {RULE_WORDS[result.rule]}",
        (
            Column("name", "Ally"),
            Column("share", "Part", "per_cent_1"),
            Column("cost", "Cost, USD bn", "billions", span=("cost_low", "cost_high")),
        ),
        tuple(vars(row) for row in result.by_ally),
    )
    return by_class, by_ally
