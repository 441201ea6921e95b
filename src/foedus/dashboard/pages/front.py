"""The front page: one map and a sentence for each question; each sentence recolours the map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from foedus.dashboard.pages.front_layers import LAYERS, Layer
from foedus.dashboard.pages.scenarios_api import AsOf
from foedus.dashboard.views import Key, Page, PageChart, Question, View

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["FRONT_PAGE", "STARTS", "FrontQuestion", "Start"]

LayerName = Literal["spend", "next", "pass", "join", "aid"]


class FrontQuestion(Question):
    """Which sentence the map shows."""

    layer: Annotated[LayerName, Field(description="Which question colours the map.")] = "spend"
    as_of: AsOf = None


@dataclass(frozen=True)
class Start:
    """A question to begin with.

    Attributes
    ----------
    who : str
        Whose question it is.
    words, address : str
        The question, and where it is answered.
    """

    who: str
    words: str
    address: str


STARTS = (
    Start(
        "A reporter",
        "Who missed 2 % in 2024, as known on 1 October 2024?",
        "status?year=2024&as_of=2024-10-01",
    ),
    Start("A ministry", "What does 3.5 % of GDP cost Italy?", "pledge?country=ITA"),
    Start("An adviser", "What if the pledge were due in 2030?", "what-if?deadline=2030"),
    Start("A diplomat", "Could an invitation to Ukraine pass?", "decide?file=invite-ukraine"),
    Start("A parliament", "Who gave Ukraine what, and what comes next?", "aid"),
    Start("An editor", "Is what this article says so?", "article"),
    Start("A class", "How was Germany’s 2024 revised?", "country/DEU"),
)
"""Questions, each with somebody who asks it."""


def _view(state: AppState, question: FrontQuestion) -> View:
    """Show the map of one layer, and the sentences of all."""
    layers = {name: layer(state, question.as_of) for name, layer in LAYERS.items()}
    held = {name: layer for name, layer in layers.items() if layer is not None}
    chosen = held.get(question.layer) or next(iter(held.values()))
    return View(
        headline=chosen.answer.sentence(),
        answer=chosen.answer,
        charts=(_chart(chosen),),
        tables=chosen.tables,
        cards=chosen.cards,
        allies={row["country"]: f"{row['said']}." for row in chosen.rows},
        parts={
            "layers": held,
            "chosen": next(name for name, layer in held.items() if layer is chosen),
            "layer": chosen,
            "starts": STARTS,
            "tiles": _tiles(chosen),
        },
    )


def _chart(layer: Layer) -> PageChart:
    """Return the map of a layer; as a file it is the layer's own."""
    draw: Callable[..., Any] = partial(_drawn, layer)
    keys = [Key(mark, label) for mark, label in layer.classes]
    if any(row["class"] == "none" for row in layer.rows):
        keys.append(Key("nofigure", layer.absent))
    return PageChart("map", layer.make, draw=draw, title=layer.name, note=layer.note, keys=tuple(keys))


def _drawn(layer: Layer, box: Any) -> Any:
    """Draw the map to its box."""
    from foedus.plotting.members_map import members_map

    return members_map(
        layer.rows,
        layer.colours,
        box,
        title=layer.answer.title,
        description=f"Map of the allies. {layer.note}. {layer.answer.title}.",
        source=layer.source,
        summary=[row["said"] for row in layer.rows],
    )


PLACES: dict[str, tuple[int, int]] = {
    "ISL": (1, 3), "NOR": (1, 5), "SWE": (1, 6), "FIN": (1, 7),
    "CAN": (2, 1), "GBR": (2, 3), "DNK": (2, 5), "EST": (2, 7),
    "USA": (3, 1), "NLD": (3, 4), "DEU": (3, 5), "POL": (3, 6), "LVA": (3, 7),
    "BEL": (4, 3), "LUX": (4, 4), "CZE": (4, 5), "SVK": (4, 6), "LTU": (4, 7),
    "FRA": (5, 3), "SVN": (5, 5), "HUN": (5, 6), "ROU": (5, 7),
    "PRT": (6, 1), "ESP": (6, 2), "ITA": (6, 4), "HRV": (6, 5), "MNE": (6, 6), "BGR": (6, 7),
    "ALB": (7, 5), "MKD": (7, 6), "GRC": (7, 7), "TUR": (7, 8),
}  # fmt: skip
"""Row and column of each ally's tile on a phone, about where it lies."""


def _tiles(layer: Layer) -> list[dict[str, Any]]:
    """Return a tile for each ally that has a place; others follow below."""
    tiles = []
    below = 0
    for row in layer.rows:
        place = PLACES.get(row["country"])
        if place is None:
            below += 1
            place = (8, below)
        tiles.append({**row, "row": place[0], "column": place[1]})
    return sorted(tiles, key=lambda tile: (tile["row"], tile["column"]))


FRONT_PAGE = Page(
    slug="",
    title="foedus",
    lead="An open model and workbench of NATO, for reporters, ministries, staffs, analysts and classes.",
    question=FrontQuestion,
    controls=(),
    answer=_view,
    command=lambda q: "foedus status" + (f" --as-of {q.as_of}" if q.as_of else ""),
    python=lambda _: "import foedus\n\nfoedus.status()\n",
    template="front.html",
    parts={"head": "front/head.html"},
)
