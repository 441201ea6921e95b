"""The five groups of the menu and the fixed places of their pages, those to come among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.dashboard.views import Page

__all__ = ["GROUPS", "MenuGroup", "PageGroup", "group_of", "menu"]


@dataclass(frozen=True)
class PageGroup:
    """A group of the menu.

    Attributes
    ----------
    key, title : str
        What :attr:`Page.group` says, and the words in the bar.
    slugs : tuple of str
        The places in it, in order. A place without a page is not shown.
    """

    key: str
    title: str
    slugs: tuple[str, ...]


GROUPS: tuple[PageGroup, ...] = (
    PageGroup("stand", "Where we stand", ("status", "burden", "forces", "country", "scorecard")),
    PageGroup("next", "What next", ("what-if", "pledge", "buys", "drivers")),
    PageGroup("decides", "Who decides", ("decide", "accession")),
    PageGroup("helps", "Who helps", ("aid", "sustain", "reinforcement", "guarantee")),
    PageGroup("true", "What is true", ("article", "causes", "figures", "sources")),
)
"""The menu. A page of a later subject has its place here already."""


@dataclass(frozen=True)
class MenuGroup:
    """A group with the pages that exist.

    Attributes
    ----------
    key, title : str
        As in :class:`PageGroup`.
    pages : tuple of Page
        In the order of their places.
    """

    key: str
    title: str
    pages: tuple[Page, ...]


def menu(pages: Iterable[Page]) -> tuple[MenuGroup, ...]:
    """Return the groups that have a page, each with its pages.

    Parameters
    ----------
    pages : iterable of Page
        The pages that exist.

    Returns
    -------
    tuple of MenuGroup
        In the order of the bar.
    """
    known = {page.slug: page for page in pages}
    groups = (
        MenuGroup(group.key, group.title, tuple(known[slug] for slug in group.slugs if slug in known))
        for group in GROUPS
    )
    return tuple(group for group in groups if group.pages)


def group_of(slug: str) -> PageGroup | None:
    """Return the group that a page stands in; None for a page of the footer."""
    return next((group for group in GROUPS if slug in group.slugs), None)
