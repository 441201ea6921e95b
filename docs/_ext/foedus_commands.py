"""A Sphinx extension that writes one page a command, with its Python function and its web address."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from foedus_twins import Command, Example, Option, commands, routes_without_command, signature

__all__ = ["FOLDER", "overview", "page_of", "setup", "write_pages"]

FOLDER = Path(__file__).parents[1] / "reference" / "commands"
"""Where the pages are written; nothing in it is kept under version control."""

LONGEST_EXAMPLE = 24
"""So many lines of an example are shown."""

LONGEST_LINE = 84
"""So many characters stand in one line of a signature."""

_SPLIT = re.compile(r", (?=[*\w])(?![^()\[\]{}]*[)\]}])")


def write_pages(folder: Path = FOLDER) -> list[str]:
    """Write the page of every command, and remove pages of commands that there are no more.

    Parameters
    ----------
    folder : pathlib.Path
        Where to.

    Returns
    -------
    list of str
        The pages' names.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = {f"{command.slug}.md": page_of(command) for command in commands()}
    for old in folder.glob("*.md"):
        if old.name not in texts:
            old.unlink()
    for name, text in texts.items():
        path = folder / name
        # A page that says the same keeps its time, so that it is not built again.
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    return sorted(texts)


def overview() -> str:
    """Write the table of all commands beside their functions and addresses.

    Returns
    -------
    str
        The table, and the list of pages for the menu.
    """
    rows = ["| command | in Python | over the web | what it answers |", "|---|---|---|---|"]
    for command in commands():
        calls = ", ".join(_function_link(name) for name in command.functions()) or "–"
        addresses = ", ".join(f"`{route.name}`" for route in command.routes()) or "–"
        rows.append(
            f"| {{doc}}`foedus {command.name} </reference/commands/{command.slug}>` | {calls} | {addresses} "
            f"| {_cell(command.summary)} |"
        )
    alone = [f"- `{route.name}`: {route.summary}" for route in routes_without_command()]
    more = ["", "Over the web alone:", "", *alone] if alone else []
    tree = ["", "```{toctree}", ":hidden:", "", *(f"commands/{c.slug}" for c in commands()), "```"]
    return "\n".join([*rows, *more, *tree])


def page_of(command: Command) -> str:
    """Write the page of a command.

    Parameters
    ----------
    command : Command
        The command.

    Returns
    -------
    str
        Markdown.
    """
    parts = [
        f"(command-{command.slug})=\n# `foedus {command.name}`",
        command.summary,
        f"```text\n{command.usage}\n```",
        *_example(command),
        *_options(command),
        *_python(command),
        *_web(command),
        *_words(command),
        *_read_on(command),
    ]
    return "\n\n".join(parts) + "\n"


def _example(command: Command) -> list[str]:
    """Write an example on three faces."""
    examples = command.examples()
    if not examples:
        return []
    example = next((each for each in examples if command.given(each) and _call(command, each)), None)
    example = example or next((each for each in examples if command.given(each)), examples[0])
    lines = example.text.splitlines()
    cut = [*lines[:LONGEST_EXAMPLE], "..."] if len(lines) > LONGEST_EXAMPLE else lines
    parts = ["## Example", "```console\n" + "\n".join(cut) + "\n```"]
    parts += [f"In Python:\n\n```python\n{call}\n```" for call in [_call(command, example)] if call]
    parts += [
        f"Over the web:\n\n```text\n{address}\n```" for address in [_address(command, example)] if address
    ]
    return parts


def _call(command: Command, example: Example) -> str:
    """Write an example as a call of Python; empty where the function does not take all that it gives."""
    given = _without_faces(command, example)
    for name in command.functions():
        parameters = signature(name).parameters
        first = next(iter(parameters), "")
        # Of a command of two words whose function is the first one, the second is what is asked about.
        left = {first: command.words[1], **given} if command.words[1:] and name == command.words[0] else given
        if set(left) <= set(parameters):
            plain = first in left and parameters[first].kind.name != "KEYWORD_ONLY"
            leading = [_literal(left[first])] if plain else []
            named = [
                f"{key}={_literal(value)}" for key, value in left.items() if not (plain and key == first)
            ]
            return f"import foedus\n\nfoedus.{name}({', '.join([*leading, *named])})"
    return ""


def _address(command: Command, example: Example) -> str:
    """Write an example as an address; empty where the address does not take all that it gives."""
    from foedus.dashboard.app import API

    given = _without_faces(command, example)
    for route in command.routes():
        if not set(given) <= set(route.question.model_fields):
            continue
        pairs = [
            (key, str(item).lower() if isinstance(item, bool) else str(item))
            for key, value in given.items()
            for item in (value if isinstance(value, (list, tuple)) else [value])
        ]
        return f"GET {API}/{route.name}{'?' if pairs else ''}{urlencode(pairs, safe=',')}"
    return ""


def _without_faces(command: Command, example: Example) -> dict[str, Any]:
    """Return what an example asks, without how it is printed."""
    printed = {"json_output"}
    return {key: value for key, value in command.given(example).items() if key not in printed}


