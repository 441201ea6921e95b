"""A Sphinx extension that writes reference pages from the package, so that they cannot fall behind it.

A page holds a comment line such as ``% foedus: catalogue``; when the page is read, the line is replaced by
what the function of that name in :data:`WRITERS` returns.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from foedus_api import public_api, public_results
from foedus_commands import overview
from foedus_front import front_page, menu

__all__ = ["WRITERS", "fill", "setup"]

HOWTO = Path(__file__).parents[1] / "howto"

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "Where we stand": ("status", "burden", "country", "scorecard", "figure", "lists"),
    "What next": (
        *("pledge", "run", "compare", "sensitivity", "discover", "explain"),
        *("forces", "hindcast", "ensemble", "runs"),
    ),
    "Who decides": ("decide", "positions", "accession"),
    "Who helps": ("aid", "sustain", "reinforce", "deter", "promise", "reliability", "spiral"),
    "What is true": ("read", "marks", "attribution"),
    "Show it, cite it, take it away": ("chart", "report", "cite", "export", "notebook"),
    "Set it up, bring data, host it": ("settings", "data", "serve", "host", "hosting", "site"),
}
"""The how-to pages by subject, as the dashboard's menu has them."""

_LINE = re.compile(r"^% foedus: (\w+)$", re.MULTILINE)
_KINDS = {
    "indicator": "Indicators: what is observed and stands in the ledger",
    "model": "Model quantities: the fields of the model's components",
    "measure": "Measures: what a run reports",
}


def _catalogue() -> str:
    """Write the catalogue: one entry per quantity, by kind, each with an anchor of its own name."""
    from foedus.catalogue import catalogue
    from foedus.units import UNITS

    parts = []
    for kind, heading in _KINDS.items():
        entries = [entry for entry in catalogue().values() if entry.kind == kind]
        if not entries:
            continue
        parts.append(f"## {heading}\n")
        for entry in entries:
            facts = [
                f"Unit: `{entry.unit}`, {UNITS[entry.unit]}.",
                f"Axes: {', '.join(entry.dims) or 'none'}.",
            ]
            if entry.price_basis != "none":
                facts.append(f"Prices: {entry.price_basis}.")
            if entry.observed_in:
                facts.append(f"Published in: {', '.join(f'`{s}`' for s in entry.observed_in)}.")
            parts.append(
                f"({entry.name})=\n### `{entry.name}`\n\n**{entry.label}.** {entry.definition.strip()}\n\n"
                + " ".join(facts)
                + "\n"
            )
    return "\n".join(parts)


def _words() -> str:
    """Write the glossary: each word with its explanation."""
    from foedus.words import glossary

    return "\n".join(
        f"(word-{word.key})=\n**{word.title}.** {word.text}\n" for word in glossary().words.values()
    )


def _teach() -> str:
    """Write the class hour."""
    from foedus.words.lesson import lesson

    return lesson().markdown()


def _editions() -> str:
    """Write one section per packaged edition, from its card."""
    from foedus.evidence import Ledger

    parts = []
    ledger = Ledger.packaged()
    held_by = {card.id for card in ledger.editions.values() if ledger.has_figures(card.id)}
    for card in sorted(ledger.editions.values(), key=lambda c: (c.series, c.published, c.id)):
        parts.append(f"(edition-{card.id})=\n## `{card.id}`\n\n{card.publisher}, *{card.title}*.\n")
        parts.append(f"- Series: `{card.series}`")
        parts.append(f"- Published: {card.published} ({card.published_known})")
        parts.append(f"- Page: <{card.url}>")
        parts.append(f"- Terms of the data: {card.licence}")
        if card.basis:
            parts.append(f"- Basis: {card.basis}")
        if card.complete:
            spans = ", ".join(f"`{name}` {a}-{b}" for name, (a, b) in card.complete.items())
            parts.append(f"- Whole tables: {spans}")
        elif card.id in held_by:
            parts.append("- Whole tables: none; the edition is known by quoted points")
        if card.copies:
            counts = ", ".join(f"{count:,} on {words}" for words, count in card.rests_on.items())
            parts.append(f"- Read from copies: {'; '.join(card.copies)}")
            parts.append(f"- Figures rest: {counts}")
        parts.extend(f"- Caveat: {caveat}" for caveat in card.caveats)
        parts.append("")
    return "\n".join(parts)


def _units() -> str:
    """Write the units as a table."""
    from foedus.units import UNITS

    rows = [f"| `{name}` | {meaning} |" for name, meaning in UNITS.items()]
    return "\n".join(["| unit | meaning |", "|---|---|", *rows])


def _parameters() -> str:
    """Write the model's parameters as a table; a value by country is shown by its range over countries."""
    from foedus.scenario.chain import all_parameters

    rows = ["| parameter | value | range | unit | grade |", "|---|---|---|---|---|"]
    for name, entry in all_parameters().items():
        given = list(entry.value.values()) if isinstance(entry.value, dict) else [entry.value]
        values = sorted(v for row in given for v in (row if isinstance(row, list) else [row]))
        kind = "by country and past year" if entry.is_table else "by country"
        shown = f"{values[0]:g}" if len(values) == 1 else f"{values[0]:g} to {values[-1]:g}, {kind}"
        low, high = entry.range
        rows.append(f"| `{name}` | {shown} | {low:g} to {high:g} | `{entry.unit}` | {entry.grade} |")
    return "\n".join(rows)


