"""``foedus cite``: how foedus, an edition, a figure or a run is cited."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from foedus.cli.asking import question_command
from foedus.cli.options import Json
from foedus.report.cite_question import CiteQuestion
from foedus.report.citing import Form

__all__ = ["cite_command"]


@question_command(CiteQuestion)
def cite_command(
    question: CiteQuestion,
    *,
    form: Annotated[
        Form, Parameter(name="--as", help="A text with its references, BibTeX, or CSL-JSON.")
    ] = "text",
    json_output: Json = False,
) -> None:
    """Print the citation: foedus, the editions used, and the day."""
    from foedus.cli.output import emit
    from foedus.report.citing import cited

    result = cited(question)
    emit(result.payload(), result.written(form), json_output)
