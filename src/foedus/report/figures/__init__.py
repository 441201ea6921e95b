"""The standard charts: one function for each, from a result to an Altair chart.

The command line, the report, the dashboard and notebooks all call these and draw nothing themselves.
"""

from foedus.accession.charts import accession_chart
from foedus.analysis.charts.compare import compare_chart
from foedus.analysis.charts.pledge import pledge_chart
from foedus.decisions.charts import decision_chart
from foedus.evidence.charts import figure_chart
from foedus.plotting.write import chart_svg, write_chart
from foedus.runs.charts.paths import ally_paths_chart, headline_chart, horizon_chart, run_chart
from foedus.runs.charts.skill import skill_chart
from foedus.spending.charts.burden import burden_chart, revision_chart
from foedus.spending.charts.status import counts_chart, map_chart, status_chart

__all__ = [
    "accession_chart",
    "ally_paths_chart",
    "burden_chart",
    "chart_svg",
    "compare_chart",
    "counts_chart",
    "decision_chart",
    "figure_chart",
    "headline_chart",
    "horizon_chart",
    "map_chart",
    "pledge_chart",
    "revision_chart",
    "run_chart",
    "skill_chart",
    "status_chart",
    "write_chart",
]
