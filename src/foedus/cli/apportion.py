"""``foedus apportion``: who would provide what is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import AsOf, Json

if TYPE_CHECKING:
    from foedus.forces.apportionment import Sharing
    from foedus.forces.result import Apportionment

__all__ = ["Cap", "Exclude", "Rule", "Who", "apportion_command", "foot", "named", "sharing_of"]

Rule = Annotated[
    Literal["gdp", "population", "spending", "mix"], Parameter(help="By what; mix is the mean of the three.")
]
Who = Annotated[
    Literal["allies", "europe", "europe-canada"] | None,
    Parameter(help="Among whom; without it, those that the requirement names."),
]
Cap = Annotated[float, Parameter(help="The greatest part of any class that one ally may have, a fraction.")]
Exclude = Annotated[
    list[str] | None,
    Parameter(consume_multiple=True, negative=(), help="Allies that take no part, by name or code."),
]
Whole = Annotated[
    list[str] | None,
    Parameter(consume_multiple=True, negative=(), help="Classes to share in whole units, such as brigades."),
]
Bounds = Annotated[
    list[str] | None,
    Parameter(consume_multiple=True, negative=(), help="Bounds as ALLY:CLASS=NUMBER; several may follow."),
]
Named = Annotated[str | None, Parameter(help="A shipped requirement, or the path of a file.")]
Flag = Parameter(negative=())


def apportion_command(
    requirement: Named = None,
    *,
    rule: Rule = "gdp",
    who: Who = None,
    cap: Cap = 0.5,
    exclude: Exclude = None,
    whole: Whole = None,
    divisible: Annotated[bool, Flag] = False,
    at_least: Bounds = None,
    at_most: Bounds = None,
    within_holdings: Annotated[bool, Flag] = False,
    year: Annotated[int | None, Parameter(help="The year of GDP, population and spending.")] = None,
    all_rules: Annotated[bool, Flag] = False,
    listed: Annotated[bool, Parameter(name="--list", negative=())] = False,
    as_of: AsOf = None,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Share a requirement among allies by a rule; nobody has been asked for the parts.

    Parameters
    ----------
    requirement : str, optional
        A shipped requirement, or the path of a file.
    rule : {"gdp", "population", "spending", "mix"}
        By what.
    who : {"allies", "europe", "europe-canada"}, optional
        Among whom.
    cap : float, default 0.5
        The greatest part of any class that one ally may have.
    exclude, whole : list of str, optional
        Allies that take no part; classes in whole units.
    divisible : bool, default False
        Share every class to fractions, without rounding.
    at_least, at_most : list of str, optional
        Bounds.
    within_holdings : bool, default False
        Nobody provides more than it holds by the imported tables.
    year : int, optional
        The year of the figures.
    all_rules : bool, default False
        Print the parts under every rule side by side.
    listed : bool, default False
        List the requirements that come with foedus.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    chart : pathlib.Path, optional
        Also draw the result.
    chart_kind : str, optional
        Which chart.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.forces.apportionment import apportion
    from foedus.forces.result import Apportionment

    if listed:
        _list(json_output)
        return
    texts = {"exclude": exclude, "whole": whole, "at_least": at_least, "at_most": at_most}
    sharing = sharing_of(
        texts, rule=rule, who=who, cap=cap, divisible=divisible, within_holdings=within_holdings, year=year
    )
    check_chart(chart, chart_kind, Apportionment)
    result = apportion(named(requirement), sharing, as_of=as_of)
    emit(result.payload(), "" if json_output else _text(result, all_rules), json_output)
    draw(chart, chart_kind, result)


def named(requirement: str | None) -> str:
    """Return the requirement that was named, or say which there are."""
    from foedus.errors import InputError
    from foedus.forces.requirement import shipped_requirements

    if requirement is None:
        raise InputError("no requirement was named", do=f"name one of {', '.join(shipped_requirements())}")
    return requirement


def sharing_of(texts: Mapping[str, list[str] | None], **given: Any) -> Sharing:
    """Return how a requirement is to be shared, from the options that are lists of text and the others."""
    from foedus.forces.apportionment import Sharing
    from foedus.forces.bounds import parse_bounds

    return Sharing(
        exclude=tuple(texts.get("exclude") or ()),
        whole=tuple(texts.get("whole") or ()),
        at_least=parse_bounds(texts.get("at_least") or (), where="--at-least"),
        at_most=parse_bounds(texts.get("at_most") or (), where="--at-most"),
        **given,
    )


def _list(json_output: bool) -> None:
    """Print the requirements that come with foedus."""
    from foedus.cli.output import emit, table
    from foedus.forces.requirement import find_requirement, shipped_requirements

    needs = [find_requirement(name) for name in shipped_requirements()]
    rows = [(need.name, need.headed, need.known, ", ".join(need.required())) for need in needs]
    text = table(["Requirement", "Title", "Known", "Classes"], rows)
    emit({"requirements": needs}, text, json_output)


def _text(result: Apportionment, all_rules: bool) -> str:
    """Write an apportionment for people."""
    from foedus.cli.output import lay_out
    from foedus.forces.words import UNFAIRNESS
    from foedus.units import billions, per_cent

    parts = [result.headline()]
    shown = [t for t in result.tables() if t.name != "rules" or all_rules]
    parts += [lay_out(content, title=content.title) for content in shown]
    if result.money and result.unfairness is not None:
        parts.append(
            f"The whole is USD {billions(result.money, 0)} bn at the prices on record, of which USD "
            f"{billions(result.money_assumed, 0)} bn rest on assumed prices. {UNFAIRNESS}: "
            f"{per_cent(result.unfairness, 1)}; the least that the bounds allow is "
            f"{per_cent(result.least_unfairness, 1)}."
        )
    if not all_rules:
        parts.append("Add --all-rules to see the parts under every rule: the spread is the answer's honesty.")
    return "\n\n".join([*parts, foot(result.notes, result)])


def foot(notes: Sequence[str], result: Apportionment) -> str:
    """Write notes and sources."""
    lines = "\n".join(f"- {line}" for line in dict.fromkeys(notes))
    return f"Notes\n{lines}\nSource: {', '.join((*result.editions, *result.cards))}."
