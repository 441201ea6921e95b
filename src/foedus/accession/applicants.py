"""What is specific to an applicant: whether Article 10 admits it, what is on its road, and whom that moves.

A fact has a day, a source, and how it is known; it counts from its day until it ends. Some facts move where
allies stand on an invitation, by a band that is judged (``parameters/functions/applicants.yaml``); an ally
whose position was recorded stays where it was recorded. The tables stand in ``evidence/records/applicants``
under the card ``applicants-2026-11``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType

from foedus.accession.parameters import FOLDER
from foedus.accession.record import positions
from foedus.accession.rows import Position
from foedus.axes import country_name
from foedus.evidence.records import day_or_none, record_rows
from foedus.rounding import written

__all__ = [
    "CARD_ID",
    "KINDS",
    "Fact",
    "Partnership",
    "all_positions",
    "article_10_bar",
    "facts",
    "opponents",
    "partnerships",
    "refusals",
]

CARD_ID = "applicants-2026-11"
"""The source card of every table here."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "european": "whether it is a European state, as Article 10 asks",
        "applied": "its application",
        "asked": "what it asked for short of an application",
        "promised": "what the allies agreed on it",
        "plan": "its Membership Action Plan",
        "partner": "its partnership",
        "neutral_law": "neutrality by law or treaty",
        "neutral_policy": "neutrality by policy",
        "home": "opposition at home",
        "pact": "a treaty of mutual defence with Russia",
        "threat": "named a threat in an agreed text",
        "territory": "its territory",
        "unrecognised": "allies that do not recognise it",
        "dispute": "a dispute with an ally",
    }
)
"""The kinds of facts, in the order in which they are said."""

_MOVES = ("dispute", "unrecognised", "pact", "territory")
"""The kinds that move where an ally stands, the strongest first."""

_AGAINST = frozenset({"dispute", "unrecognised"})
"""The kinds that make an ally an opponent of the accession."""

_GROUNDS: Mapping[str, str] = MappingProxyType(
    {
        "geoscheme": "a European state by the United Nations' M49",
        "council": "a European state as a member of the Council of Europe, not by the United Nations' M49",
    }
)

_PROGRAMMES: Mapping[str, str] = MappingProxyType(
    {
        "partnership_for_peace": "the Partnership for Peace",
        "enhanced_opportunities": "the enhanced opportunities",
        "mediterranean_dialogue": "the Mediterranean Dialogue",
        "istanbul_initiative": "the Istanbul Cooperation Initiative",
        "asia_pacific_four": "the four of the Asia-Pacific",
        "across_the_globe": "partners across the globe",
        "european_union": "the partnership with the European Union",
    }
)


@dataclass(frozen=True)
class Fact:
    """One fact about an applicant.

    Attributes
    ----------
    country, kind : str
        Alpha-3 code, and a key of :data:`KINDS`.
    since, until : datetime.date or None
        When it began, where it has a day, and when it ended.
    allies : tuple of str
        The allies it concerns, alpha-3; empty where it concerns all or none.
    text, known, source : str
        What it is, how it is known, and where from.
    moves : str
        Whom it moves and to where, in words; empty when it moves nobody.
    """

    country: str
    kind: str
    since: date | None
    until: date | None
    allies: tuple[str, ...]
    text: str
    known: str
    source: str
    moves: str = ""

    def holds(self, day: date) -> bool:
        """Whether it held on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    @property
    def line(self) -> str:
        """The fact in words, with its allies and its day."""
        when = f", since {self.since}" if self.since else ""
        return f"{self.text.format(ally=_names(self.allies))}{when}"


@dataclass(frozen=True)
class Partnership:
    """One partnership with the Alliance.

    Attributes
    ----------
    partner, programme : str
        Alpha-3 code, or "EU"; and the programme in words.
    since : datetime.date
        The day on which it began.
    until : datetime.date or None
        The day on which it ended or was suspended.
    known, source : str
        How it is known, and where from.
    """

    partner: str
    programme: str
    since: date
    until: date | None
    known: str
    source: str


def _names(allies: Sequence[str]) -> str:
    """Return the names of allies in words."""
    names = [country_name(a) for a in allies]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


@cache
def partnerships(partner: str | None = None) -> tuple[Partnership, ...]:
    """Return NATO's partnerships, of one partner or all.

    Parameters
    ----------
    partner : str, optional
        Alpha-3 code, or "EU".

    Returns
    -------
    tuple of Partnership
        In the order of the table; empty for one who is no partner.
    """
    rows = record_rows("applicants", "partnerships")
    return tuple(
        Partnership(
            row["partner"],
            _PROGRAMMES[row["programme"]],
            date.fromisoformat(row["since"]),
            day_or_none(row["until"]),
            row["known"],
            row["source"],
        )
        for row in rows
        if partner in (None, row["partner"])
    )


def facts(applicant: str, day: date) -> tuple[Fact, ...]:
    """Return what is specific to an applicant on a day.

    Parameters
    ----------
    applicant : str
        Alpha-3 code.
    day : datetime.date
        The day of the question.

    Returns
    -------
    tuple of Fact
        In the order of :data:`KINDS`; that it has not applied, or is no partner, is said as well.
    """
    order = list(KINDS)
    held = [f for f in (*_recorded(applicant), *_partner_facts(applicant, day)) if f.holds(day)]
    said = {f.kind for f in held}
    if "applied" not in said:
        held.append(_absent(applicant, "applied", "has not applied"))
    if "partner" not in said:
        held.append(_absent(applicant, "partner", "is no partner of NATO's in any programme"))
    moved = [f if positions(applicant) else replace(f, moves=_whom(f)) for f in held]
    return tuple(sorted(moved, key=lambda f: (order.index(f.kind), f.since or date.min, f.allies)))


def _whom(fact: Fact) -> str:
    """Return whom a fact moves and to where, in words."""
    if fact.kind not in _MOVES:
        return ""
    low, high = _band(fact.kind, "position")
    return (
        f"{_names(fact.allies) or 'every ally'} to {written(low, 1, signed=True)} to "
        f"{written(high, 1, signed=True)}"
    )


@cache
def _recorded(applicant: str) -> tuple[Fact, ...]:
    """Return the recorded facts of an applicant, whether it is a European state first; one fact about several
    allies is one."""
    european = tuple(
        Fact(applicant, "european", None, None, (), _GROUNDS[row["ground"]], row["known"], row["source"])
        for row in record_rows("applicants", "states")
        if row["country"] == applicant
    )
    by_fact: dict[tuple[str, ...], list[str]] = {}
    for row in record_rows("applicants", "facts"):
        if row["country"] == applicant:
            key = tuple(row[c] for c in ("kind", "since", "until", "text", "known", "source"))
            by_fact.setdefault(key, []).append(row["ally"])
    return european + tuple(
        Fact(applicant, kind, day_or_none(since), day_or_none(until), tuple(a for a in allies if a), *said)
        for (kind, since, until, *said), allies in by_fact.items()
    )


def _partner_facts(applicant: str, day: date) -> tuple[Fact, ...]:
    """Return an applicant's partnerships as facts, those that ended said as ended."""
    lines = []
    for p in partnerships(applicant):
        ended = p.until is not None and p.until <= day
        again = any(q.since > p.since and q.since <= day for q in partnerships(applicant))
        if ended and again:
            continue
        text = f"was in {p.programme} until {p.until}" if ended else f"in {p.programme}"
        lines.append(Fact(applicant, "partner", p.since, None, (), text, p.known, p.source))
    return tuple(lines)


