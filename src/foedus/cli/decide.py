"""``foedus decide``: what can pass, who objects, and what the broker can offer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.decide_sheet import SheetOptions, is_spreadsheet
from foedus.cli.options import Json
from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.decisions.packages import Package
    from foedus.decisions.result import Decision
    from foedus.decisions.schema import DecisionFile

__all__ = ["decide_command"]


@dataclass(frozen=True)
class QuestionWords:
    """A question in the words of the command."""

    issue: str | None
    members: tuple[str, ...]
    reversion: float | None
    proposal: float | None
    rule: str | None
    quota: float | None
    kind: str | None
    allow: str | None
    by: date | None
    suppose: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()

    @property
    def picks(self) -> bool:
        """Whether allies are picked, in the place of members in words."""
        return bool(self.against or self.unsure)

    def of_a_question(self) -> dict[str, Any]:
        """Return the words that a decision file says itself, by their option."""
        names = ("reversion", "proposal", "rule", "quota", "kind", "allow")
        return {name: getattr(self, name) for name in names}

    def by_its_day(self, content: DecisionFile) -> DecisionFile:
        """Return a question with the day that the words ask for, where they do."""
        return content if self.by is None else content.model_copy(update={"by": self.by})


@dataclass(frozen=True)
class Printing:
    """How an answer is drawn from chance, and how it is printed."""

    draws: int
    seed: int
    chart: Path | None
    chart_kind: str | None
    json_output: bool


File = Annotated[
    str | None,
    Parameter(
        help="A shipped decision's name, the path of a .yaml file, or a spreadsheet of positions (.csv, "
        ".tsv): a row an actor with the columns actor, position, salience, influence and, where there are "
        "any, weight, issue, reversion, outcome, accepts_low, accepts_high, rule, group."
    ),
]
Draws = Annotated[int, Parameter(help="How many draws, 100 to 1,000,000.")]
Seed = Annotated[int, Parameter(help="Seed of the random draws; the same seed gives the same numbers.")]
Issue = Annotated[str | None, Parameter(help="Ask without a file: the question.")]
Member = Annotated[
    list[str] | None,
    Parameter(
        negative=(),
        help="With --issue, members as NAMES=POSITION,SALIENCE[,INFLUENCE], for example HUN+SVK=10,high,5 or "
        "USA=80-100,0.9,100; once for each group.",
    ),
]
Reversion = Annotated[
    float | None,
    Parameter(
        help="With --issue, what holds without a decision, 0 unless given; with a spreadsheet of one issue "
        "without a reversion, in its own numbers."
    ),
]
Proposal = Annotated[
    float | None,
    Parameter(
        help="With --issue, what is tabled, 100 unless given; with a spreadsheet of one issue, in its own "
        "numbers, the influence × salience mean unless given."
    ),
]
RuleName = Annotated[
    str | None,
    Parameter(
        help="With --issue or a spreadsheet: consensus (the usual one), unanimity, qualified_majority (with "
        "--quota) or majority."
    ),
]
Quota = Annotated[
    float | None, Parameter(help="With --rule qualified_majority, the share of votes needed, as 0.7.")
]
Kind = Annotated[
    str | None,
    Parameter(
        help="With --issue or a spreadsheet of one issue: text, person, invitation, operation or money."
    ),
]
Allow = Annotated[
    str | None,
    Parameter(
        help="The instruments allowed, separated by commas, or none; else those of --kind or of the file, "
        "which they can only narrow."
    ),
]
Suppose = Annotated[
    list[str] | None,
    Parameter(
        negative=(),
        help="Members that are supposed to agree, separated by commas: they accept every draft, and all "
        "other positions stay.",
    ),
]
Against = Annotated[
    list[str] | None,
    Parameter(negative=(), help="With --issue, allies that are against it; all not named are for it."),
]
Unsure = Annotated[list[str] | None, Parameter(negative=(), help="With --issue, allies that are unsure.")]
By = Annotated[date | None, Parameter(help="The day by which the chance is asked for; else ever.")]
FEWEST_DRAWS = 100
"""Draws below which a share of them says nothing: its standard error is five points at even odds."""
Pack = Annotated[bool, Parameter(negative=(), help="Also pack the file's further issues together.")]
Exact = Annotated[
    bool,
    Parameter(
        negative=(), help="Prove the best package: seconds to minutes, where opt-outs are many even longer."
    ),
]
Score = Annotated[
    bool,
    Parameter(
        negative=(),
        help="With a spreadsheet of recorded outcomes: error, CRPS, share within 10 points and coverage.",
    ),
]
To = Annotated[
    Path | None, Parameter(help="With a spreadsheet, write a row an issue (or a score) to this .csv.")
]
Group = Annotated[
    str | None,
    Parameter(
        help="With a spreadsheet, the heading of the column by which issues belong together; intervals of "
        "--score resample whole groups."
    ),
]
PositionScale = Annotated[
    str | None, Parameter(help="With a spreadsheet, the ends of the scale of positions, for example 1,10.")
]
List = Annotated[
    bool, Parameter(name="--list", negative=(), help="List the decision files that come with foedus.")
]


def decide_command(
    file: File = None,
    /,
    *,
    draws: Draws = 10_000,
    seed: Seed = 1,
    issue: Issue = None,
    member: Member = None,
    reversion: Reversion = None,
    proposal: Proposal = None,
    rule: RuleName = None,
    quota: Quota = None,
    kind: Kind = None,
    allow: Allow = None,
    by: By = None,
    suppose: Suppose = None,
    against: Against = None,
    unsure: Unsure = None,
    package: Pack = False,
    exact: Exact = False,
    score: Score = False,
    to: To = None,
    group: Group = None,
    scale: PositionScale = None,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    list_decisions: List = False,
    json_output: Json = False,
) -> None:
    """Print what can pass, who objects, and what the broker can offer.

    Parameters
    ----------
    file : str, optional
        A shipped decision's name, or the path of a decision file or a spreadsheet.
    draws : int, default 10,000
        How many draws.
    seed : int, default 1
        Seed of the random draws.
    issue : str, optional
        The question, asked without a file.
    member : list of str, optional
        Members of such a question.
    reversion, proposal : float, optional
        What holds without a decision, and what is tabled.
    rule : str, optional
        How members decide.
    quota : float, optional
        Under a qualified majority, the share of votes needed.
    kind : str, optional
        What the question is about.
    allow : str, optional
        Instruments allowed.
    by : datetime.date, optional
        The day by which the chance is asked for.
    suppose : list of str, optional
        Members that are supposed to agree.
    against, unsure : list of str, optional
        Allies that are against a question without a file, or unsure.
    package, exact : bool, default False
        Also pack the further issues, and prove the package to be the best.
    score : bool, default False
        Score a spreadsheet's outcomes.
    to : pathlib.Path, optional
        Where a spreadsheet's rows are written.
    group, scale : str, optional
        The column by which issues belong together, and the ends of the scale of positions.
    chart : pathlib.Path, optional
        Where a chart is written.
    chart_kind : str, optional
        Which chart: positions or seats.
    list_decisions : bool, default False
        List what comes with foedus.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.charts import check_chart
    from foedus.decisions.result import Decision
    from foedus.decisions.rules import kind_of, rule_of

    if list_decisions:
        _list(json_output)
        return
    check_chart(chart, chart_kind, Decision)
    named, about = rule_of(rule or "", "--rule"), kind_of(kind or "", "--kind")
    told = (issue, tuple(member or ()), reversion, proposal, named, quota, about, allow, by)
    words = QuestionWords(*told, *(tuple(names or ()) for names in (suppose, against, unsure)))
    options = SheetOptions(named or "consensus", scale, group, score, to, package, exact)
    printing = Printing(_enough(draws), seed, chart, chart_kind, json_output)
    _answer(file, words, options, printing)


