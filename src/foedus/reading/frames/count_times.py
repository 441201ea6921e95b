"""Return of what time a count of allies is: its own date, that of its level, or that of its clause."""

from __future__ import annotations

import re
from typing import Any

from foedus.reading.frames.levels import Level
from foedus.reading.tagging import Tag
from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.parse import Node
from foedus.reading.trees.times import owned_date, stated_in, when_of
from foedus.reading.trees.types import When

__all__ = ["when_counted", "years_counted"]

_MOVED = frozenset(
    "rose risen grew grown went gone climbed jumped increased rises fell dropped expanded surged soared has".split()
)


def years_counted(parsed: Parsed, when: When, place: Tag | None, verb: Node | None) -> dict[str, Any]:
    """Return the time of a count; of one that moved under a person, the first is of the start and the second of the end."""
    under = re.match(
        r"(?:[Uu]nder|[Dd]uring|[Tt]hroughout) (?P<who>.{1,80}?)(?:'s?(?: \w+){0,8} (?:terms?|tenure|time|years)\b.{0,400})?$",
        when.open,
    )
    people = [t for t in parsed.values("P") if under and t.text in under["who"]]
    if place is not None and verb is not None and len(people) == 1 and verb.word in _MOVED:
        if re.search(r"\bfrom (?:only |just )?$", parsed.before(place.start)):
            return {"open": f"when {people[0].text} took office"}
        if re.search(r"\bto (?:\w+ )?$", parsed.before(place.start)):
            return {"open": f"by now under {people[0].text}"}
    return stated_in(when)


def when_counted(parsed: Parsed, level: Level, place: Tag | None, verb: Node | None) -> When:
    """Return the time of a count: its own date, that beside its level where both stand together, or its clause's."""
    tree = parsed.tree
    apart = place is not None and place.start > level.node.span[0]
    node = tree.at(place) if place is not None else None
    if place is not None and verb is not None and level.node not in tree.subtree(verb):
        apart = True
    beside_level = (
        level.tag is not None and not apart and owned_date(tree, level.tag, parsed.tags) is not None
    )
    if place is not None and not beside_level and (apart or owned_date(tree, place, parsed.tags) is not None):
        return when_of(tree, verb, place, parsed.tags)
    at = level.tag or Tag("N", level.node.span[0], level.node.span[1], None, "")
    return when_of(tree, verb, at if node is None or not apart else place or at, parsed.tags)