def _absent(applicant: str, kind: str, text: str) -> Fact:
    """Return a fact that the tables hold nothing of a kind."""
    return Fact(applicant, kind, None, None, (), text, "unverified", f"no row in {CARD_ID}")


def article_10_bar(applicant: str, day: date) -> str | None:
    """Return why Article 10 does not admit an applicant; None where it does.

    Parameters
    ----------
    applicant : str
        Alpha-3 code.
    day : datetime.date
        The day of the question.

    Returns
    -------
    str or None
        That it is no European state, or that an agreed text of the allies calls it a threat.
    """
    named = [f for f in _recorded(applicant) if f.holds(day)]
    threat = next((f for f in named if f.kind == "threat"), None)
    if not any(f.kind == "european" for f in named):
        why = "it is no European state"
    elif threat is not None:
        why = f"{threat.text} since {threat.since}"
    else:
        return None
    article = "Article 10 of the treaty admits a European state that can contribute to the area's security"
    return f"{country_name(applicant)} cannot be invited: {article}, and {why}"


def _band(kind: str, what: str) -> tuple[float, float]:
    """Return the judged band of a position or salience."""
    return FOLDER.function("applicants")[f"{kind}_{what}"].range


def all_positions(applicant: str, day: date, allies: Sequence[str]) -> tuple[Position, ...]:
    """Return where every ally stands on inviting an applicant.

    Parameters
    ----------
    applicant : str
        Alpha-3 code.
    day : datetime.date
        The day of the question.
    allies : sequence of str
        The allies of the day.

    Returns
    -------
    tuple of Position
        The recorded ones where there are any; else one per ally, moved by the strongest fact that concerns
        it; empty when no fact moves anybody.
    """
    recorded = positions(applicant)
    if recorded:
        return recorded
    moving = sorted(
        (f for f in facts(applicant, day) if f.kind in _MOVES), key=lambda f: _MOVES.index(f.kind)
    )
    if not moving:
        return ()
    strongest = {ally: next((f for f in moving if not f.allies or ally in f.allies), None) for ally in allies}
    return tuple(_moved(applicant, ally, fact) for ally, fact in strongest.items())


def _moved(applicant: str, ally: str, fact: Fact | None) -> Position:
    """Return where an ally stands that a fact moves, or where one stands of which nothing was read."""
    kind = "unjudged" if fact is None else fact.kind
    why = "no position of its own was read" if fact is None else f"moved by: {fact.line} ({fact.source})"
    return Position(applicant, ally, _band(kind, "position"), _band(kind, "salience"), "unverified", why)


def opponents(applicant: str, day: date) -> tuple[str, ...]:
    """Return the allies in dispute with an applicant, or that do not recognise it.

    Parameters
    ----------
    applicant : str
        Alpha-3 code.
    day : datetime.date
        The day of the question.

    Returns
    -------
    tuple of str
        Alpha-3 codes, each once.
    """
    against = (f for f in facts(applicant, day) if f.kind in _AGAINST)
    return tuple(dict.fromkeys(ally for f in against for ally in f.allies))


def refusals(
    allies: Sequence[str], opposing: Sequence[str]
) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Return the chance that each ally, if it holds a ratification back, never ratifies.

    Parameters
    ----------
    allies : sequence of str
        Those who ratify.
    opposing : sequence of str
        Those in dispute with the applicant, or that do not recognise it.

    Returns
    -------
    tuple of dict of str to float
        By ally: as judged, and at the least and the greatest value of the range.
    """
    known = FOLDER.function("applicants")
    of = {a: known["opponent_refuses" if a in opposing else "holder_refuses"] for a in allies}
    return (
        {a: float(c.value) for a, c in of.items() if isinstance(c.value, float)},
        {a: c.range[0] for a, c in of.items()},
        {a: c.range[1] for a, c in of.items()},
    )