def _answer(file: str | None, words: QuestionWords, options: SheetOptions, printing: Printing) -> None:
    """Answer a spreadsheet, or one question."""
    if file is not None and is_spreadsheet(file):
        _spreadsheet(file, words, options, printing)
        return
    options.refuse_elsewhere()
    _decision(_question(file, words), words, options, printing)


def _enough(draws: int) -> int:
    """Return the number of draws, refusing one that says nothing."""
    if draws < FEWEST_DRAWS:
        raise InputError(f"{draws} draws say nothing", where="--draws", do=f"give {FEWEST_DRAWS} or more")
    return draws


def _list(json_output: bool) -> None:
    """List what comes with foedus."""
    from foedus.cli.decide_text import list_text
    from foedus.cli.output import emit
    from foedus.decisions.shipped import list_decisions

    shipped = list_decisions()
    emit(shipped.payload(), list_text(shipped), json_output)


def _question(file: str | None, words: QuestionWords) -> DecisionFile:
    """Return the question of a file, or that of the command's words."""
    from foedus.decisions.parse import asked_decision, narrowed, one_question

    def build() -> DecisionFile:
        if words.picks:
            return _picked(words)
        return asked_decision(
            words.issue or "",
            words.members,
            reversion=0.0 if words.reversion is None else words.reversion,
            proposal=100.0 if words.proposal is None else words.proposal,
            rule=words.rule or "consensus",
            allow=words.allow,
            quota=words.quota,
            kind=words.kind,
        )

    for option, value in words.of_a_question().items():
        if file is not None and words.issue is None and value is not None and option != "allow":
            raise InputError(
                "the option goes with --issue or a spreadsheet",
                where=f"--{option}",
                do="write it in the file",
            )
    content = one_question(file, issue=words.issue, build=build)
    return words.by_its_day(content if words.issue is not None else narrowed(content, words.allow))


