"""``foedus read`` and ``foedus check``: who said what in articles, and whether it is so as of their day."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from foedus.cli.asking import question_command
from foedus.cli.options import Json
from foedus.reading.question import CheckQuestion, ReadQuestion
from foedus.results import to_jsonable

if TYPE_CHECKING:
    from foedus.errors import FoedusError
    from foedus.reading.result import Reading, SentenceCheck
    from foedus.reading.versions import VersionComparison

__all__ = ["check_command", "read_command"]


@question_command(
    ReadQuestion, names={"article": "--article"}, also={"article": Parameter(allow_leading_hyphen=True)}
)
def read_command(
    question: ReadQuestion,
    *,
    html: Annotated[Path | None, Parameter(help="Write the reading page to this file.")] = None,
    claimreview: Annotated[
        Path | None, Parameter(help="Write drafts of ClaimReview (JSON-LD) to this file.")
    ] = None,
    json_output: Json = False,
) -> None:
    """Read articles: quotations with speakers, claims with verdicts, as of the day of each article."""
    from foedus.errors import InputError
    from foedus.files.writing import check_writable
    from foedus.reading.asked import compared

    for path, what in ((html, "the page"), (claimreview, "the file")):
        if path is not None:
            check_writable(path, what)
    writer = _Writer(json_output)
    compare = question.compare
    written = html is not None or claimreview is not None
    readings, failures = _read_all(list(question.article), question.date, writer, keep=compare or written)
    if compare and len(readings) < 2:
        raise InputError("there is nothing to compare", where="--compare", do="give at least two articles")
    comparison = compared(readings) if compare else None
    if html is not None and readings:
        _write_page(html, readings, comparison)
    if claimreview is not None:
        _write_claim_reviews(claimreview, readings)
    for reading in readings:
        writer.reading(reading)
    writer.end(comparison, html)
    if failures:
        total = failures + writer.count
        raise InputError(f"{failures} of {total} documents could not be read", do="see the messages above")


@question_command(CheckQuestion)
def check_command(question: CheckQuestion, *, json_output: Json = False) -> None:
    """Check one sentence against the ledger as of a day."""
    from foedus.cli.output import emit
    from foedus.reading.asked import check_of

    check = check_of(question)
    emit(check.payload(), "" if json_output else _check_text(check), json_output)


def _check_text(check: SentenceCheck) -> str:
    """Write the verdict on a sentence, and its claims."""
    from foedus.reading.verdict import SENTENCE_WORDS

    verdict = SENTENCE_WORDS[check.verdict]
    return "\n".join([f"{verdict}, as of {check.dating.first}: {check.why}.", *_claim_lines(check)])


def _read_all(
    paths: list[str], day: date | None, writer: _Writer, *, keep: bool
) -> tuple[list[Reading], int]:
    """Read documents: print each as it is read, or keep it; return those kept, and how many failed."""
    from foedus.errors import FoedusError

    readings: list[Reading] = []
    failures = 0
    single = len(paths) <= 1 and not (paths and Path(paths[0]).is_dir())
    for outcome in _readings(paths, day):
        if isinstance(outcome, FoedusError):
            if single:
                raise outcome
            failures += 1
            writer.failure(outcome)
        elif keep:
            readings.append(outcome)
        else:
            writer.reading(outcome)
    return readings, failures


def _readings(paths: list[str], day: date | None) -> Iterator[Reading | FoedusError]:
    """Read one document after the other, with an error in its place where one cannot be read."""
    from foedus.errors import InputError
    from foedus.reading.ledger_index import LedgerIndex
    from foedus.reading.load import Extractor, article_files, document_from_bytes, read_stream
    from foedus.reading.many import read_many
    from foedus.reading.read import read_document

    named = [p for p in paths if p != "-"]
    for name in named:
        if name.startswith("-") and not Path(name).exists():
            raise InputError(f"{name} is not an option", do="`foedus read --help` lists the options")
    if "-" in paths or not paths:
        with Extractor() as extractor:
            data = read_stream(sys.stdin.buffer)
            document = document_from_bytes(data, "standard input", extractor)
            yield read_document(document, LedgerIndex.load(), day=day)
    yield from read_many(list(article_files(named)), day)


def _write_page(path: Path, readings: list[Reading], comparison: VersionComparison | None) -> None:
    """Write the reading page."""
    from foedus.files.writing import write_text
    from foedus.report.reading_page import page

    write_text(path, page(readings, comparison), "the page")


def _write_claim_reviews(path: Path, readings: list[Reading]) -> None:
    """Write drafts of ClaimReview."""
    from importlib.metadata import version

    from foedus.files.writing import write_text
    from foedus.reading.claim_review import claim_reviews

    text = json.dumps(claim_reviews(readings, version=version("foedus")), ensure_ascii=False, indent=2)
    write_text(path, text + "\n")


class _Writer:
    """Prints documents as they are read, so that any number of them needs no more memory than one."""

    def __init__(self, json_output: bool) -> None:
        self.json = json_output
        self.count = 0
        self.failures: list[dict[str, str]] = []
        self.begun = False

    def _begin(self) -> None:
        """Open the one JSON object, once there is something to put in it."""
        if self.json and not self.begun:
            sys.stdout.write('{"documents": [')
        self.begun = True

    def reading(self, reading: Reading) -> None:
        """Print one document."""
        self._begin()
        if self.json:
            sys.stdout.write((", " if self.count else "") + _json(reading.payload()))
        else:
            sys.stdout.write(("\n" if self.count else "") + _text(reading) + "\n")
        self.count += 1

    def failure(self, error: Exception) -> None:
        """Report one document that could not be read."""
        self.failures.append({"error": str(error)})
        sys.stderr.write(f"foedus: {error}\n")

    def end(self, comparison: VersionComparison | None, html: Path | None) -> None:
        """Print what concerns all documents."""
        self._begin()
        if self.json:
            versions = None if comparison is None else comparison.payload()
            rest = {"comparison": versions, "failures": self.failures, "page": html}
            sys.stdout.write(f"], {_json(rest)[1:]}\n")
            return
        if comparison is not None:
            sys.stdout.write("\n" + _comparison_text(comparison) + "\n")
        if html is not None:
            sys.stdout.write(f"\nThe reading page is {html}.\n")


def _json(payload: dict[str, Any]) -> str:
    """Write plain values as one line of JSON."""
    return json.dumps(to_jsonable(payload), ensure_ascii=False, allow_nan=False)


def _text(reading: Reading) -> str:
    """Write a document for people."""
    document, dating = reading.document, reading.dating
    day = str(dating.first) if dating.exact else f"between {dating.first} and {dating.last}"
    lines = [
        document.title or document.name,
        f"{document.name}; written {day} ({dating.basis}); {reading.phase or 'phase not stated'}",
    ]
    if document.credits:
        lines.append(f"Credits: {'; '.join(document.credits)}")
    lines += [f"Note: {note}" for note in reading.notes]
    if reading.quotations:
        lines.append("\nQuotations")
    for i, q in enumerate(reading.quotations, start=1):
        speaker = "unattributed" if q.speaker is None else (q.speaker.name or q.speaker.mention)
        flags = f" [{', '.join(q.flags)}]" if q.flags else ""
        lines.append(f"  {i}. {speaker} (tier {q.tier}){flags}: {' '.join(q.text.split())}")
    if reading.statements:
        lines.append("\nIndirect statements")
    lines += [
        f"  {s.speaker.name or s.speaker.mention}: {' '.join(s.text.split())}" for s in reading.statements
    ]
    lines.append(
        "\nClaims" if reading.claims else "\nNo claim of a kind that the ledger could check was found."
    )
    return "\n".join([*lines, *_claim_lines(reading), *_unread_lines(reading)])


def _unread_lines(reading: Reading) -> list[str]:
    """List the sentences with figures that were not read, or not whole."""
    from foedus.reading.verdict import READ_WORDS, UNREAD_REASONS, read_sentence

    if not reading.unread:
        return []
    lines = [f"\n{read_sentence(reading.unread)}"]
    for sentence in reading.unread:
        if sentence.read != "whole":
            words = "; ".join(u.text for u in sentence.unread)
            raw = " ".join(reading.document.raw[slice(*sentence.span)].split())
            lines.append(f"  {READ_WORDS[sentence.read]}: {raw}")
            lines.append(f"     {UNREAD_REASONS[sentence.reason]}{f': {words}' if words else ''}")
    return lines


def _claim_lines(reading: Reading) -> list[str]:
    """List claims with verdict, reason and evidence."""
    lines = []
    for i, claim in enumerate(reading.claims, start=1):
        voice = f", {claim.voice} ({claim.speaker})" if claim.speaker else f", {claim.voice}"
        lines.append(f"  {i}. {claim.verdict.replace('_', ' ')}: {' '.join(claim.text.split())}")
        lines.append(f"     {claim.kind}{voice}: {claim.why}. {claim.note}".rstrip())
        for e in claim.evidence:
            day = f", published {e.published}" if e.published else ""
            lines.append(f"     {'later: ' if e.later else ''}{e.text} ({e.edition}{day}, {e.known})")
    return lines


def _comparison_text(comparison: VersionComparison) -> str:
    """Write the versions side by side for people."""
    names = comparison.names
    lines = ["Tellings"]
    for pair in comparison.pairs:
        way = f"; {pair.direction}" if pair.direction else ""
        both = f"{names[pair.first]} / {names[pair.second]}"
        lines.append(f"  {both}: {pair.relation}, {len(pair.aligned)} aligned sentences{way}")
    lines += [f"  {', '.join(names[m] for m in g.members)} go back to {g.parent}." for g in comparison.groups]
    for q in comparison.quotations:
        if q.change != "no counterpart":
            edits = "; ".join(f"{own or '(nothing)'} -> {other or '(nothing)'}" for _, own, other in q.edits)
            counterpart = f", {names[q.other]}" if q.other is not None else ""
            what = f"{q.change}{counterpart}{': ' if edits else ''}{edits}"
            lines.append(f"  {names[q.document]}, quotation {q.quotation}: {what}")
    for lost in comparison.lost:
        people = ", ".join(sorted({person for _, person in lost.elsewhere})) or "nobody"
        where = f"{names[lost.document]}, quotation {lost.quotation}"
        lines.append(f"  {where}: {lost.pronoun!r} fits nobody named before; others name {people}")
    for d in comparison.differences:
        stated = "; ".join(f"{names[j]}: {' '.join(text.split())!r}" for j, text, _ in d.stated)
        lines.append(f"  differs: {d.kind}, {d.about}: {stated}")
    return "\n".join(lines)
