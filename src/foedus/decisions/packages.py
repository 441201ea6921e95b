"""Packages: settle several issues together, so that who loses on one gains on another.

**Claim.** A package is acceptable when no member is worse off over all issues together than without any
decision, its gains weighted by how much it cares. For every issue a draft is chosen, and where an issue
allows it a few members may be left out of it, so that they neither lose nor gain by it. Among the
acceptable packages the one with the greatest aim is found as a mixed-integer linear programme.

**Aims.** ``weighted``: the sum of gains, each with the member's influence. ``egalitarian``: the smallest
gain. ``kalai_smorodinsky``: the smallest gain over the most the member could gain. ``nash``: the product of
gains, through tangents of its logarithm.

**Leaves out.** Doubt about positions (the middle of each band is used), trust that all parts of a package
will be kept, and side payments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.models.unanimity import acceptable_set, loss, project
from foedus.decisions.models.voting import weighted_median
from foedus.decisions.schema import DecisionFile, member_name
from foedus.engine.arrays import Array
from foedus.errors import InputError, NoSolutionError
from foedus.results import Result

if TYPE_CHECKING:
    from linopy import Model

    from foedus.tables import Table

__all__ = ["AIMS", "Agenda", "Aim", "Package", "agenda", "package_of", "solve_package"]

Aim = Literal["weighted", "egalitarian", "kalai_smorodinsky", "nash"]
AIMS: tuple[Aim, ...] = ("weighted", "egalitarian", "kalai_smorodinsky", "nash")
"""What a package may be chosen for."""

GAP = 1e-3
"""How near to the optimum, as a share of it, a solution must be proved to lie."""

OPT_OUT_PRICE = 1e-4
"""Taken from the aim for every member left out, so that nobody is without need."""

TANGENTS = np.geomspace(1e-3, 10.0, 24)
"""Where the logarithm of a gain is touched by its tangents."""


@dataclass(frozen=True)
class Agenda:
    """Issues and members as arrays.

    Attributes
    ----------
    issues, members : tuple of str
        Their names.
    reversion : ndarray, (issue,)
        What holds without a decision.
    position, salience : ndarray, (issue, member)
        Points of the scale, and fractions.
    influence : ndarray, (member,)
        In any one unit.
    opt_out : ndarray of bool, (issue,)
        Whether members may be left out.
    most_opt_outs : int
        How many members at most, for each issue.
    """

    issues: tuple[str, ...]
    members: tuple[str, ...]
    reversion: Array
    position: Array
    salience: Array
    influence: Array
    opt_out: NDArray[np.bool_]
    most_opt_outs: int = 3


@dataclass(frozen=True)
class Package(Result):
    """The best package.

    Attributes
    ----------
    aim : str
        What it was chosen for.
    issues : tuple of str
        The issues.
    reversions, alone, drafts : tuple of float
        For each issue what holds without a decision, what all accept for it by itself, and the package's
        draft.
    opt_outs : tuple of tuple of str
        For each issue who is left out of it.
    gains : dict of str to float
        Each member's gain over all issues: salience × points over 100.
    least_gain : float
        The smallest of them.
    value : float
        The aim's value.
    """

    aim: Aim
    issues: tuple[str, ...]
    reversions: tuple[float, ...]
    alone: tuple[float, ...]
    drafts: tuple[float, ...]
    opt_outs: tuple[tuple[str, ...], ...]
    gains: dict[str, float]
    least_gain: float
    value: float

    def headline(self) -> str:
        """Return what the package leaves the member that gains least."""
        return f"The least gain of a member is {self.least_gain:.2f} ({self.aim})."

    def tables(self) -> tuple[Table, ...]:
        """Return the drafts by issue."""
        from foedus.decisions.tables import package_table

        return (package_table(self),)


def agenda(file: DecisionFile) -> Agenda:
    """Take the question of a decision file and its further issues as one agenda.

    Parameters
    ----------
    file : DecisionFile
        With at least one further issue.

    Returns
    -------
    Agenda
        The middle of every band.

    Raises
    ------
    InputError
        When there is nothing to pack.
    """
    if not file.issues or file.reversion is None:
        raise InputError(
            "a package needs a reversion and at least one further issue",
            where="issues",
            do="add them to the file",
        )
    names = file.names
    index = {name: i for i, name in enumerate(names)}
    rows = [(member_name(n), g) for g in file.members for n in g.who]
    position = np.zeros((1 + len(file.issues), len(names)))
    salience = np.zeros_like(position)
    for i, (_, group) in enumerate(rows):
        position[0, i], salience[0, i] = group.position.middle, group.salience.middle
    for j, issue in enumerate(file.issues, start=1):
        position[j] = issue.reversion
        for stance in issue.members:
            for name in stance.who:
                i = index[member_name(name)]
                position[j, i], salience[j, i] = stance.position.middle, stance.salience.middle
    return Agenda(
        issues=(file.title, *(i.name for i in file.issues)),
        members=tuple(names),
        reversion=np.array([file.reversion, *(i.reversion for i in file.issues)]),
        position=position,
        salience=salience,
        influence=np.array([file.influence_of(n, g).middle for n, g in rows]),
        opt_out=np.array(["opt_out" in file.instruments, *(i.opt_out for i in file.issues)]),
    )


def package_of(file: DecisionFile, aim: Aim = "weighted") -> Package:
    """Return the best package of a decision file.

    Parameters
    ----------
    file : DecisionFile
        With further issues.
    aim : {"weighted", "egalitarian", "kalai_smorodinsky", "nash"}
        What it is chosen for.

    Returns
    -------
    Package
        The optimum.

    Raises
    ------
    InputError
        When there is nothing to pack, or the solver is not installed.
    NoSolutionError
        When no package has what the aim asks.
    """
    return solve_package(agenda(file), aim)


def _gain(asked: Agenda, drafts: Array) -> Array:
    """Return every member's gain on every issue, (issue, member)."""
    worse = loss(asked.position, drafts[:, None], asked.reversion[:, None])
    return np.asarray(-worse * asked.salience / 100.0)


