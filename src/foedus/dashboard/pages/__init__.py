"""The pages, one module each, in the order of the menu, and the addresses of the API."""

from __future__ import annotations

from foedus.dashboard.pages.accession import ACCESSION_PAGE, ACCESSION_ROUTE
from foedus.dashboard.pages.aid import AID_FORECAST_ROUTE, AID_PAGE, AID_ROUTE
from foedus.dashboard.pages.article import ARTICLE_PAGE, CHECK_ROUTE
from foedus.dashboard.pages.burden import BURDEN_PAGE, BURDEN_ROUTE
from foedus.dashboard.pages.buys import BUYS_PAGE, BUYS_ROUTE
from foedus.dashboard.pages.causes import CAUSES_PAGE, CAUSES_ROUTE
from foedus.dashboard.pages.country import COUNTRY_PAGE, COUNTRY_ROUTE
from foedus.dashboard.pages.decide import DECIDE_PAGE, DECIDE_ROUTE
from foedus.dashboard.pages.drivers import DRIVERS_PAGE
from foedus.dashboard.pages.explain_api import EXPLAIN_ROUTE
from foedus.dashboard.pages.figures import FIGURE_ROUTE, FIGURES_PAGE
from foedus.dashboard.pages.forces import APPORTION_ROUTE, FORCES_PAGE, GAP_ROUTE
from foedus.dashboard.pages.front import FRONT_PAGE
from foedus.dashboard.pages.guarantee import DETER_ROUTE, GAME_ROUTE
from foedus.dashboard.pages.guarantee_api import RELIABILITY_ROUTE, SPIRAL_ROUTE
from foedus.dashboard.pages.guarantee_page import GUARANTEE_PAGE
from foedus.dashboard.pages.many_api import DISCOVER_ROUTE, MANY_ROUTE
from foedus.dashboard.pages.pledge import PLEDGE_PAGE, PLEDGE_ROUTE
from foedus.dashboard.pages.reinforcement import REINFORCEMENT_PAGE, REINFORCEMENT_ROUTE
from foedus.dashboard.pages.scenarios_api import COMPARE_ROUTE, RUN_ROUTE
from foedus.dashboard.pages.scorecard import SCORECARD_PAGE, SCORECARD_ROUTE
from foedus.dashboard.pages.sensitivity_api import SENSITIVITY_ROUTE
from foedus.dashboard.pages.sources import SOURCES_PAGE, SOURCES_ROUTE
from foedus.dashboard.pages.status import STATUS_PAGE, STATUS_ROUTE
from foedus.dashboard.pages.sustain import SUSTAIN_PAGE, SUSTAIN_ROUTE
from foedus.dashboard.pages.what_if import WHAT_IF_PAGE
from foedus.dashboard.pages.words import HOW_PAGE, LIMITS_PAGE, TEACH_PAGE, WORDS_PAGE, WORDS_ROUTE
from foedus.dashboard.views import Page, Route

__all__ = ["PAGES", "ROUTES"]

PAGES: tuple[Page, ...] = (
    FRONT_PAGE,
    STATUS_PAGE,
    WHAT_IF_PAGE,
    PLEDGE_PAGE,
    BUYS_PAGE,
    DRIVERS_PAGE,
    BURDEN_PAGE,
    FORCES_PAGE,
    COUNTRY_PAGE,
    SCORECARD_PAGE,
    DECIDE_PAGE,
    ACCESSION_PAGE,
    REINFORCEMENT_PAGE,
    AID_PAGE,
    SUSTAIN_PAGE,
    GUARANTEE_PAGE,
    ARTICLE_PAGE,
    CAUSES_PAGE,
    FIGURES_PAGE,
    SOURCES_PAGE,
    HOW_PAGE,
    LIMITS_PAGE,
    WORDS_PAGE,
    TEACH_PAGE,
)
"""The pages; the first one also answers at ``/``."""

ROUTES: tuple[Route, ...] = (
    STATUS_ROUTE,
    FIGURE_ROUTE,
    RUN_ROUTE,
    COMPARE_ROUTE,
    MANY_ROUTE,
    DISCOVER_ROUTE,
    EXPLAIN_ROUTE,
    SENSITIVITY_ROUTE,
    PLEDGE_ROUTE,
    BURDEN_ROUTE,
    APPORTION_ROUTE,
    GAP_ROUTE,
    BUYS_ROUTE,
    COUNTRY_ROUTE,
    SCORECARD_ROUTE,
    DECIDE_ROUTE,
    ACCESSION_ROUTE,
    REINFORCEMENT_ROUTE,
    DETER_ROUTE,
    GAME_ROUTE,
    AID_ROUTE,
    AID_FORECAST_ROUTE,
    SUSTAIN_ROUTE,
    RELIABILITY_ROUTE,
    SPIRAL_ROUTE,
    CHECK_ROUTE,
    CAUSES_ROUTE,
    SOURCES_ROUTE,
    WORDS_ROUTE,
)
"""The addresses of the API that take their parameters from the address."""