def _literal(value: Any) -> str:
    """Write a value as it is typed in Python: a day and a path as text."""
    if isinstance(value, (list, tuple)):
        items = [_literal(item) for item in value]
        return items[0] if len(items) == 1 else f"[{', '.join(items)}]"
    return repr(str(value)).replace("'", '"') if isinstance(value, (date, Path, str)) else repr(value)


def _options(command: Command) -> list[str]:
    """Write what can be asked in every face, and what the command alone takes."""
    python = {key for name in command.functions() for key in signature(name).parameters}
    web = {key for route in command.routes() for key in route.question.model_fields}
    shared = [option for option in command.options if option.key in python | web]
    own = [option for option in command.options if option.key not in python | web]
    parts = []
    if shared:
        rows = ["| option | what it is | default | in Python, over the web |", "|---|---|---|---|"]
        rows += [
            f"| {_typed(o)} | {_meaning(o)} | {_default(o)} | {_elsewhere(o, python, web)} |" for o in shared
        ]
        parts += ["## What can be asked", "\n".join(rows)]
    if own:
        rows = ["| option | what it is | default |", "|---|---|---|"]
        rows += [f"| {_typed(o)} | {_meaning(o)} | {_default(o)} |" for o in own]
        parts += ["## On the command line alone" if shared else "## Options", "\n".join(rows)]
    return parts


def _typed(option: Option) -> str:
    """Write what is typed."""
    return " ".join(f"`{name}`" for name in option.names)


def _elsewhere(option: Option, python: Collection[str], web: Collection[str]) -> str:
    """Write the name of an option in the other faces, and which of them has it where only one does."""
    if option.key in python and option.key in web:
        return f"`{option.key}`"
    return f"`{option.key}` in Python" if option.key in python else f"`{option.key}` over the web"


def _default(option: Option) -> str:
    """Write an option's default."""
    return "must be given" if option.required else f"`{option.default}`" if option.default else "–"


def _meaning(option: Option) -> str:
    """Write what an option is, and the words that may stand there."""
    choices = f" One of {', '.join(f'`{word}`' for word in option.choices)}." if option.choices else ""
    return _cell(f"{option.meaning}{choices}")


def _cell(text: str) -> str:
    """Write a text so that it stands in one cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def _function_link(name: str) -> str:
    """Write a link to a function's entry."""
    return f"{{py:func}}`~foedus.{name}`"


def _python(command: Command) -> list[str]:
    """Write the functions that put the same question."""
    names = command.functions()
    if not names:
        return []
    parts = ["## In Python"]
    for name in names:
        signed = signature(name)
        answer = str(signed.return_annotation).rpartition(".")[2].strip("'\"")
        link = f"{{py:func}}`foedus.{name}`"
        told = f"{link} returns `{answer}`. Days, years and names are taken as text."
        parts.append(f"```python\n{_signed(name, signed)}\n```\n\n{told}")
    return parts


def _signed(name: str, signed: inspect.Signature) -> str:
    """Write a signature without its types, one parameter a line where one line would be long."""
    bare = signed.replace(
        parameters=[p.replace(annotation=p.empty) for p in signed.parameters.values()],
        return_annotation=signed.empty,
    )
    line = f"foedus.{name}{bare}"
    if len(line) <= LONGEST_LINE:
        return line
    inner = str(bare)[1:-1]
    return f"foedus.{name}(\n" + "".join(f"    {part},\n" for part in _SPLIT.split(inner)) + ")"


def _web(command: Command) -> list[str]:
    """Write the addresses that answer the same question."""
    from foedus.dashboard.app import API

    routes = command.routes()
    if not routes:
        return []
    lines = []
    for route in routes:
        fields = ", ".join(f"`{name}`" for name in route.question.model_fields) or "none"
        lines.append(f"- `GET {API}/{route.name}`: {route.summary} Parameters: {fields}.")
    closing = (
        f"The answer is the object that `--json` prints; `{API}/openapi.json` describes every parameter "
        "({doc}`/howto/serve`)."
    )
    return ["## Over the web", "\n".join(lines), closing]


def _words(command: Command) -> list[str]:
    """Write links to the words that the command's own help uses."""
    from foedus.words import glossary

    text = " ".join([command.summary, *(option.meaning for option in command.options)]).lower()
    used = [
        f"{{ref}}`{word.title} <word-{word.key}>`"
        for word in glossary().words.values()
        if any(
            re.search(rf"\b{re.escape(term.lower())}s?\b", text)
            for term in (word.title.split(",")[0], *word.phrases)
        )
    ]
    return ["## Words", " · ".join(used)] if used else []


def _read_on(command: Command) -> list[str]:
    """Write links to the how-to pages that use the command."""
    pages = dict.fromkeys(example.page for example in command.examples())
    links = [f"{{doc}}`/howto/{page}`" for page in pages]
    return ["## Read on", " · ".join([*links, "{doc}`/reference/commands`"])]


def _on_start(_app: Any, _config: Any) -> None:
    """Write the pages before Sphinx looks for files."""
    write_pages()


def setup(app: Any) -> Mapping[str, Any]:
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
    app.connect("config-inited", _on_start)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
