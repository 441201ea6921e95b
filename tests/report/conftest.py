"""One small run and one result of every kind, for the tests of charts and pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from foedus.answers.figures import ask_figures
from foedus.evidence import Ledger
from foedus.measures.accession import accession
from foedus.measures.burden import burden
from foedus.measures.compare import compare
from foedus.measures.decide import decide
from foedus.measures.pledge import pledge
from foedus.measures.revision import revision
from foedus.measures.status import status
from foedus.runs import Run, run
from foedus.scenario.find_decision import find_decision

DAY = date(2026, 11, 1)
DRAWS = 60


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Give a small run of the baseline."""
    return run("baseline", draws=DRAWS, as_of=DAY, out=tmp_path_factory.mktemp("report") / "run")


@pytest.fixture(scope="session")
def results(made: Run) -> dict[str, Any]:
    """Give one result for each class that has charts."""
    found = [
        status(year=2024, as_of=DAY),
        ask_figures("defence_expenditure_share_of_gdp", year="2024", all_editions=True, as_of=DAY),
        made,
        pledge(as_of=DAY, draws=DRAWS),
        burden(Ledger.packaged(), year=2024),
        revision(Ledger.packaged(), year=2024, edition="nato-2024-06"),
        compare("baseline", "hague-five-years-late", draws=DRAWS, as_of=DAY),
        accession("UKR", as_of=DAY),
        decide(find_decision("defence-pledge-2014"), draws=DRAWS),
    ]
    return {type(result).__name__: result for result in found}
