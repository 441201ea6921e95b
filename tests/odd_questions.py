"""Questions of every page that nobody has in mind: each field with usual, odd and impossible values."""

from __future__ import annotations

import random
import types
import typing
from collections.abc import Iterator
from typing import Any

from foedus.dashboard.views import Page

KINDS = ("html", "part", "png", "svg", "csv", "xlsx")
"""How a page answers."""

TEXTS = (
    *("", " ", "POL", "Poland", "nato-2024-06", "nato-2025-08", "nato-2026-07", "baseline", "Ukraine", "GEO"),
    *(
        "../x",
        "'",
        "<b>",
        "%00",
        "💥",
        "a" * 400,
        "0",
        "NaN",
        "defence_expenditure_share_of_gdp",
        "nsatu-2024",
    ),
    *("ukraine-accedes", "gdp_current_usd", "HUN+SVK=10,high,5", "levers.pledge.target=0.04", "NATO has 32."),
)
DAYS = ("2026-11-01", "2024-10-01", "2014-09-05", "1949-04-04", "1900-01-01", "9999-12-31", "2024-02-30", "x")
NUMBERS = ("0", "1", "0.02", "0.035", "0.2", "-0.01", "1e9", "1e400", "nan", "x")
YEARS = ("2014", "2024", "2025", "2026", "2030", "2035", "1900", "0", "-1", "99999999999")
DRAWS = ("1", "20", "100", "5000", "5001", "0")


def _values(name: str, annotation: Any) -> tuple[str, ...]:
    """Return values for one field."""
    text = str(annotation)
    choices = [str(a) for kind in _kinds(annotation) if typing.get_origin(kind) is typing.Literal
               for a in typing.get_args(kind)]  # fmt: skip
    if choices:
        return (*choices, "x")
    if "bool" in text:
        return ("true", "false", "x")
    if "date" in text:
        return DAYS
    if name == "draws":
        return DRAWS
    if "int" in text:
        return YEARS
    return NUMBERS if "float" in text else TEXTS


def _kinds(annotation: Any) -> Iterator[Any]:
    """Yield an annotation and what it is joined from."""
    yield annotation
    if typing.get_origin(annotation) in (typing.Union, types.UnionType, typing.Annotated):
        for part in typing.get_args(annotation):
            yield from _kinds(part)


def questions(page: Page, count: int, seed: int) -> Iterator[dict[str, str]]:
    """Yield questions of a page: each field alone or with others, and one in ten with an unknown one."""
    chance = random.Random(f"{page.slug} {seed}")
    fields = {name: _values(name, field.annotation) for name, field in page.question.model_fields.items()}
    for _ in range(count):
        names = chance.sample(sorted(fields), min(len(fields), chance.choice((1, 1, 2, 3))))
        asked = {name: chance.choice(fields[name]) for name in names}
        if chance.random() < 0.1:
            asked["nobody"] = "1"
        yield asked


def addressed(page: Page, kind: str) -> tuple[str, dict[str, str]]:
    """Return the address and the headers by which a page answers in a way."""
    if kind in ("html", "part"):
        part = {"x-foedus-part": "all", "x-foedus-box": "900x520"}
        return f"/{page.slug}", part if kind == "part" else {}
    return f"/{page.slug}.{kind}", {}
