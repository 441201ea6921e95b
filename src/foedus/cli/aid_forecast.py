"""``foedus aid --forecast``: what donors may allocate in the months ahead."""

from __future__ import annotations

from foedus.aid.forecast import AidForecast

__all__ = ["forecast_text"]


def forecast_text(result: AidForecast) -> str:
    """Write a forecast for people.

    Parameters
    ----------
    result : AidForecast
        The forecast.

    Returns
    -------
    str
        Sentence, tables, what stands beside, and the source.
    """
    from foedus.cli.output import lay_out

    answer = result.answer()
    tables = [lay_out(table, title=table.title) for table in result.tables()]
    return "\n\n".join([answer.sentence(), *tables, "\n".join(answer.beside), f"Source: {result.source}."])
