"""The reading page: articles with their claims marked by verdict, the evidence, and tellings side by side.

One file without scripts and without anything fetched from elsewhere. Every text that comes from an article is
escaped. What is shown on hover stands in a table too, for print and for readers who do not see or point.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources
from itertools import pairwise

from foedus.reading.claims import CONTRADICTED, NOT_CHECKABLE, SUPPORTED, Claim, Evidence
from foedus.reading.quotations import Quotation
from foedus.reading.result import VERDICT_WORDS, Reading
from foedus.reading.text import Span
from foedus.reading.versions import VersionComparison

__all__ = ["body", "marks_style", "page"]

SIGNS = {SUPPORTED: "✓", CONTRADICTED: "✗", NOT_CHECKABLE: "?"}
SHOWN = 6
"""Rows of evidence shown on hover; the table has them all."""
FLAGS = {
    "lost_referent": "a pronoun that nobody named before fits",
    "negated_use": "used in a negation",
    "hypothetical": "used in a condition",
    "ellipsis": "words left out",
}


def marks_style() -> str:
    """Return the style sheet of the marks, tables and asides of a reading, which every page that shows one uses."""
    return resources.files("foedus.report").joinpath("marks.css").read_text(encoding="utf-8")


def page(readings: Sequence[Reading], comparison: VersionComparison | None = None) -> str:
    """Write the reading page.

    Parameters
    ----------
    readings : sequence of Reading
        The documents, read.
    comparison : VersionComparison, optional
        The tellings side by side.

    Returns
    -------
    str
        An HTML document.
    """
    title = _short(readings[0]) if len(readings) == 1 else f"{len(readings)} articles"
    own = resources.files("foedus.report").joinpath("reading_page.css").read_text(encoding="utf-8")
    style = marks_style() + own
    contents = [_article(i, r) for i, r in enumerate(readings, start=1)]
    links = [
        f'<li><a href="#d{i}">{escape(_short(r))}</a> {_tally(r)}</li>'
        for i, r in enumerate(readings, start=1)
    ]
    if comparison is not None:
        contents.insert(0, _comparison(comparison))
        links.insert(0, '<li><a href="#tellings">The tellings side by side</a></li>')
    nav = f'<nav aria-label="Contents"><ul>{"".join(links)}</ul></nav>' if len(links) > 1 else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(title)}: read with foedus</title>
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the reading</a>
<header><p class="brand">foedus · reading</p><h1>{escape(title)}</h1>{_legend()}{nav}</header>
<main id="main">
{"".join(contents)}
</main>
<footer><p>A verdict says what the tables of the ledger say as of the day of the text, and no more. Not checkable is not
a judgement of the claim. What editions published later say is shown and never decides.</p></footer>
</body>
</html>
"""


def body(readings: Sequence[Reading], comparison: VersionComparison | None = None) -> str:
    """Write the readings without the page around them, for another page.

    Parameters
    ----------
    readings : sequence of Reading
        The documents, read.
    comparison : VersionComparison, optional
        The tellings side by side.

    Returns
    -------
    str
        The marks explained, the tellings and the articles as HTML; every text of an article is escaped.
    """
    articles = "".join(_article(i, r) for i, r in enumerate(readings, start=1))
    return _legend() + (_comparison(comparison) if comparison is not None else "") + articles


def _short(reading: Reading) -> str:
    """Return a document's headline, or its file's name without the folder."""
    return reading.document.title or _base(reading.document.name)


def _base(name: str) -> str:
    """Return a file's name without its folder."""
    return re.split(r"[/\\]", name)[-1]


def _legend() -> str:
    """Explain the marks."""
    items = "".join(f'<li><mark class="{v}">{SIGNS[v]} {VERDICT_WORDS[v]}</mark></li>' for v in VERDICT_WORDS)
    return f'<ul class="legend" aria-label="What the marks mean">{items}<li><q class="said">quotation</q></li></ul>'


def _tally(reading: Reading) -> str:
    """Count the verdicts of a document."""
    counts = [(v, sum(c.verdict == v for c in reading.claims)) for v in VERDICT_WORDS]
    return " ".join(
        f'<span class="tally {v}">{SIGNS[v]} {n}<span class="aside"> {VERDICT_WORDS[v]}</span></span>'
        for v, n in counts
    )