def _picked(words: QuestionWords) -> DecisionFile:
    """Return the question of allies that were picked."""
    from foedus.decisions.picked import picked_decision

    if words.members or words.reversion is not None or words.proposal is not None:
        raise InputError(
            "allies are picked or given as members",
            where="--against",
            do="leave --member, --reversion and --proposal out",
        )
    return picked_decision(
        words.issue or "",
        against=words.against,
        unsure=words.unsure,
        kind=words.kind,
        rule=words.rule or "consensus",
    )


def _spreadsheet(name: str, words: QuestionWords, options: SheetOptions, printing: Printing) -> None:
    """Answer a spreadsheet: as a question where it is one, else issue by issue."""
    from foedus.cli.decide_sheet import answer_spreadsheet, question_of
    from foedus.cli.output import emit

    if words.issue is not None or words.members:
        raise InputError(
            "one question is needed",
            where="foedus decide",
            do="give a spreadsheet, or --issue with --member",
        )
    listed = None if words.allow is None else [i.strip() for i in words.allow.split(",") if i.strip()]
    asked = {**words.of_a_question(), "instruments": listed}
    given = {key: value for key, value in asked.items() if value is not None and key not in {"rule", "allow"}}
    sheet, content = question_of(name, options, **given)
    if content is not None:
        _decision(words.by_its_day(content), words, replace(options, package=False, exact=False), printing)
        return
    if words.suppose:
        raise InputError(
            "agreement is supposed on one question", where="--suppose", do="give a file of one issue"
        )
    if printing.chart is not None:
        raise InputError(
            "there is a chart of one issue with a reversion only",
            where="--chart",
            do="leave the option out, or give such a file",
        )
    payload, text = answer_spreadsheet(sheet, options)
    emit(payload, text, printing.json_output)


def _decision(content: DecisionFile, words: QuestionWords, options: SheetOptions, printing: Printing) -> None:
    """Answer one question."""
    from foedus.cli.charts import draw
    from foedus.cli.output import emit
    from foedus.decisions.decide import decide
    from foedus.decisions.packages import package_of

    answer = decide(content, draws=printing.draws, seed=printing.seed, suppose=words.suppose)
    packed = package_of(content, exact=options.exact) if options.package or options.exact else None
    payload = answer.payload() | ({} if packed is None else {"package": packed.payload()})
    emit(payload, "" if printing.json_output else _text(answer, packed), printing.json_output)
    draw(printing.chart, printing.chart_kind, answer)


def _text(answer: Decision, packed: Package | None) -> str:
    """Write an answer, and its package where that was asked for."""
    from foedus.cli.decide_text import decision_text, package_text

    return "\n\n".join([decision_text(answer), *([] if packed is None else [package_text(packed)])])
