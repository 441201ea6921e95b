"""What each address of the API answers with: the record of each answer, and what its payload changes in it.

Where an answer's payload is its record, the record alone stands here. A test holds answers against their
schemas, so that a key of a payload that is not declared is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from foedus.accession.result import Accession, Chance
from foedus.aid.forecast import AidForecast
from foedus.aid.result import Aid
from foedus.aid.sustain import Sustain
from foedus.analysis.compare import Comparison
from foedus.analysis.compare_many import ManyComparison
from foedus.analysis.country import CountryFacts
from foedus.analysis.discovery_result import Discovery
from foedus.analysis.drivers import ShockIndices
from foedus.analysis.explanation import Explanation
from foedus.analysis.pledge import PledgeReading
from foedus.analysis.scorecard import Scorecard
from foedus.analysis.scorecard_rows import Measure
from foedus.attribution.accounting_rows import Accounting
from foedus.attribution.result import Causes
from foedus.catalogue import Quantity
from foedus.dashboard.schemas import parts
from foedus.dashboard.schemas.lists import LISTS
from foedus.dashboard.schemas.parts import HEADLINE, SAID, WORDS
from foedus.dashboard.schemas.shapes import Declared, declared, or_none, rows, worded
from foedus.decisions.result import Decision
from foedus.evidence.cards import Card
from foedus.evidence.missing import Missing
from foedus.forces.gap_result import Gap
from foedus.forces.result import Apportionment
from foedus.forces.time_result import TimeToClose
from foedus.forces.time_to_close import ClosingSummary
from foedus.guarantee.deter import Deterrence
from foedus.guarantee.game_result import GuaranteeGame
from foedus.guarantee.reliability import Reliability
from foedus.guarantee.spiral import Spiral
from foedus.guarantee.statements import GuaranteeStatement, UseSearch
from foedus.reading.claims import Claim
from foedus.reading.quotations import Quotation
from foedus.reading.trees.types import Unread
from foedus.reading.versions import VersionComparison
from foedus.reinforcement.by_day_result import ByDay
from foedus.runs.headline import Headline
from foedus.spending.burden import Burden
from foedus.spending.status import Status

__all__ = ["ANSWERS"]

_STATUS = declared(
    "StatusAnswer",
    Status,
    without=("card", "goals", "closed"),
    **SAID,
    edition=worded(str, "The edition that answers."),
    published=worded(date, "The day on which it came out."),
    allies=worded(int, "How many allies are listed."),
    with_forces=worded(int, "How many of them have armed forces."),
    meeting=worded(int, "How many are at the guideline or above."),
    below=worded(tuple[str, ...], "Who is below it, by code, the highest share first."),
    open=worded(tuple[str, ...], "Whose figure is quoted too coarsely to tell."),
    without_figure=worded(tuple[str, ...], "For whom the edition has no figure."),
    levels=worded(rows(parts.LEVEL), "The guideline first, then the other levels in force."),
    last_closed=worded(rows(parts.LEVEL), "The same in the last closed year."),
    source=worded(parts.STATUS_SOURCE, "The edition's source card in short."),
)

_FIGURES = declared(
    "FiguresAnswer",
    **WORDS,
    indicator=worded(Quantity, "The indicator as the catalogue has it."),
    figures=worded(rows(parts.FIGURE), "One figure for each country, year and edition."),
    measure=worded(str, "The key of the rows that answers: value, share, change."),
    missing=worded(tuple[Missing, ...], "What was asked for and has no figure."),
    notes=tuple[str, ...],
    sources=worded(tuple[Card, ...], "The source cards of the editions."),
)

_RUN = declared(
    "RunAnswer",
    Headline,
    without=("terms", "horizon"),
    perhaps=("by_class", "shares_by_class", "closing"),
    **parts.TERMS,
    **WORDS,
    seed=worded(int, "Seed of the random draws."),
    input_sha256=worded(str, "Checksum of all that went in."),
    content_sha256=worded(str, "Checksum of all that came out."),
    closing=worded(ClosingSummary, "When a published plan closes, where the scenario asks for it."),
)

_SENSITIVITY = declared(
    "SensitivityAnswer",
    ShockIndices,
    without=("resolved",),
    **WORDS,
    scenario=worded(str, "The scenario."),
    title=worded(str, "Its title."),
    notes=tuple[str, ...],
)

_COUNTRY = declared(
    "CountryAnswer",
    CountryFacts,
    without=("path",),
    headline=SAID["headline"],
    levels=worded(rows(parts.MEETS), "Each level in force, and whether the ally is at it."),
    facts=worded(rows(parts.FACT), "What is known of the ally, each with its edition."),
    share_by_year=worded(Mapping[str, float], "Share of GDP by year, as the editions have it."),
)

_DECIDE = declared(
    "DecideAnswer",
    Decision,
    without=("file",),
    **WORDS,
    title=worded(str, "The question's title."),
    question=worded(str, "The question."),
    rule=worded(str, "By which rule it is decided."),
    kind=worded(str | None, "Of which kind it is."),
    adopted_from=worded(float | None, "The least draft that counts as adopted."),
    opened=worded(date | None, "When it was opened."),
    by=worded(date | None, "The day asked about."),
    unverified=worded(int, "How many positions are not verified."),
    probability_forecast=worded(float | None, "The probability that may be shown as the forecast."),
    base_rate=worded(parts.BASE_RATE, "How often such questions were decided so."),
    instruments=worded(rows(parts.INSTRUMENT), "What each instrument of the broker is worth."),
)

_ACCESSION = declared(
    "AccessionAnswer",
    Accession,
    without=("seen", "lengths", "chances", "rounds"),
    **WORDS,
    ratifications_seen=worded(int, "How many allies had ratified by the day."),
    what_is_specific=worded(str, "What is specific to this applicant, in a sentence."),
    specific=worded(rows(parts.APPLICANT_FACT), "The facts behind it."),
    invitation=worded(or_none(parts.INVITATION), "The odds of an invitation; null where it is there."),
    days_from_signature_to_entry=rows(parts.LENGTH),
    probabilities=tuple[Chance, ...],
    allies=rows(parts.RATIFIER),
    calendar=rows(parts.CALENDAR),
    record=worded(rows(parts.ROUND), "The rounds of accession on record."),
    record_rounds=worded(int, "How many they are."),
)

_BUYS = declared(
    "BuysAnswer",
    TimeToClose,
    without=("requirement",),
    **{name: kind for name, kind in parts.CLOSING.items() if name != "requirement"},
    **SAID,
    requirement=worded(str, "The plan's name."),
    label=worded(str, "What it is called in print."),
)

_APPORTIONED: Mapping[str, Any] = {
    "headline": SAID["headline"],
    "label": worded(str, "What the requirement is called in print."),
    "said": worded(rows(parts.SAID_OF_FORCES), "What has been said, held against the rules."),
}
_APPORTION = declared("ApportionAnswer", Apportionment, **_APPORTIONED)

_GAP = declared(
    "GapAnswer",
    Gap,
    headline=SAID["headline"],
    label=worded(str, "What the requirement is called in print."),
    shares=worded(declared("SharesOfGap", Apportionment, **_APPORTIONED), "Who would provide what."),
)

_DETER = declared("DeterAnswer", Deterrence, headline=SAID["headline"], rows=rows(parts.THRESHOLD))

_GAME = declared(
    "DeterGameAnswer",
    GuaranteeGame,
    headline=SAID["headline"],
    beats_distance=worded(bool | None, "Whether its order does better than that by distance."),
    map=worded(Mapping[str, tuple[tuple[float, ...], ...]], "Rectangles of each kind."),
    numbers=worded(rows(parts.WEIGHED), "What an ally is taken to weigh."),
)

_AID = declared(
    "AidAnswer",
    Aid,
    **SAID,
    release=worded(parts.RELEASE, "The release of the tracker that answers."),
    months=rows(parts.MONTH),
    routes=rows(parts.ROUTE),
    matched=rows(parts.MATCHED),
)

_SUSTAIN = declared(
    "SustainAnswer",
    Sustain,
    headline=SAID["headline"],
    start=worded(str, "The first month."),
    on_record=rows(parts.REPLACEMENT),
)

_RELIABILITY = declared(
    "ReliabilityAnswer",
    Reliability,
    without=("recounted",),
    **WORDS,
    counts=rows(parts.COUNT),
    notes=tuple[str, ...],
    source=worded(str, "The card of the counts, or the file they were recounted from."),
    statements=worded(tuple[GuaranteeStatement, ...], "What was said of the guarantee."),
    use_searches=worded(tuple[UseSearch, ...], "What was searched of the use of Articles 4 and 5."),
    cards=tuple[str, ...],
)

_CHECK = declared(
    "CheckAnswer",
    **WORDS,
    sentence=worded(str, "What was checked."),
    verdict=worded(str, "The verdict on the whole of it."),
    reason=worded(str, "Why, by its key."),
    why=worded(str, "Why, in words."),
    unread=worded(tuple[Unread, ...], "What of the sentence was not read."),
    denied=worded(rows(parts.DENIED), "Claims within a denial."),
    claims=worded(tuple[Claim, ...], "What it claims, with verdicts and evidence."),
    quotations=worded(tuple[Quotation, ...], "Quotations in it."),
    notes=tuple[str, ...],
)

_READ = declared(
    "ReadAnswer",
    documents=worded(rows(parts.DOCUMENT), "What was read out of each article."),
    comparison=worded(VersionComparison | None, "The articles side by side, where asked for."),
    failures=worded(tuple[str, ...], "Files that could not be read; never any here."),
    page=worded(str | None, "Where the command wrote a page; never any here."),
)

_CAUSES = declared(
    "AttributionAnswer",
    Causes,
    without=("estimates", "published"),
    **SAID,
    accounting=worded(Accounting, "The rise, exactly."),
    members=worded(str, "Whose figures these are."),
    what_ifs=tuple[str, ...],
    **parts.DESIGNED,
)

ANSWERS: Mapping[str, Declared] = {
    **LISTS,
    "status": _STATUS,
    "figure": _FIGURES,
    "figures": _FIGURES,
    "run": _RUN,
    "compare": declared("CompareAnswer", Comparison, **WORDS, first=HEADLINE, second=HEADLINE),
    "compare-many": declared("CompareManyAnswer", ManyComparison),
    "discover": declared("DiscoverAnswer", Discovery),
    "explain": declared(
        "ExplainAnswer",
        Explanation,
        **WORDS,
        format=worded(str, "The name of the format."),
        version=worded(int, "Its version."),
    ),
    "sensitivity": _SENSITIVITY,
    "pledge": declared("PledgeAnswer", PledgeReading, **WORDS),
    "burden": declared("BurdenAnswer", Burden, **WORDS),
    "apportion": _APPORTION,
    "gap": _GAP,
    "buys": _BUYS,
    "country": _COUNTRY,
    "scorecard": declared(
        "ScorecardAnswer",
        Scorecard,
        **SAID,
        measures=worded(tuple[Measure, ...], "The measures, those of one priority together."),
    ),
    "decide": _DECIDE,
    "accession": _ACCESSION,
    "reinforcement": declared(
        "ReinforcementAnswer",
        ByDay,
        scenario=worded(str, "The scenario."),
        headline=SAID["headline"],
        assumed=worded(str, "What is assumed of the network."),
    ),
    "deter": _DETER,
    "deter-game": _GAME,
    "aid": _AID,
    "aid-forecast": declared("AidForecastAnswer", AidForecast, **SAID),
    "sustain": _SUSTAIN,
    "reliability": _RELIABILITY,
    "spiral": declared("SpiralAnswer", Spiral, **WORDS, notes=tuple[str, ...], cards=tuple[str, ...]),
    "check": _CHECK,
    "attribution": _CAUSES,
    "sources": declared("SourcesAnswer", sources=worded(tuple[Card, ...], "The cards, oldest first.")),
    "words": declared("WordsAnswer", **WORDS, words=rows(parts.WORD)),
    "read": _READ,
}
"""What each address answers, by its name."""