def _article(i: int, reading: Reading) -> str:
    """Write one document: facts about it, its text, its claims, its quotations."""
    document = reading.document
    heading = escape(_short(reading))
    notes = "".join(f"<li>{escape(n)}</li>" for n in reading.notes)
    facts = [
        ("File", document.name),
        ("Written", _written(reading)),
        ("Phase", reading.phase),
        ("Credits", "; ".join(document.credits)),
    ]
    rows = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts if value)
    return f"""<article id="d{i}" aria-labelledby="h{i}">
<h2 id="h{i}">{heading}</h2>
<p class="tallies">{_tally(reading)}</p>
<dl class="facts">{rows}</dl>
{f'<ul class="notes">{notes}</ul>' if notes else ""}
<div class="text">{_text(i, reading)}</div>
<h3 id="k{i}">Claims and evidence</h3>
{_claims(i, reading)}
<h3>Who said what</h3>
{_quotations(reading)}
</article>
"""


def _written(reading: Reading) -> str:
    """Write when a document was written and how that is known."""
    dating = reading.dating
    day = str(dating.first) if dating.exact else f"between {dating.first} and {dating.last}"
    why = f": {'; '.join(dating.why)}" if dating.why else ""
    return f"{day} ({dating.basis}{why})"


def _text(i: int, reading: Reading) -> str:
    """Write the text with claims and quotations marked, paragraph by paragraph."""
    raw = reading.document.raw
    cuts = _cuts(reading)
    owner = _painted(len(raw), [(c.span, k) for k, c in _longest_first(reading.claims)])
    quoted = _painted(len(raw), [(q.span, 0) for q in reading.quotations])
    aside = _painted(len(raw), [(p.span, 0) for p in reading.document.parts])
    pieces: list[str] = ["<p>"]
    seen: set[int] = set()
    for start, end in pairwise(cuts):
        piece = raw[start:end]
        if piece == "\n":
            pieces.append("</p><p>")
            continue
        html = escape(piece)
        if quoted[start] >= 0:
            html = f'<span class="said">{html}</span>'
        if aside[start] >= 0:
            html = f'<span class="aside-text">{html}</span>'
        number = owner[start]
        if number >= 0:
            claim = reading.claims[number]
            html = _marked(i, number, claim, html, first=number not in seen, last=end == claim.span[1])
            seen.add(number)
        pieces.append(html)
    pieces.append("</p>")
    return "".join(pieces).replace("<p></p>", "").replace("<p> </p>", "")


def _cuts(reading: Reading) -> list[int]:
    """Return the indices at which the text is cut into pieces: at spans and at line breaks."""
    raw = reading.document.raw
    cuts = {0, len(raw)}
    spans = [c.span for c in reading.claims] + [q.span for q in reading.quotations]
    for span in spans + [p.span for p in reading.document.parts]:
        cuts |= set(span)
    for index, character in enumerate(raw):
        if character == "\n":
            cuts |= {index, index + 1}
    return sorted(cuts)


def _longest_first(claims: tuple[Claim, ...]) -> list[tuple[int, Claim]]:
    """Return claims with their numbers, the longest first, so that the shortest owns what several cover."""
    return sorted(enumerate(claims), key=lambda item: item[1].span[0] - item[1].span[1])


def _painted(length: int, spans: list[tuple[Span, int]]) -> array[int]:
    """Return for each character the number of the last span that covers it, or -1."""
    paint = array("l", [-1]) * (length + 1)
    for (start, end), number in spans:
        paint[start:end] = array("l", [number]) * (end - start)
    return paint


def _marked(i: int, number: int, claim: Claim, html: str, *, first: bool, last: bool) -> str:
    """Mark a piece of a claim; the first piece can be reached by keyboard, the last carries sign and evidence."""
    attributes = f' id="m{i}-{number + 1}" tabindex="0" aria-describedby="c{i}-{number + 1}"' if first else ""
    tail = ""
    if last:
        shown = "".join(f'<span class="row">{_evidence(e)}</span>' for e in claim.evidence[:SHOWN])
        tail = (
            f'<a class="sign" href="#c{i}-{number + 1}" aria-label="claim {number + 1}, {VERDICT_WORDS[claim.verdict]}: to the evidence">{SIGNS[claim.verdict]}{number + 1}</a>'
            f'<span class="pop" role="presentation" aria-hidden="true"><b>{SIGNS[claim.verdict]} {VERDICT_WORDS[claim.verdict]}</b> {escape(claim.why)}.'
            f"{f' {escape(claim.note)}' if claim.note else ''}{shown}</span>"
        )
    return f'<mark class="{claim.verdict}"{attributes}>{html}{tail}</mark>'


