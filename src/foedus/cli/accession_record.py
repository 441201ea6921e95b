"""How ``foedus accession --record`` and ``--hindcast`` write their answers for people."""

from __future__ import annotations

from foedus.accession.hindcast import AccessionHindcast
from foedus.accession.recorded import AccessionRecord
from foedus.cli.output import lay_out

__all__ = ["hindcast_text", "record_text"]


def record_text(record: AccessionRecord) -> str:
    """Write the ten rounds with every step, and the road of an applicant."""
    parts = {table.name: lay_out(table, title=table.title) for table in record.tables()}
    after = [parts.pop(name) for name in ("road", "partners") if name in parts]
    return "\n\n".join([record.headline(), *parts.values(), *after])


def hindcast_text(hindcast: AccessionHindcast) -> str:
    """Write the scores of forecasts out of sample."""
    held_out, leave_one_out, skill = (lay_out(table, title=table.title) for table in hindcast.tables())
    notes = "\n".join(f"- {line}" for line in hindcast.notes)
    return "\n\n".join([held_out, hindcast.headline(), leave_one_out, skill, notes])
