"""The reading page."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

from foedus.reading.compare import compare
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import read_text
from foedus.report.reading_page import page

WORLD = LedgerIndex.load()
DAY = date(2024, 10, 1)
RAW = (
    "Allies & Others Meet\n\nThe alliance of 32 member countries met, and NATO was founded in 1950.\n\n"
    "“<script>alert('x')</script> We have 31 allies & more,” Rutte said. <img src=x onerror=alert(1)>"
)
VOID = {"meta", "br", "link", "img", "hr", "input"}


class Tree(HTMLParser):
    """Reads a page, noting elements, identifiers, references and whether tags nest."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.ids, self.links, self.text = [], [], [], [], []

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        given = dict(attrs)
        self.seen.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[k] for k in ("href", "src", "aria-describedby", "aria-labelledby") if k in given]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Close the element that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note text."""
        self.text.append(data)


def _tree(html):
    tree = Tree()
    tree.feed(html)
    assert tree.open == []
    return tree


def _page():
    return page([read_text(RAW, WORLD, day=DAY)])


def test_what_an_article_says_is_escaped():
    """A script in a quotation stands in the page as text, and no element comes from the article."""
    html = _page()
    tree = _tree(html)
    assert "script" not in tree.seen
    assert "img" not in tree.seen
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in html
    assert "<script>alert('x')</script>" in "".join(tree.text)


def test_the_page_fetches_nothing():
    """The page names no address outside itself, holds no script, and forbids both."""
    html = _page()
    assert not re.search(r"""(?:src|href)=["'](?!#)|url\(|@import|https?://""", html)
    assert "default-src 'none'" in html


def test_every_claim_is_marked_and_has_its_row():
    """Each claim is marked by verdict, can be reached by keyboard, and points to its evidence."""
    reading = read_text(RAW, WORLD, day=DAY)
    tree = _tree(page([reading]))
    assert len(set(tree.ids)) == len(tree.ids)
    for number, claim in enumerate(reading.claims, start=1):
        assert (
            f'<mark class="{claim.verdict}" id="m1-{number}" tabindex="0" aria-describedby="c1-{number}">'
            in page([reading])
        )
    for link in tree.links:
        assert link.removeprefix("#") in tree.ids


def test_the_page_is_accessible_and_printable():
    """The page has a language, a title, one main heading, landmarks, table headings, a style for print."""
    html = _page()
    tree = _tree(html)
    assert '<html lang="en">' in html
    assert tree.seen.count("h1") == 1
    assert {"header", "main", "footer", "title"} <= set(tree.seen)
    assert 'scope="col"' in html
    assert 'scope="row"' in html
    assert "@media print" in html
    assert "prefers-color-scheme: dark" in html
    assert all(word in html for word in ("✓ 1", "✗", "supported", "contradicted"))


def test_the_text_is_whole():
    """All of the article stands in the page, in its order."""
    shown = "".join(_tree(_page()).text)
    at = shown.index("Allies & Others Meet", shown.index("Written"))
    for word in re.findall(r"\w+", RAW):
        at = shown.index(word, at)


def test_tellings_stand_side_by_side():
    """With a comparison the page shows pairs, altered words, lost references, and what has no counterpart."""
    one = (
        RAW + "\n\nThe ministers spoke at length about ammunition for the coming winter campaign in the east."
    )
    two = one.replace("32 member", "31 member").replace("more,”", "others,”")
    readings = [
        read_text(raw, WORLD, day=DAY, name=f"folder/{i} <b>.txt") for i, raw in enumerate((one, two))
    ]
    html = page(readings, compare(readings))
    tree = _tree(html)
    assert 'id="tellings"' in html
    assert "<del>more</del> <ins>others</ins>" in html
    assert "b" not in set(tree.seen) - {"b"} or "&lt;b&gt;" in html
    assert "membership count" in html
    assert "says nothing about whether they were spoken" in html