def _alone(asked: Agenda) -> Array:
    """Return for each issue the draft with the greatest weighted gain that leaves nobody worse off.

    The weighted gain is concave, so the best acceptable draft is the one nearest to where it is greatest:
    the median by influence × salience.
    """
    weight = asked.salience * asked.influence
    cares = np.where(weight > 0, weight, 0.0)
    low, high = zip(
        *(
            acceptable_set(p[None], c[None], float(r))
            for p, c, r in zip(asked.position, cares, asked.reversion, strict=True)
        ),
        strict=True,
    )
    interval = np.concatenate(low), np.concatenate(high)
    some = cares.sum(1) > 0
    median = weighted_median(asked.position, np.where(some[:, None], cares, 1.0))
    middle = np.where(some, median, asked.reversion)
    return np.where(some, project(middle, interval), asked.reversion)


def solve_package(asked: Agenda, aim: Aim = "weighted") -> Package:
    """Find the best package of an agenda.

    Parameters
    ----------
    asked : Agenda
        Issues and members.
    aim : {"weighted", "egalitarian", "kalai_smorodinsky", "nash"}
        What it is chosen for.

    Returns
    -------
    Package
        The optimum.

    Raises
    ------
    InputError
        When the aim is not one of them, or the solver is not installed.
    NoSolutionError
        When no package has what the aim asks, as a product of gains where a member can gain nothing.
    """
    if aim not in AIMS:
        raise InputError(f"{aim!r} is not an aim", do=f"use one of {', '.join(AIMS)}")
    try:
        import linopy
    except ImportError as error:
        raise InputError(
            "packages need the solver", where="foedus decide --package", do="install foedus[optimise]"
        ) from error
    model = linopy.Model()
    total = _package(model, asked)
    _aim(model, asked, total, aim)
    status = model.solve(
        solver_name="highs", progress=False, log_to_console=False, output_flag=False, mip_rel_gap=GAP
    )
    if status[1] != "optimal":
        raise NoSolutionError(
            f"no package was found ({status[1]})",
            where=f"the aim {aim}",
            do="take the aim weighted, or leave out members that can gain nothing",
        )
    return _read(model, asked, aim)


def _array(values: Any, *dims: str) -> Any:
    """Label an array for the solver's library."""
    import xarray as xr

    return xr.DataArray(values, dims=dims)


