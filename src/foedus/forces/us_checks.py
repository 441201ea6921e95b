"""Named checks on counts of US forces abroad: hosts and periods that stand twice in a compilation.

A host that goes by two names in the sources of a compilation has been added to itself: then every count of
every service is even, in every period. By chance that is one in two for each count. A whole period that has
been added to itself stands at about twice the periods beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from foedus.evidence.checks import CheckResult
from foedus.rounding import written

__all__ = ["LEAST_COUNTS", "LIFTED", "doubled_hosts", "doubled_periods"]

LEAST_COUNTS = 20
"""How many counts must all be even before a host is called doubled: by chance, once in a million."""

LIFTED = 1.5
"""How many times the mean of the periods beside it a doubled period is at least."""


def doubled_hosts(counts: Mapping[str, Sequence[int]]) -> CheckResult:
    """Check that no host has been added to itself.

    Parameters
    ----------
    counts : mapping of str to sequence of int
        By host, its counts of single services in every period; zeros say nothing.

    Returns
    -------
    CheckResult
        A warning; its rows name the hosts whose counts are all even, to be halved.
    """
    rows = []
    for host, values in sorted(counts.items()):
        known = [value for value in values if value]
        if len(known) >= LEAST_COUNTS and all(value % 2 == 0 for value in known):
            rows.append({"country": host, "year": "", "reason": f"all {len(known)} counts are even; halved"})
    named = ", ".join(str(row["country"]) for row in rows)
    message = f"{named} stand twice and are halved" if rows else "no host stands twice"
    return CheckResult("doubled_hosts", not rows, "warning", message, tuple(rows))


def doubled_periods(totals: Mapping[str, float]) -> CheckResult:
    """Check that no whole period has been added to itself.

    Parameters
    ----------
    totals : mapping of str to float
        By period in order of time, all persons in all hosts.

    Returns
    -------
    CheckResult
        A warning; its rows name the periods that stand at more than :data:`LIFTED` times the mean of the
        nearest periods that do not, to be left out.
    """
    periods = [period for period, total in totals.items() if total > 0]
    rows = []
    for i, period in enumerate(periods):
        beside = [totals[periods[j]] for j in (i - 1, i + 1) if 0 <= j < len(periods)]
        if len(beside) == 2 and totals[period] > LIFTED * fmean(beside):
            ratio = totals[period] / fmean(beside)
            reason = f"{written(ratio, 2)} times the periods beside it; left out"
            rows.append({"country": "", "year": period, "reason": reason})
    named = ", ".join(str(row["year"]) for row in rows)
    message = f"{named} stand twice and are left out" if rows else "no period stands twice"
    return CheckResult("doubled_periods", not rows, "warning", message, tuple(rows))
