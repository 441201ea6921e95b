"""What stands behind a number on a page: where "What drives this?" and "Where is this from?" lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foedus.dashboard.addresses import query_of

__all__ = ["RunNumber"]


@dataclass(frozen=True)
class RunNumber:
    """A number of a scenario's run, as the page on what drives it is asked for.

    Attributes
    ----------
    measure : str
        Its catalogue name.
    scenario : str
        A shipped scenario.
    ally : str
        The alpha-3 code of an ally; empty for a measure of the alliance.
    year : int or None
        The year; None for the scenario's last.
    as_of : datetime.date or None
        The day whose knowledge it uses; None for today.
    changes : sequence of str
        Keys with other values, as the address has them.
    asks : str
        The words of the link; another number than the headline's is named there.
    is_headline : bool
        Whether it is the headline's number; where that is a figure, its sources are the page's own.
    """

    measure: str
    scenario: str = "baseline"
    ally: str = ""
    year: int | None = None
    as_of: date | None = None
    changes: Sequence[str] = ()
    asks: str = "What drives this?"
    is_headline: bool = True

    @property
    def drives(self) -> str:
        """The address that says what drives it."""
        return f"drivers?{self._query()}"

    @property
    def comes(self) -> str:
        """The address that says where it is from."""
        return f"drivers?{self._query(chart='tree')}"

    def _query(self, **more: str) -> str:
        """Return the address's query without what it has of itself."""
        values = {
            "measure": self.measure,
            "scenario": self.scenario if self.scenario != "baseline" else None,
            "ally": self.ally or None,
            "year": self.year,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "set": list(self.changes) or None,
            **more,
        }
        return query_of({name: value for name, value in values.items() if value is not None})
