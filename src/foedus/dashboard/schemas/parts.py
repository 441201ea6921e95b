"""The parts of the API's answers that are no records as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_type_hints

from foedus.accession.applicants import Fact
from foedus.accession.result import AllyRow, CalendarRow, Chance, Length
from foedus.aid.changes import SpanChange
from foedus.aid.matched import Matched
from foedus.aid.question import AidQuestion
from foedus.aid.record import TrackerRelease, WeaponClass
from foedus.aid.replacement import Replacement
from foedus.aid.result import MonthAid
from foedus.aid.shares import Concentration, RouteShares
from foedus.aid.statements import PurlStatement
from foedus.analysis.country_cards import QuestionCard
from foedus.attribution.estimates import (
    DesignEstimate,
    GroupGrowth,
    PlaceboEstimate,
    PullSkill,
    SimulatedEffect,
)
from foedus.attribution.findings import PublishedFinding
from foedus.attribution.periods import Cause
from foedus.attribution.registry import Design
from foedus.catalogue import Quantity
from foedus.dashboard.schemas.shapes import by_name, declared, rows, worded
from foedus.decisions.effects import InstrumentEffect
from foedus.decisions.result import BaseRate
from foedus.decisions.section import QuestionSummary
from foedus.evidence.aggregates import Growth
from foedus.evidence.cards import Card
from foedus.evidence.country_facts import CountryFact
from foedus.forces.fair_shares import Rule
from foedus.forces.requirement import Requirement, Who
from foedus.forces.statements import NationalStatement
from foedus.forces.time_to_close import ClosingSummary
from foedus.guarantee.deter import AllyThreshold
from foedus.guarantee.reliability_record import HonourCount
from foedus.parameters.parameter import Grade
from foedus.parameters.setting import Setting
from foedus.reading.documents import Dating, Document, DocumentPart
from foedus.reading.quotations import Quotation, Statement
from foedus.reading.result import Reading
from foedus.reading.trees.types import SentenceReading
from foedus.reading.versions import VersionComparison
from foedus.results import Answer
from foedus.runs.headline import Headline
from foedus.spending.measures import AllySpan
from foedus.spending.ranks import Concordance, Correlation
from foedus.spending.thresholds import LevelCount

KNOWN: Mapping[str, Any] = {
    "AidQuestion": AidQuestion,
    "Card": Card,
    "Concentration": Concentration,
    "Concordance": Concordance,
    "Correlation": Correlation,
    "Document": Document,
    "Grade": Grade,
    "PurlStatement": PurlStatement,
    "Quantity": Quantity,
    "QuestionCard": QuestionCard,
    "Quotation": Quotation,
    "Requirement": Requirement,
    "Rule": Rule,
    "SentenceReading": SentenceReading,
    "Setting": Setting,
    "SpanChange": SpanChange,
    "Statement": Statement,
    "VersionComparison": VersionComparison,
    "WeaponClass": WeaponClass,
    "Who": Who,
}
"""What the annotations of records name and their modules import for type checkers alone."""

SENTENCE = declared("AnswerWords", Answer, sentence=worded(str, "All of it as one sentence."))
WORDS: Mapping[str, Any] = {"answer": worded(SENTENCE, "The answer as a number and what is said of it.")}
SAID: Mapping[str, Any] = {"headline": worded(str, "The answer in one sentence."), **WORDS}

_PLEDGE: Mapping[str, Any] = {
    "target": worded(float, "A share of GDP, a fraction."),
    "from": worded(int, "The first year of the path towards it."),
    "deadline": worded(int, "The year by which it is to be reached."),
    "exceptions": worded(Mapping[str, float], "Other targets, by country."),
}
TERMS: Mapping[str, Any] = {
    "pledge": worded(declared("PledgeInForce", **_PLEDGE), "The pledge of the scenario."),
    "questions": worded(tuple[QuestionSummary, ...], "The questions put to allies in it."),
    "allies_at_horizon": worded(Mapping[str, AllySpan], "Each ally's share in the last year, by code."),
}
HEADLINE = declared(
    "RunHeadline",
    Headline,
    without=("terms", "horizon"),
    perhaps=("by_class", "shares_by_class"),
    **TERMS,
)

LEVEL = declared(
    "LevelAnswer",
    LevelCount,
    adopted=worded(str, "What adopted it; empty where nothing did."),
    meeting=worded(int, "How many are at it or above."),
    reported=worded(int, "How many have a figure."),
    exact=worded(bool, "Whether nobody's figure is missing or open."),
    words=worded(str, "The count in words."),
)
STATUS_SOURCE = declared(
    "SourceInShort", publisher=str, title=str, url=str, basis=str, caveats=tuple[str, ...]
)
_FIGURE = declared(
    "FigureRow",
    perhaps=(
        *("same_members", "valid_from", "valid_to", "name", "first_year", "figures", "currency", "share"),
        *("from_year", "from_value", "change", "change_ratio", "rank", "cow", "gw"),
    ),
    indicator=str,
    country=worded(str, "ISO alpha-3 code, or an aggregate."),
    year=int,
    value=worded(float, "In the unit: shares are fractions, money single units."),
    unit=str,
    edition=worded(str, "The edition that says so."),
    status=worded(str, "actual, estimate or projection."),
    known=worded(str, "How foedus knows it: retrieved, press or unverified."),
    note=str,
    rests_on=worded(str, "The copies or reports that it rests on; empty where the file itself was read."),
    printed_to=worded(float | None, "The unit of the last printed digit; null where all are given."),
    same_members=worded(Growth, "For the growth of an aggregate: that of the same members."),
    valid_from=worded(date, "With the history: the day on which this version came out."),
    valid_to=worded(date | None, "With the history: the day on which the next version did."),
    name=worded(str, "Of a sum: of what."),
    first_year=worded(int | None, "Of a sum over years: the first of them."),
    figures=worded(int | None, "Of a sum: how many figures were added."),
    currency=worded(str | None, "The currency of a figure in national currency."),
    share=worded(float | None, "With share_of: the part of the total, a fraction."),
    from_year=worded(int | None, "With change_from: the earlier year."),
    from_value=worded(float | None, "Its figure."),
    change=worded(float | None, "What lies between the two."),
    change_ratio=worded(float | None, "The same as a fraction of the earlier figure."),
    rank=worded(int | None, "With rank: the place, the highest first."),
    cow=worded(int | None, "With codes: the number of the Correlates of War."),
    gw=worded(int | None, "With codes: the number of Gleditsch and Ward."),
)
FIGURE = replace(_FIGURE, more=float | None)
"""One figure; indicators beside it stand under their own names."""
MEETS = declared("LevelMet", level=worded(float, "A fraction of GDP."), meets=bool)
FACT = declared("CountryFactWritten", CountryFact, written=worded(str, "The figure as it is printed."))
BASE_RATE = declared(
    "BaseRateWithOdds",
    BaseRate,
    probability=worded(float | None, "The share of such questions."),
    is_beaten=worded(bool, "Whether the model does better than it, out of sample."),
)
INSTRUMENT = declared(
    "InstrumentWorth",
    InstrumentEffect,
    without=("probability",),
    odds=worded(float | None, "The probability with it."),
)

_CONDITION: Mapping[str, Any] = {
    "given": worded(str, "What it is conditional on."),
    "conditional_on_invitation": bool,
}
APPLICANT_FACT = declared("ApplicantFact", Fact, what=worded(str, "Its kind in words."), moves=str)
LENGTH = declared("LengthGiven", Length, **_CONDITION)
RATIFIER = declared("RatifierGiven", AllyRow, **_CONDITION)
CALENDAR = declared("CalendarGiven", CalendarRow, **_CONDITION)
OBJECTOR = declared("ObjectorGiven", country=str, objects_low=float, objects_high=float, **_CONDITION)
INVITATION = declared(
    "InvitationGiven",
    Chance,
    bargained=worded(Chance, "The same with what can be offered."),
    unverified_positions=worded(int, "How many positions are not verified."),
    objectors=rows(OBJECTOR),
)
ROUND = declared(
    "RoundInShort",
    round=worded(str, "Its name."),
    acceding=tuple[str, ...],
    invitation=date | None,
    invitation_also=date | None,
    signed=date | None,
    signed_also=date | None,
    last_deposit=date | None,
    entry=date | None,
    ratifiers=worded(int, "How many allies had to ratify."),
    days_signature_to_entry=int | None,
    known=str,
    source=str,
    note=str,
)

CLOSING: Mapping[str, Any] = get_type_hints(ClosingSummary)
SAID_OF_FORCES = declared(
    "StatementBesideRules",
    NationalStatement,
    without=("url",),
    parts=worded(Mapping[str, float], "The part by each rule."),
    off=worded(Mapping[str, float], "How far that is from what was said, a fraction."),
)

AGREEMENT = declared(
    "AgreementOfRanges",
    name=str,
    how=worded(str, "How many combinations say so."),
    depends_on=worded(str, "The range that turns it most; empty where all say the same."),
)
THRESHOLD = declared("AllyThresholdSaid", AllyThreshold, region=AGREEMENT, first=AGREEMENT)
WEIGHED = declared(
    "WeighedNumber", name=str, label=str, value=float, low=float, high=float, grade=Grade, source=str
)
COUNT = declared("HonourShare", HonourCount, share=worded(float, "Of the cases, a fraction."))

RELEASE = declared("ReleaseCited", TrackerRelease, last=worded(str, "Its last month."), cited=str)
MONTH = declared("MonthOfAid", MonthAid, month=worded(str, "As 2026-08."))
ROUTE = declared(
    "RouteOfAid",
    RouteShares,
    total=float,
    share_from_stock=float | None,
    share_from_stock_of_specified=float | None,
)
MATCHED = declared("MatchedMonths", Matched, committed_to=str, matched_in=str | None, months=int | None)
REPLACEMENT = declared("ReplacementAt", Replacement, at=worded(str, "The rate in words."))

DENIED = declared("DeniedClaim", text=str, verdict=str)
WORD = declared("WordEntry", key=str, title=str, text=str, phrases=tuple[str, ...])

DESIGN = declared("DesignWithEstimates", Design, estimates=tuple[DesignEstimate, ...])
DESIGNED: Mapping[str, Any] = {
    "causes": worded(tuple[Cause, ...], "The causes asked about."),
    "designs": worded(by_name(DESIGN), "Each design with claim, assumption and estimates."),
    "placebos": tuple[PlaceboEstimate, ...],
    "groups": tuple[GroupGrowth, ...],
    "simulation": tuple[SimulatedEffect, ...],
    "pull_skill": tuple[PullSkill, ...],
    "published_results": tuple[PublishedFinding, ...],
    "sipri": worded(str | None, "The edition of SIPRI's figures."),
    "outlook": worded(str | None, "The edition of the outlook."),
}
DOCUMENT = declared(
    "DocumentRead",
    Reading,
    without=("document", "dating", "names"),
    name=str,
    kind=worded(str, "The kind of file."),
    title=str | None,
    title_span=worded(tuple[int, int] | None, "Where it stands: its first character, and the one after."),
    date=worded(Dating, "When it was written, and how that is known."),
    parts=worded(tuple[DocumentPart, ...], "Bylines, credits and boilerplate."),
    credits=worded(tuple[str, ...], "The credits, which say where a text comes from."),
    characters=worded(int, "How long the text is."),
    text=str,
    read=worded(Mapping[str, int], "How many sentences with figures were read whole, in part or not."),
)
