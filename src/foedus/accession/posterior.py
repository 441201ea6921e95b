"""What the ten rounds taught: posterior draws as packaged, each ally's own pace, and allies as ratifiers.

The draws are written by ``benchmarks/accession_fit.py`` with :mod:`foedus.accession.estimate`. A forecast
reads them here and estimates nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from foedus.accession.forms import RatificationForm
from foedus.accession.parameters import FOLDER
from foedus.accession.ratification import LognormalParameters, Parameters, Ratifiers
from foedus.accession.record import ratification_routes
from foedus.engine.arrays import Array
from foedus.errors import InputError

__all__ = ["at_draws", "packaged_draws", "packaged_pace", "ratifiers_of", "standing"]


FILES: dict[RatificationForm, str] = {"weibull": "ratification", "lognormal": "ratification_lognormal"}
"""The file of the numbers of each form."""

KINDS: dict[RatificationForm, type[Parameters]] = {"weibull": Parameters, "lognormal": LognormalParameters}


@cache
def standing(form: RatificationForm = "weibull") -> Parameters:
    """Return the parameters at the values of a form's file, for an ally without a pace of its own."""
    known = FOLDER.function(FILES[form])
    values = {name: p.by_country(("",))[0] for name, p in known.items()}
    return KINDS[form](**{name: float(v) for name, v in values.items() if isinstance(v, float)})


def at_draws(
    draws: dict[str, Array], count: int | None = None, form: RatificationForm = "weibull"
) -> list[Parameters]:
    """Return posterior draws as parameters.

    Parameters
    ----------
    draws : dict of str to ndarray, (draw,)
        The sampled numbers; the others stand at the values of the parameter file.
    count : int, optional
        How many, taken at even steps; all without it.
    form : {"weibull", "lognormal"}
        The form that they are draws of.

    Returns
    -------
    list of Parameters
        One per draw.
    """
    size = len(next(iter(draws.values())))
    chosen = range(size) if count is None or count >= size else np.linspace(0, size - 1, count).astype(int)
    known = standing(form)
    return [replace(known, **{name: float(values[i]) for name, values in draws.items()}) for i in chosen]


def packaged_draws(count: int | None = None, form: RatificationForm = "weibull") -> list[Parameters]:
    """Return the packaged posterior draws, which rest on all ten rounds.

    Parameters
    ----------
    count : int, optional
        How many, taken at even steps; all without it.
    form : {"weibull", "lognormal"}
        The form.

    Returns
    -------
    list of Parameters
        Draws of equal weight.
    """
    return at_draws(FOLDER.draws(FILES[form]), count, form)


def packaged_pace(form: RatificationForm = "weibull") -> dict[str, float]:
    """Return each named ally's own pace from the file of a form.

    Parameters
    ----------
    form : {"weibull", "lognormal"}
        The form.

    Returns
    -------
    dict of str to float
        On the log hazard, by alpha-3 code.
    """
    value = FOLDER.function(FILES[form])["ally_pace"].value
    pairs = value.items() if isinstance(value, dict) else ()
    return {ally: pace for ally, pace in pairs if ally != "default" and isinstance(pace, float)}


def ratifiers_of(
    allies: Sequence[str],
    *,
    objecting: Sequence[str] = (),
    holders: Sequence[str] = (),
    ally_pace: dict[str, float] | None = None,
    refuses: Mapping[str, float] | None = None,
) -> Ratifiers:
    """Describe allies as ratifiers.

    Parameters
    ----------
    allies : sequence of str
        Alpha-3 codes.
    objecting : sequence of str
        Those with an objection on record that stands at the signature.
    holders : sequence of str
        Those that the question takes for holders.
    ally_pace : dict of str to float, optional
        Each ally's own pace.
    refuses : mapping of str to float, optional
        The chance that an ally which holds never ratifies; zero for those left out, as in the rounds on
        record, which all ended.

    Returns
    -------
    Ratifiers
        One row per ally, in that order.

    Raises
    ------
    InputError
        When an ally's route to a ratification is not recorded.
    """
    routes = ratification_routes()
    for ally in allies:
        if ally not in routes:
            raise InputError(
                f"the route of {ally} to a ratification is not recorded", do="add it to the record"
            )
    pace = ally_pace or {}
    return Ratifiers(
        two_chambers=np.array([float(routes[a] == "two_chambers") for a in allies]),
        objects=np.array([float(a in objecting) for a in allies]),
        holds=np.array([float(a in holders) for a in allies]),
        pace=np.array([pace.get(a, 0.0) for a in allies]),
        refuses=np.array([(refuses or {}).get(a, 0.0) for a in allies]),
    )
