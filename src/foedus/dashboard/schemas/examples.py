"""An example of every parameter of the API, each of which its own address accepts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["BESIDE", "example_of"]

DAY = "2026-09-01"
LATER = "2027-01-15"

EXAMPLES: Mapping[str, Any] = {
    "against": ["HUN"],
    "ally": "Italy",
    "allow": "none",
    "applicant": "Ukraine",
    "beside": ["equipment_share"],
    "as_of": DAY,
    "by": 2032,
    "change_from": 2014,
    "codes": ["cow"],
    "compare": ["2025", "2022-2024"],
    "cost_growth": 1.2,
    "country": ["POL"],
    "donor": ["DEU"],
    "draws": 200,
    "edition": "nato-2026-07",
    "exclude": ["ISL"],
    "file": "template",
    "group": ["G7"],
    "holders": ["HUN"],
    "indicator": "defence_expenditure_share_of_gdp",
    "invited": DAY,
    "issue": "Shall they?",
    "lead_time": 3.0,
    "measure": "defence_expenditure_share_of_gdp",
    "member": ["HUN=10,high"],
    "of": "Mark Rutte",
    "only": "tanks",
    "production": 2.0,
    "range": ["decisiveness=1..2"],
    "regret": "nato_gap_constant_usd",
    "second": "hague-five-years-late",
    "sentence": "NATO has 32 members.",
    "set": ["levers.pledge.target=0.04"],
    "share_of": "NATO",
    "shells": 100000.0,
    "suppose": ["HUN"],
    "target": 0.03,
    "to_year": 2024,
    "unsure": ["TUR"],
    "who": "europe",
    "year": 2024,
    "allies_of": "2024-03-07",
}
"""By the parameter's name, where no address has one of its own."""

_FIGURES: Mapping[str, Any] = {
    "at_least": 1e9,
    "at_most": 1e12,
    "by": "country",
    "currency": "eur",
    "indicator": "defence_expenditure_current_usd",
    "sort": "value",
    "year": ["2014-2024"],
}

OF_ADDRESS: Mapping[str, Mapping[str, Any]] = {
    "accession": {"signed": DAY},
    "aid": {"edition": "kiel-29-2026-08-04", "by": "donor"},
    "aid-forecast": {"edition": "kiel-29-2026-08-04", "donor": "all_donors"},
    "burden": {"edition": "nato-2026-07"},
    "decide": {
        "file": "invite-ukraine",
        "by": LATER,
        "kind": "operation",
        "member": ["HUN=0,high", "POL=100,high"],
        "proposal": 90.0,
        "quota": 0.7,
        "reversion": 10.0,
        "rule": "qualified_majority",
    },
    "deter": {"country": ["EST"]},
    "deter-game": {"country": ["EST"]},
    "discover": {"year": 2030},
    "explain": {"year": 2030},
    "figure": _FIGURES,
    "figures": _FIGURES,
    "sensitivity": {"year": 2030},
}
"""By address, where a name stands for something else there."""

BESIDE: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("compare-many", "best"): {"regret": "nato_gap_constant_usd"},
    ("compare-many", "regret"): {"best": "least"},
    ("decide", "against"): {"issue": "Shall they?"},
    ("decide", "member"): {"issue": "Shall they?"},
    ("decide", "suppose"): {"file": "invite-ukraine"},
    ("decide", "unsure"): {"issue": "Shall they?"},
}
"""What must be asked beside a parameter, so that it means something."""


def example_of(address: str, name: str, schema: Mapping[str, Any]) -> Any:
    """Return an example of a parameter.

    Parameters
    ----------
    address, name : str
        Which parameter.
    schema : mapping
        Its schema.

    Returns
    -------
    object
        What stands for it in this module; else its default, the last of its choices, or a value in its
        bounds; None where nothing is known of it.
    """
    several = _single(schema).get("type") == "array"
    value = OF_ADDRESS.get(address, {}).get(name, EXAMPLES.get(name))
    if value is None:
        return _of_schema(schema)
    if isinstance(value, list) and not several:
        return value[0]
    return [value] if several and not isinstance(value, list) else value


def _single(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a schema without the option of null."""
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    return options[0] if len(options) == 1 else schema


def _of_schema(schema: Mapping[str, Any]) -> Any:
    """Return a value that a schema allows, where it says enough."""
    only = _single(schema)
    if schema.get("default") not in (None, [], ""):
        return schema["default"]
    if "enum" in only:
        return only["enum"][-1]
    if "const" in only:
        return only["const"]
    if only.get("type") == "boolean":
        return True
    if only.get("format") == "date":
        return DAY
    if only.get("type") in ("integer", "number"):
        return next((only[key] for key in ("minimum", "maximum") if key in only), None)
    return None
