"""A class hour with foedus: one text that the page, the command and the documentation read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from foedus.errors import FileFormatError
from foedus.files.yaml_text import plain_yaml
from foedus.results import Answer, Result
from foedus.tables import Column, Table

__all__ = ["Lesson", "LessonStep", "lesson"]

FILE = "lesson.yaml"


@dataclass(frozen=True)
class LessonStep:
    """One step of a class hour.

    Attributes
    ----------
    key, title : str
        Its name in addresses, and as a heading.
    minutes, long : int
        How long it takes in an hour of 45 minutes, and in one of 90.
    page : str
        The address of the page to open, with its settings, without the server's name.
    command : str
        The command that gives the same answer.
    do, ask, look, more : str
        What the class does, the question to put to it, what to look out for, and what to go on with in the
        longer hour.
    """

    key: str
    title: str
    minutes: int
    long: int
    page: str
    command: str
    do: str
    ask: str
    look: str
    more: str


@dataclass(frozen=True)
class Lesson(Result):
    """A class hour, to be held in 45 minutes or in 90.

    Attributes
    ----------
    title, lead, close : str
        What it is called, what it is, and how it ends.
    needs, aims : tuple of str
        What must be at hand, and what a class can do after it.
    steps : tuple of LessonStep
        In their order.
    """

    title: str
    lead: str
    close: str
    needs: tuple[str, ...]
    aims: tuple[str, ...]
    steps: tuple[LessonStep, ...]

    @property
    def minutes(self) -> int:
        """How long the short hour is."""
        return sum(step.minutes for step in self.steps)

    @property
    def long(self) -> int:
        """How long the long one is."""
        return sum(step.long for step in self.steps)

    def headline(self) -> str:
        """Return how many steps fill how long an hour."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return how many steps fill how long an hour."""
        claim = f"fill a class hour of {self.minutes} minutes, or of {self.long} with what each goes on with."
        return Answer(str(len(self.steps)), "steps", claim, title=self.title)

    def tables(self) -> tuple[Table, ...]:
        """Return one row for each step."""
        columns = (
            Column("title", "Step"),
            Column("minutes", f"Of {self.minutes}", "count"),
            Column("long", f"Of {self.long}", "count"),
            Column("do", "What to do"),
            Column("ask", "What to ask"),
            Column("look", "What to look out for"),
            Column("more", "To go on with"),
            Column("page", "Page"),
            Column("command", "Command"),
        )
        rows = tuple(asdict(step) for step in self.steps)
        return (Table("steps", self.title, columns, rows, more=("key",)),)

    def payload(self) -> dict[str, Any]:
        """Return the whole hour for programs."""
        return asdict(self) | {"minutes": self.minutes, "long": self.long, "answer": self.answer().payload()}

    def markdown(self) -> str:
        """Return the whole hour as text, with headings as Markdown has them."""
        parts = [self.lead, "## What a class can do after it", _list(self.aims)]
        parts += ["## What must be at hand", _list(self.needs)]
        for number, step in enumerate(self.steps, start=1):
            parts += [f"## {number}. {step.title}", *_step(step)]
        return "\n\n".join([*parts, "## How to end", self.close])


def _list(lines: tuple[str, ...]) -> str:
    """Return lines as a list."""
    return "\n".join(f"- {line}" for line in lines)


def _step(step: LessonStep) -> list[str]:
    """Return the paragraphs of one step."""
    return [
        f"{step.minutes} minutes of the short hour, {step.long} of the long one. Page: `{step.page}`",
        f"```text\n{step.command}\n```",
        f"**Do.** {step.do}",
        f"**Ask.** {step.ask}",
        f"**Look out.** {step.look}",
        f"**Go on.** {step.more}",
    ]


@cache
def lesson() -> Lesson:
    """Return the class hour.

    Returns
    -------
    Lesson
        Its steps in their order.

    Raises
    ------
    FileFormatError
        When the file is no class hour.
    """
    content = plain_yaml((resources.files("foedus.words") / FILE).read_text(encoding="utf-8"))
    if not isinstance(content, Mapping):
        raise FileFormatError("the file holds no class hour", where=FILE, do="give it a title and steps")
    steps = tuple(LessonStep(**step) for step in content["steps"])
    texts = {name: " ".join(str(content[name]).split()) for name in ("title", "lead", "close")}
    return Lesson(**texts, needs=tuple(content["needs"]), aims=tuple(content["aims"]), steps=steps)
