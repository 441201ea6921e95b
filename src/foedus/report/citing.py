"""``foedus cite``: foedus, the editions used and the day, for a text or a list of references."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from foedus.catalogue import catalogue
from foedus.errors import InputError, UnknownNameError
from foedus.evidence import Ledger
from foedus.report.citation import Pins, cite, leading_cards
from foedus.report.works import CitedWork, answer_work, edition_work, software_work, to_bibtex, to_csl
from foedus.results import Result
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.evidence.cards import Card
    from foedus.report.cite_question import CiteQuestion
    from foedus.results import Answer
    from foedus.runs import Run

__all__ = ["Cited", "Form", "cited"]

Form = Literal["text", "bibtex", "csl"]
"""In which form: a text with its references, BibTeX, or items of the Citation Style Language."""


@dataclass(frozen=True)
class Cited(Result):
    """How something is cited.

    Attributes
    ----------
    subject : str
        What is cited; empty for foedus itself.
    as_of : datetime.date
        The day whose knowledge is cited.
    sentence : str
        The citation in a sentence.
    works : tuple of CitedWork
        The answer where there is one, foedus, and the editions that the subject rests on.
    command : str
        The command that gives the same answer; empty where there is none.
    """

    ROWS: ClassVar[str] = "works"

    subject: str
    as_of: date
    sentence: str
    works: tuple[CitedWork, ...]
    command: str = ""

    def headline(self) -> str:
        """Return the citation in a sentence."""
        return self.sentence

    def text(self) -> str:
        """Return the citation with its references, a line each."""
        lines = [self.sentence, *([f"The same again: {self.command}"] if self.command else [])]
        references = (work.text() for work in self.works if work.kind != "answer")
        return "\n".join([*lines, "", *(f"- {reference}" for reference in references)])

    def bibtex(self) -> str:
        """Return the works as BibTeX."""
        return to_bibtex(self.works)

    def csl(self) -> list[dict[str, Any]]:
        """Return the works as items of the Citation Style Language."""
        return to_csl(self.works)

    def written(self, form: Form) -> str:
        """Return the citation in a form.

        Parameters
        ----------
        form : {"text", "bibtex", "csl"}
            Which.

        Returns
        -------
        str
            Of "csl", JSON.
        """
        if form == "csl":
            return json.dumps(self.csl(), ensure_ascii=False, indent=1)
        return self.bibtex().rstrip("\n") if form == "bibtex" else self.text()

    def tables(self) -> tuple[Table, ...]:
        """Return the works."""
        columns = (
            Column("key", "Key", "name"),
            Column("author", "Author"),
            Column("title", "Title"),
            Column("issued", "Issued"),
            Column("url", "Address"),
        )
        return (Table("works", "What is cited", columns, tuple(vars(work) for work in self.works)),)

    def payload(self) -> dict[str, Any]:
        """Return the citation in every form."""
        about = {"subject": self.subject, "as_of": self.as_of, "command": self.command}
        return {**about, "text": self.sentence, "bibtex": self.bibtex(), "csl": self.csl()}


def cited(question: CiteQuestion, ledger: Ledger | None = None, *, runs: bool = True) -> Cited:
    """Return how foedus, an edition, a figure or a run is cited.

    Parameters
    ----------
    question : CiteQuestion
        What, as of which day, from which edition.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    runs : bool, default True
        Whether runs of this machine can be named, which a server's readers cannot.

    Returns
    -------
    Cited
        The citation, in every form.

    Raises
    ------
    UnknownNameError
        When the subject is none of these.
    NoDataError
        When there is no such figure, or the edition had not been published by the day.
    InputError
        When an option does not belong to the subject.
    """
    from foedus.runs.exporting import run_folder

    subject = question.subject
    ledger = Ledger.load() if ledger is None else ledger
    indicator = subject.partition(":")[0]
    folder = run_folder(subject) if runs and indicator not in catalogue() else None
    if question.edition and indicator not in catalogue():
        raise InputError("only a figure is of an edition", where="edition", do="leave it out")
    if not subject:
        return _foedus(question.as_of or date.today())
    if indicator in catalogue():
        return _figure(question, ledger)
    if folder is not None:
        return _run(question, folder)
    return _edition(question, ledger)


def _foedus(day: date) -> Cited:
    """Return how foedus itself is cited."""
    work = software_work(day)
    sentence = f"foedus {version('foedus')}, {work.title.partition(': ')[2]}, as of {day.isoformat()}."
    return Cited("", day, sentence, (work,))


def _edition(question: CiteQuestion, ledger: Ledger) -> Cited:
    """Return how an edition is cited."""
    day = question.as_of or date.today()
    known = ledger.as_of(day) if question.as_of else ledger
    if question.subject not in ledger.editions:
        names = [*ledger.editions, *catalogue()]
        do = "name an edition that `foedus editions` lists, a figure as indicator:country:year, or a run"
        raise UnknownNameError("edition, figure or run", question.subject, names, where="subject", do=do)
    (card,) = known.edition(question.subject).editions.values()
    work = edition_work(card)
    sentence = f"{work.text().partition('. Edition')[0]}, by foedus {version('foedus')}, as of {day}."
    return Cited(card.id, day, sentence, (work, software_work(day)))


def _figure(question: CiteQuestion, ledger: Ledger) -> Cited:
    """Return how a figure is cited."""
    from foedus.evidence.asking import figures_of
    from foedus.evidence.question import FigureQuestion
    from foedus.questions import ask

    indicator, *parts = question.subject.split(":")
    if len(parts) > 2:
        raise InputError(
            f"{question.subject!r} is no figure", where="subject", do="write it as population:POL:2024"
        )
    country, year = (*parts, "", "")[:2]
    asked = {
        "country": country or None,
        "year": year or None,
        "as_of": question.as_of,
        "edition": question.edition,
    }
    answer = figures_of(ask(FigureQuestion, indicator=indicator, **asked), ledger)
    words = [f"--country {country!r}" if " " in country else f"--country {country}"] if country else []
    words += [f"--year {year}"] if year else []
    pins = Pins(
        as_of=question.as_of or date.today(),
        version=version("foedus"),
        editions=tuple(card.id for card in answer.cards),
    )
    words += [f"--edition {pins.editions[0]}"] if len(pins.editions) == 1 else [f"--as-of {pins.as_of}"]
    command = " ".join(["foedus figure", indicator, *words])
    return _cited(question.subject, answer.answer(), answer.quantity.label, answer.cards, pins, command)


def _run(question: CiteQuestion, folder: Path) -> Cited:
    """Return how a run is cited."""
    from foedus.evidence.packaged import packaged_card
    from foedus.runs import Run

    run = Run.load(folder)
    if question.as_of not in (None, run.resolved.as_of):
        raise InputError(
            f"the run was asked as of {run.resolved.as_of}",
            where="as_of",
            do="leave the day out, or run again",
        )
    editions = tuple(run.manifest["editions"])
    cards = [card for card in map(packaged_card, editions) if card is not None]
    seed, draws = int(run.manifest["seed"]), run.draw_count
    pins = Pins(run.resolved.as_of, run.manifest["foedus"], editions, seed, draws)
    return _cited(folder.name, run.answer(), run.summary.question, cards, pins, _run_command(run))


def _run_command(run: Run) -> str:
    """Return the command that computes a run again; none where its scenario is no more the one that ships."""
    from foedus.errors import FoedusError
    from foedus.files.shipped import shipped_files
    from foedus.scenario import resolve

    scenario, day = run.resolved.name, run.resolved.as_of
    if scenario not in shipped_files("scenarios"):
        return ""
    try:
        unchanged = resolve(scenario, as_of=day).sha256 == run.manifest["scenario_sha256"]
    except FoedusError:
        return ""
    seed = f"--seed {run.manifest['seed']} --draws {run.draw_count}"
    return f"foedus run {scenario} {seed} --as-of {day}" if unchanged else ""


def _cited(
    subject: str, answer: Answer, asked: str, cards: Sequence[Card], pins: Pins, command: str
) -> Cited:
    """Return a citation by the function of "Cite & share"."""
    citation = cite(answer, question=asked, cards=cards, pins=pins, path="/", command=command)
    leading = leading_cards(cards)
    others = [card for card in cards if card not in leading]
    works = (answer_work(citation), software_work(pins.as_of), *map(edition_work, (*leading, *others)))
    return Cited(subject, pins.as_of, citation.text, works, command)
