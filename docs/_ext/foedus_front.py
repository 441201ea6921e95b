"""The front page's questions, each with its how-to page, its command and the notebook that asks it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml
from foedus_twins import commands

__all__ = ["FrontQuestion", "front_page", "front_questions", "menu"]

DOCS = Path(__file__).parents[1]

MENU = {
    "tutorial": "Start",
    "howto": "How to",
    "questions": "Questions",
    "reference/commands": "Commands",
    "reference/api": "Python",
    "notebooks/index": "Notebooks",
    "explanation": "Explanation",
    "reference/index": "Reference",
    "gallery": "Gallery",
    "teach": "Teach with it",
    "decisions/index": "Decisions",
}
"""The pages in the bar, each with its name there."""


@dataclass(frozen=True)
class FrontQuestion:
    """One question of the front page.

    Attributes
    ----------
    question, ask, about : str
        The question in words, the command that answers it, and one sentence on the answer.
    howto : str
        The name of its how-to page.
    notebook : str
        Whose notebook asks it; empty for none.
    """

    question: str
    ask: str
    about: str
    howto: str
    notebook: str = ""

    def command(self) -> str:
        """Return the page of the command that answers it."""
        words = self.ask.split()[1:]
        names = {c.words: c.slug for c in commands()}
        return names.get(tuple(words[:2])) or names[tuple(words[:1])]

    def notebook_page(self) -> str:
        """Return the page of its notebook; empty where there is none."""
        paths = sorted((DOCS / "notebooks").glob(f"*{self.notebook}*")) if self.notebook else []
        return next((path.stem for path in paths if path.suffix in (".md", ".ipynb")), "")


def front_questions() -> tuple[FrontQuestion, ...]:
    """Return the questions of the front page.

    Returns
    -------
    tuple of FrontQuestion
        In their order.
    """
    rows = yaml.safe_load((DOCS / "front.yaml").read_text(encoding="utf-8"))
    return tuple(FrontQuestion(**row) for row in rows)


def front_page() -> str:
    """Write the questions as cards.

    Returns
    -------
    str
        Markdown.
    """
    cards = []
    for each in front_questions():
        notebook = each.notebook_page()
        links = [
            f"{{doc}}`How to </howto/{each.howto}>`",
            f"{{doc}}`Command </reference/commands/{each.command()}>`",
            *([f"{{doc}}`Notebook </notebooks/{notebook}>`"] if notebook else []),
        ]
        cards.append(
            f":::{{container}} question\n"
            f"**{{doc}}`{each.question} </howto/{each.howto}>`**\n\n{each.about}\n\n"
            f"```text\n{each.ask}\n```\n\n{' · '.join(links)}\n:::"
        )
    more = "\n\n{doc}`questions` has more of what people ask, each as one command and one call of Python."
    told = more if (DOCS / "questions.md").exists() else ""
    return "::::{container} questions\n" + "\n\n".join(cards) + "\n::::" + told


def menu() -> str:
    """Write the list of what stands in the bar, in its order; a page that there is not is left out.

    Returns
    -------
    str
        Markdown.
    """
    pages = "\n".join(f"{name} <{page}>" for page, name in MENU.items() if (DOCS / f"{page}.md").exists())
    return f"```{{toctree}}\n:hidden:\n:maxdepth: 1\n\n{pages}\n```"
