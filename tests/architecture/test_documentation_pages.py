"""The documentation's own pages: one a command with its twins, the public names, the front page."""

from __future__ import annotations

import inspect
import runpy
import shlex
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import foedus
from foedus.api.questions import ASKING, question_of
from foedus.cli import application
from foedus.cli.commands import command_names
from foedus.dashboard.pages import ROUTES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def extension(name: str) -> ModuleType:
    """Return an extension of the documentation, which is no part of the package."""
    sys.path.insert(0, str(DOCS / "_ext"))
    try:
        return import_module(name)
    finally:
        sys.path.remove(str(DOCS / "_ext"))


@pytest.fixture(scope="module")
def commands_module() -> Any:
    """Return the extension that writes a page a command."""
    return extension("foedus_commands")


@pytest.fixture(scope="module")
def pages(commands_module: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the text of every command's page by its name."""
    folder = tmp_path_factory.mktemp("commands")
    (folder / "gone.md").write_text("# A command that there is no more\n", encoding="utf-8")
    commands_module.write_pages(folder)
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}


def test_every_command_has_its_page(commands_module: Any, pages: dict[str, str]) -> None:
    """Each command, of two words too, has one page; one that there is no more has none."""
    groups = {name.split()[0] for name in command_names() if " " in name}
    names = {name for name in command_names() if name not in groups}
    assert set(pages) == {name.replace(" ", "-") for name in names}
    assert all(f"`foedus {name}`" in pages[name.replace(" ", "-")] for name in names)
    table = commands_module.overview()
    assert all(f"/reference/commands/{slug}>" in table and f"commands/{slug}\n" in table for slug in pages)


def test_a_page_names_every_option(commands_module: Any, pages: dict[str, str]) -> None:
    """What a command takes stands on its page with its default and what it means."""
    for command in commands_module.commands():
        for option in command.options:
            line = next(line for line in pages[command.slug].splitlines() if f"| `{option.names[0]}`" in line)
            assert option.default in line
            assert " ".join(option.meaning.split()).replace("|", "\\|") in line


def test_every_function_stands_beside_its_command(commands_module: Any, pages: dict[str, str]) -> None:
    """Every public function that puts a question is named on the page of the command that puts it too."""
    beside = {name: command for command in commands_module.commands() for name in command.functions()}
    assert set(ASKING) <= set(beside)
    for name, command in beside.items():
        assert f"{{py:func}}`foedus.{name}`" in pages[command.slug]
        if command.question is not None and name in ASKING:
            assert issubclass(command.question, question_of(name)) or command.words[0] == name


def test_every_address_stands_beside_one_command(commands_module: Any, pages: dict[str, str]) -> None:
    """Every address of the API is named on one command's page, or in the list of those without a command."""
    alone = {route.name for route in commands_module.routes_without_command()}
    named = Counter(route.name for command in commands_module.commands() for route in command.routes())
    assert {route.name for route in ROUTES} == alone | set(named)
    assert alone & set(named) == set()
    assert set(named.values()) == {1}
    assert all(
        f"GET /api/v1/{route.name}" in pages[command.slug]
        for command in commands_module.commands()
        for route in command.routes()
    )


def test_the_page_of_the_interface_holds_the_public_names() -> None:
    """The page of the Python interface names every public function and class, its results, and no module."""
    foedus_api = extension("foedus_api")
    text, classes = foedus_api.public_api(), foedus_api.public_results()
    functions = [name for name in foedus.__all__ if inspect.isfunction(getattr(foedus, name))]
    assert all(f"autofunction:: foedus.{name}\n" in text for name in functions)
    assert all(
        f"autoclass:: foedus.{name}\n" in classes
        for name in foedus.__all__
        if inspect.isclass(getattr(foedus, name))
    )
    assert foedus_api.result_classes(functions)
    assert "automodule" not in text + classes
    said = (DOCS / "reference" / "api.md").read_text(encoding="utf-8")
    assert "Only these names and their results are public and under semantic versioning" in said


def test_the_questions_of_the_front_page_lead_somewhere() -> None:
    """Each has a how-to page and a command whose words the command line takes."""
    foedus_front = extension("foedus_front")
    questions = foedus_front.front_questions()
    assert len(questions) >= 8
    for each in questions:
        assert each.question.endswith("?")
        assert (DOCS / "howto" / f"{each.howto}.md").exists()
        words = shlex.split(each.ask)[1:]
        _, bound, _ = application(words).parse_args(words, exit_on_error=False, print_error=False)
        assert bound is not None
        assert each.command() in each.ask.replace(" ", "-")


def test_addresses_outside_are_listed() -> None:
    """Every address outside the project that a page names stands in the list of those looked up by hand."""
    listed = (DOCS / "reference" / "links.md").read_text(encoding="utf-8")
    addresses = runpy.run_path(str(ROOT / "benchmarks" / "links.py"))["addresses"](cards=False)
    assert len(addresses) >= 5
    assert [address for address in addresses if f"<{address}>" not in listed] == []


def test_a_page_that_asks_another_host_is_found(tmp_path: Path) -> None:
    """Scripts, styles, pictures and fonts of other hosts are found; links to read on are none."""
    foedus_checks = extension("foedus_checks")
    (tmp_path / "own.html").write_text(
        '<a href="https://a.example">on</a><img src="b.png">', encoding="utf-8"
    )
    assert foedus_checks.asked_elsewhere(tmp_path) == []
    (tmp_path / "other.html").write_text('<script async src="https://a.example/x.js">', encoding="utf-8")
    (tmp_path / "other.css").write_text("@font-face{src:url(//a.example/x.woff2)}", encoding="utf-8")
    assert foedus_checks.asked_elsewhere(tmp_path) == [
        "other.html: https://a.example/x.js",
        "other.css: //a.example/x.woff2",
    ]