def _chain() -> str:
    """Write the chain as a table: each component in its order, what it reads and what it writes."""
    from foedus.engine.component import declared_names
    from foedus.scenario.chain import CHAIN

    rows = [
        "| component | module | reads of this year | reads of last year | writes |",
        "|---|---|---|---|---|",
    ]
    for part in CHAIN:
        names = (
            ", ".join(f"`{name}`" for name in declared_names(block)) or "–"
            for block in (part.now, part.before, part.result)
        )
        rows.append(f"| {part.name} | `{part.step.__module__}` | {' | '.join(names)} |")
    return "\n".join(rows)


def _skill() -> str:
    """Write the skill of the shipped model as a table, by years ahead."""
    from foedus.runs.skill import WORDS
    from foedus.spending.hindcast.skill import skill_table

    rows = skill_table()
    cells = {
        (
            r["target"],
            r["ahead"],
        ): f"{100 * r['skill']:+.0f} % ({100 * r['low']:+.0f} to {100 * r['high']:+.0f})"
        for r in rows
    }
    lines = [f"| years ahead | {' | '.join(WORDS.values())} |", "|---" * (len(WORDS) + 1) + "|"]
    lines += [
        f"| {ahead} | {' | '.join(cells.get((t, ahead), '–') for t in WORDS)} |"
        for ahead in sorted({r["ahead"] for r in rows})
    ]
    return "\n".join(lines)


def _gallery() -> str:
    """Draw every chart from the packaged editions, each under the command that draws it."""
    import tempfile
    from datetime import date
    from pathlib import Path

    from foedus.plotting.write import figure_html
    from foedus.report.gallery import EXAMPLES, examples

    parts = []
    with tempfile.TemporaryDirectory() as folder:
        made = examples(date(2026, 11, 1), Path(folder) / "run")
        for kind_of_result, (command, heading) in EXAMPLES.items():
            result = made[kind_of_result.__name__]
            parts.append(f"## {heading}\n")
            for i, kind in enumerate(kind_of_result.charts()):
                choice = f" --chart-kind {kind}" if i else ""
                parts.append(f"```text\n{command} --chart chart.png{choice}\n```\n")
                drawn = figure_html(result.chart(kind))
                parts.append(f"```{{raw}} html\n{drawn}\n```\n")
    return "\n".join(parts)


def _errors() -> str:
    """Write the tree of errors as the module draws it."""
    import foedus.errors

    document = inspect.getdoc(foedus.errors) or ""
    tree = document.split("::\n", 1)[1]
    return f"```text\n{inspect.cleandoc(tree)}\n```"


def _howtos() -> str:
    """Write the how-to pages by subject; a page without a subject stands at the end."""
    names = sorted(path.stem for path in HOWTO.glob("*.md"))
    placed = {name for group in SUBJECTS.values() for name in group}
    groups = {**SUBJECTS, "And": tuple(name for name in names if name not in placed)}
    parts = []
    for subject, group in groups.items():
        pages = "\n".join(f"howto/{name}" for name in group if name in names)
        if pages:
            parts.append(f"## {subject}\n\n```{{toctree}}\n:maxdepth: 1\n\n{pages}\n```\n")
    return "\n".join(parts)


WRITERS: dict[str, Callable[[], str]] = {
    "words": _words,
    "api": public_api,
    "catalogue": _catalogue,
    "chain": _chain,
    "commands": overview,
    "editions": _editions,
    "errors": _errors,
    "front": front_page,
    "gallery": _gallery,
    "howtos": _howtos,
    "menu": menu,
    "parameters": _parameters,
    "results": public_results,
    "skill": _skill,
    "teach": _teach,
    "units": _units,
}
"""What a placeholder may name, and what writes its text."""


def fill(text: str) -> str:
    """Replace every placeholder line of a page by what the package says.

    Parameters
    ----------
    text : str
        The page's source.

    Returns
    -------
    str
        The same page with its placeholders filled.
    """
    return _LINE.sub(lambda match: WRITERS[match[1]](), text)


def _on_source_read(_app: Any, _page: str, source: list[str]) -> None:
    source[0] = fill(source[0])


def _outdated(_app: Any, env: Any, *_changes: set[str]) -> list[str]:
    """Return the pages that are written from the package, which may have changed since the last build."""
    texts = {name: Path(env.doc2path(name)).read_text(encoding="utf-8") for name in env.found_docs}
    return [name for name, text in texts.items() if _LINE.search(text)]


def setup(app: Any) -> dict[str, Any]:
    """Register the extension with Sphinx.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        The application.

    Returns
    -------
    dict
        What Sphinx asks an extension to say of itself.
    """
    app.connect("source-read", _on_source_read)
    app.connect("env-get-outdated", _outdated)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
