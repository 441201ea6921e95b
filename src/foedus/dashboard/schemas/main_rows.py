"""Where the rows of each answer stand that are its main table, as CSV and Arrow have it."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["MAIN_ROWS"]

MAIN_ROWS: Mapping[str, str] = {
    "accession": "allies",
    "aid": "donors",
    "aid-forecast": "rows",
    "apportion": "rows",
    "attribution": "verdicts",
    "burden": "rows",
    "buys": "rows",
    "check": "claims",
    "compare": "differences*",
    "compare-many": "scenarios",
    "countries": "countries",
    "country": "by_edition",
    "decide": "holdouts",
    "decisions": "decisions",
    "deter": "rows",
    "deter-game": "played.rows",
    "discover": "boxes",
    "editions": "editions",
    "explain": "parts",
    "figure": "figures",
    "figures": "figures",
    "gap": "rows",
    "indicators": "indicators",
    "pledge": "rows",
    "reinforcement": "rows",
    "reliability": "counts",
    "run": "measures*",
    "scenarios": "scenarios",
    "scorecard": "rows",
    "sensitivity": "targets.shocks",
    "sources": "sources",
    "spiral": "paths",
    "status": "rows",
    "sustain": "rows",
    "words": "words",
}
"""By address, as :func:`foedus.dashboard.formats.main_rows` reads it; what is not here has no table."""