def _package(model: Model, asked: Agenda) -> Any:
    """State which packages there are and that nobody loses; give every member's total gain.

    A gain is concave in the draft, ``g <= s (|r - p| -+ (x - p))``, so that drafts need no whole numbers;
    only who is left out does.
    """
    shape = (len(asked.issues), len(asked.members))
    salience = asked.salience / 100.0
    best = salience * np.abs(asked.reversion[:, None] - asked.position)
    worst = salience * np.maximum(asked.position, 100.0 - asked.position) - best
    draft = model.add_variables(lower=0.0, upper=100.0, coords=_coords(shape[:1], "issue"), name="draft")
    gain = model.add_variables(upper=_array(best, "issue", "member"), name="gain")
    relief: Any = 0.0
    if asked.opt_out.any():
        out = model.add_variables(binary=True, coords=_coords(shape, "issue", "member"), name="out")
        harmed = (worst > 1e-9) & asked.opt_out[:, None]
        model.add_constraints(out <= _array(harmed.astype(float), "issue", "member"), name="may_be_out")
        model.add_constraints(out.sum("member") <= asked.most_opt_outs, name="few_out")
        # Left out, a member neither loses nor gains.
        model.add_constraints(gain + out * _array(best, "issue", "member") <= _array(best, "issue", "member"))
        relief = out * _array(np.maximum(worst, 0.0) + 0.0, "issue", "member")
    for sign, name in ((1.0, "above"), (-1.0, "below")):
        slope = draft * _array(sign * salience, "issue", "member")
        limit = _array(best + sign * salience * asked.position, "issue", "member")
        model.add_constraints(gain + slope - relief <= limit, name=name)
    total = gain.sum("issue")
    model.add_constraints(total >= 0, name="nobody_loses")
    return total


def _coords(shape: tuple[int, ...], *dims: str) -> list[Any]:
    """Return the axes of a variable."""
    import xarray as xr

    return [xr.DataArray(np.arange(n), dims=[d], name=d).to_index() for n, d in zip(shape, dims, strict=True)]


def _aim(model: Model, asked: Agenda, total: Any, aim: Aim) -> None:
    """State what is sought."""
    price = model.variables["out"].sum() * OPT_OUT_PRICE if "out" in model.variables else 0.0
    share = asked.influence / asked.influence.sum()
    if aim == "weighted":
        model.add_objective((total * _array(share, "member")).sum() - price, sense="max")
        return
    if aim == "nash":
        log = model.add_variables(coords=_coords((len(asked.members),), "member"), name="log")
        for n, at in enumerate(TANGENTS):
            model.add_constraints(log - total * (1.0 / at) <= np.log(at) - 1.0, name=f"tangent{n}")
        model.add_constraints(total >= TANGENTS[0], name="all_gain")
        model.add_objective((log * _array(share, "member")).sum() - price, sense="max")
        return
    least = model.add_variables(name="least")
    best = (asked.salience * np.abs(asked.reversion[:, None] - asked.position) / 100.0).sum(0)
    most = best if aim == "kalai_smorodinsky" else np.ones(len(asked.members))
    able = np.flatnonzero(most > 1e-9)
    model.add_constraints(
        total.isel(member=able) - least * _array(most[able], "member") >= 0, name="least_gain"
    )  # Among the packages with the greatest least gain, the one with the greater sum.
    model.add_objective(least + 1e-3 * (total * _array(share, "member")).sum() - price, sense="max")


def _read(model: Model, asked: Agenda, aim: Aim) -> Package:
    """Read the solution and compute every gain anew from it."""
    drafts = np.asarray(model.variables["draft"].solution)
    gains = _gain(asked, drafts)
    outs: list[tuple[str, ...]] = [() for _ in asked.issues]
    if "out" in model.variables:
        left = np.asarray(model.variables["out"].solution) > 0.5
        gains[left] = 0.0
        outs = [tuple(n for n, gone in zip(asked.members, row, strict=True) if gone) for row in left]
    total = gains.sum(0)
    return Package(
        aim=aim,
        issues=asked.issues,
        reversions=tuple(float(r) for r in asked.reversion),
        alone=tuple(float(d) for d in _alone(asked)),
        drafts=tuple(float(d) for d in drafts),
        opt_outs=tuple(outs),
        gains={name: float(g) for name, g in zip(asked.members, total, strict=True)},
        least_gain=float(total.min()),
        value=float(np.asarray(model.objective.value)),
    )
