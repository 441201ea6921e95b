"""Questions about decisions of the members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.decisions.result import Decision
    from foedus.decisions.sheet_answer import SheetAnswer

__all__ = ["decide"]


@public
def decide(
    file: str | Path | None = None,
    *,
    issue: str | None = None,
    member: str | Sequence[str] = (),
    reversion: float | None = None,
    proposal: float | None = None,
    rule: str | None = None,
    quota: float | None = None,
    kind: str | None = None,
    allow: str | Sequence[str] = (),
    by: date | str | None = None,
    suppose: str | Sequence[str] = (),
    against: str | Sequence[str] = (),
    unsure: str | Sequence[str] = (),
    group: str | None = None,
    scale: str | None = None,
    draws: int = 10_000,
    seed: int = 1,
) -> Decision | SheetAnswer:
    """Return what can pass, who objects, and what a broker can offer.

    Parameters
    ----------
    file : str or pathlib.Path, optional
        A decision that comes with foedus, the path of a decision file, or of a spreadsheet of positions.
    issue : str, optional
        The question, asked without a file.
    member : str or sequence of str
        With an issue, members as ``NAMES=POSITION,SALIENCE[,INFLUENCE]``, one text a group.
    reversion, proposal : float, optional
        What holds without a decision, and what is tabled.
    rule : str, optional
        How members decide: consensus, unanimity, qualified_majority or majority.
    quota : float, optional
        Under a qualified majority, the share of votes needed.
    kind : str, optional
        What the question is about: text, person, invitation, operation or money.
    allow : str or sequence of str
        The instruments allowed, or "none".
    by : datetime.date or str, optional
        The day by which the chance is asked for.
    suppose : str or sequence of str
        Members that are supposed to agree.
    against, unsure : str or sequence of str
        With an issue, allies that are against it or unsure; all others are for it.
    group, scale : str, optional
        With a spreadsheet, the heading of the column by which issues belong together, and the ends of the
        scale of positions as "1,10".
    draws : int, default 10,000
        How many draws, 100 or more.
    seed : int, default 1
        Seed of the random draws.

    Returns
    -------
    Decision or SheetAnswer
        The answer to one question; of a spreadsheet with several issues, or without a reversion, the simple
        concepts by issue.

    Raises
    ------
    InputError
        When an argument cannot be used, or not one question is asked.

    Examples
    --------
    >>> import foedus
    >>> foedus.decide("successor-2023", draws=200).rule
    'consensus'
    """
    from foedus.decisions.asked import answer_of
    from foedus.decisions.question import SheetQuestion

    question = ask(
        SheetQuestion,
        file=file,
        issue=issue,
        member=member,
        reversion=reversion,
        proposal=proposal,
        rule=rule,
        quota=quota,
        kind=kind,
        allow=allow,
        by=by,
        suppose=suppose,
        against=against,
        unsure=unsure,
        group=group,
        scale=scale,
        draws=draws,
        seed=seed,
    )
    return answer_of(question)