def _evidence(evidence: Evidence) -> str:
    """Write one row of evidence."""
    known = f", {evidence.known}" if evidence.known else ""
    source = (
        f"{evidence.edition}, published {evidence.published}"
        if evidence.published
        else f"table {evidence.edition}, card {evidence.card}"
    )
    later = '<em class="later">later: </em>' if evidence.later else ""
    return f'{later}{escape(evidence.text)} <span class="source">({escape(source)}{known})</span>'


def _claims(i: int, reading: Reading) -> str:
    """Write the table of claims."""
    if not reading.claims:
        return "<p>No claim of a kind that the ledger could check was found.</p>"
    rows = []
    for number, claim in enumerate(reading.claims, start=1):
        evidence = "".join(f"<li>{_evidence(e)}</li>" for e in claim.evidence)
        voice = claim.voice + (f" ({claim.speaker})" if claim.speaker else "")
        mode = f", {claim.modality}" if claim.modality != "actual" else ""
        note = f"<p>{escape(claim.note)}</p>" if claim.note else ""
        rows.append(
            f'<tr id="c{i}-{number}"><th scope="row"><a href="#m{i}-{number}" aria-label="back to claim {number} in the text">{number}</a></th>'
            f'<td data-label="Claim">{escape(claim.text)}<br><span class="source">{escape(claim.kind.replace("_", " "))}{mode}; {escape(voice)}</span></td>'
            f'<td data-label="Verdict"><span class="tally {claim.verdict}">{SIGNS[claim.verdict]} {VERDICT_WORDS[claim.verdict]}</span></td>'
            f'<td data-label="Why">{escape(claim.why)}{note}{f"<ul>{evidence}</ul>" if evidence else ""}</td></tr>'
        )
    return (
        f'<table class="wide"><caption class="aside">Claims of document {i} with verdicts and evidence</caption>'
        f'<thead><tr><th scope="col" class="number">No.</th><th scope="col">Claim</th><th scope="col">Verdict</th><th scope="col">Why, and the evidence</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _quotations(reading: Reading) -> str:
    """Write the tables of quotations and of indirect statements."""
    rows = [
        f'<tr><td data-label="Quotation">{escape(q.text)}</td><td data-label="Speaker">{_speaker(q)}</td>'
        f'<td data-label="Tier">{q.tier}</td><td data-label="Remarks">{escape("; ".join(FLAGS.get(f, f) for f in q.flags))}</td></tr>'
        for q in reading.quotations
    ]
    rows += [
        f'<tr><td data-label="Statement">{escape(s.text)}</td><td data-label="Speaker">{escape(s.speaker.name or s.speaker.mention)}</td>'
        f'<td data-label="Tier">indirect</td><td data-label="Remarks"></td></tr>'
        for s in reading.statements
    ]
    if not rows:
        return "<p>No quotation was found.</p>"
    return (
        '<table class="wide"><thead><tr><th scope="col">Words</th><th scope="col">Speaker</th><th scope="col">Tier</th><th scope="col">Remarks</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _speaker(quotation: Quotation) -> str:
    """Name the speaker of a quotation."""
    speaker = quotation.speaker
    if speaker is None:
        return "unattributed"
    if speaker.name and speaker.name != speaker.mention:
        return f"{escape(speaker.name)} <span class='source'>({escape(speaker.mention)})</span>"
    return escape(speaker.name or speaker.mention)


def _comparison(comparison: VersionComparison) -> str:
    """Write the tellings side by side."""
    names = [f"{i}. {_base(n)}" for i, n in enumerate(comparison.names, start=1)]
    return (
        '<section id="tellings" aria-labelledby="ht"><h2 id="ht">The tellings side by side</h2>'
        f"{_groups(comparison, names)}{_pairs(comparison, names)}{_altered(comparison, names)}{_lost(comparison, names)}{_differing(comparison, names)}</section>"
    )


def _listed(title: str, items: Iterable[str], nothing: str) -> str:
    """Write a list under a heading, or say that there is nothing."""
    rows = "".join(f"<li>{item}</li>" for item in items)
    return f"<h3>{title}</h3>" + (f"<ul>{rows}</ul>" if rows else f"<p>{nothing}</p>")


def _groups(comparison: VersionComparison, names: list[str]) -> str:
    """Write which documents go back to one text."""
    items = []
    for group in comparison.groups:
        members = ", ".join(escape(names[m]) for m in group.members)
        arrows = "".join(
            f"<br>{escape(names[a])} → {escape(names[b])}: {escape(why)}" for a, b, why in group.arrows
        )
        items.append(f"{members} go back to {escape(group.parent)}.{arrows}")
    return _listed("Common origin", items, "No two documents go back to one text.")


def _pairs(comparison: VersionComparison, names: list[str]) -> str:
    """Write every two documents with their aligned sentences."""
    out = []
    for pair in comparison.pairs:
        first, second = escape(names[pair.first]), escape(names[pair.second])
        rows = "".join(
            f'<tr><td data-label="{first}">{escape(a)}</td><td data-label="{second}">{escape(b)}</td><td data-label="Likeness">{s:.2f}</td></tr>'
            for a, b, s in pair.aligned
        )
        heading = (
            f"{escape(names[pair.first])} and {escape(names[pair.second])}: <strong>{pair.relation}</strong>"
        )
        if not rows:
            out.append(f'<p class="pair">{heading}, no shared sentences</p>')
            continue
        table = f'<table class="wide even"><thead><tr><th scope="col">{escape(names[pair.first])}</th><th scope="col">{escape(names[pair.second])}</th><th scope="col">Likeness</th></tr></thead><tbody>{rows}</tbody></table>'
        opened = " open" if pair.relation in ("same base text", "near verbatim") else ""
        out.append(
            f"<details{opened}><summary>{heading}, {len(pair.aligned)} aligned sentences</summary>{table}</details>"
        )
    return f"<h3>Each pair</h3>{''.join(out)}"


def _altered(comparison: VersionComparison, names: list[str]) -> str:
    """Write what became of each quotation."""
    rows = []
    for q in comparison.quotations:
        if q.change == "no counterpart":
            continue
        edits = "; ".join(
            (f"<del>{escape(own)}</del> " if own else "") + (f"<ins>{escape(other)}</ins>" if other else "")
            for _, own, other in q.edits
        )
        document = names[q.other] if q.other is not None else ""
        rows.append(
            f'<tr><td data-label="In {escape(names[q.document])}">{escape(q.text)}<br><span class="source">{escape(names[q.document])}</span></td>'
            f'<td data-label="Counterpart">{escape(q.twin)}<br><span class="source">{escape(document)}</span></td><td data-label="Change">{q.change}</td><td data-label="Edits">{edits}</td></tr>'
        )
    alone = sum(q.change == "no counterpart" for q in comparison.quotations)
    table = (
        '<table class="wide"><thead><tr><th scope="col">Quotation</th><th scope="col">Counterpart</th><th scope="col">Change</th><th scope="col">Words</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
        if rows
        else ""
    )
    return f"<h3>Quotations and their counterparts</h3>{table}<p>{alone} quotations have no counterpart in the other tellings, which says nothing about whether they were spoken.</p>"


def _lost(comparison: VersionComparison, names: list[str]) -> str:
    """Write pronouns without a referent, and who they mean elsewhere."""
    items = []
    for lost in comparison.lost:
        where = (
            ", ".join(f"{escape(person)} ({escape(names[j])})" for j, person in lost.elsewhere) or "nobody"
        )
        items.append(
            f"{escape(names[lost.document])}, quotation {lost.quotation}: “{escape(lost.pronoun)}” fits nobody named before it; other tellings name {where}."
        )
    return _listed("Lost references", items, "None.")


def _differing(comparison: VersionComparison, names: list[str]) -> str:
    """Write facts that the tellings state differently."""
    items = []
    for d in comparison.differences:
        stated = "; ".join(
            f"{escape(names[j])}: “{escape(text)}” ({escape(v.replace('_', ' '))})" for j, text, v in d.stated
        )
        items.append(f"{escape(d.kind.replace('_', ' '))}, {escape(d.about)}: {stated}")
    return _listed("Facts that differ", items, "None.")
