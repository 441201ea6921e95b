"""The packaged cards and tables."""

from __future__ import annotations

import ast
import csv
import gzip
import hashlib
import math
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import foedus
from foedus.accession import record
from foedus.axes import country_name
from foedus.catalogue import catalogue
from foedus.evidence import institutions
from foedus.evidence.cards import FIGURE_SCHEMA, KNOWN, OPTIONAL_COLUMNS, RECORD_KNOWN, STATUSES, read_card
from foedus.evidence.institutions import TABLES as INSTITUTION_TABLES
from foedus.spending import plans
from parsed import parsed

EVIDENCE = Path(foedus.__file__).parent / "evidence"
COLUMNS = [name for name, _ in FIGURE_SCHEMA]


CARDS = {p.stem: p for p in sorted((EVIDENCE / "editions").glob("*.yaml"))}
TABLES = {p.name.split(".")[0]: p for p in sorted((EVIDENCE / "editions").glob("*.csv*"))}
RECORDS = {p.parent.name: read_card(p).tables for p in sorted(EVIDENCE.glob("records/*/card.yaml"))}
"""The tables of each record, in the order in which its card's checksum joins them."""


def _content(edition: str) -> bytes:
    """Return a table's text; the older Outlooks are compressed."""
    content = TABLES[edition].read_bytes()
    return gzip.decompress(content) if TABLES[edition].suffix == ".gz" else content


@cache
def _rows(edition: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_content(edition).decode("utf-8").splitlines()))


def test_every_table_of_figures_has_its_card() -> None:
    """Each packaged edition is one table of figures and one card of the same name."""
    assert sorted(CARDS) == sorted(TABLES)
    assert len(CARDS) >= 5


@pytest.mark.parametrize("edition", CARDS)
def test_a_card_says_what_it_must(edition: str) -> None:
    """A card carries its edition's own name, an address, a licence and a day of publication."""
    card = read_card(CARDS[edition])
    assert card.id == edition
    assert card.url.startswith("https://")
    assert card.licence
    assert card.publisher
    assert card.title
    assert card.published_known in KNOWN


@pytest.mark.parametrize("edition", CARDS)
def test_a_table_is_the_one_its_card_describes(edition: str) -> None:
    """The checksum on a card is that of its table, byte for byte."""
    assert read_card(CARDS[edition]).sha256 == hashlib.sha256(_content(edition)).hexdigest()


@pytest.mark.parametrize("record", RECORDS)
def test_the_tables_of_a_record_are_the_ones_its_card_describes(record: str) -> None:
    """One card covers the tables of a record, joined in the order in which they are listed, byte for byte."""
    folder = EVIDENCE / "records" / record
    content = b"".join((folder / f"{name}.csv").read_bytes() for name in RECORDS[record])
    assert read_card(folder / "card.yaml").sha256 == hashlib.sha256(content).hexdigest()


def test_every_table_of_a_record_is_listed() -> None:
    """Beside the editions only records hold tables; cards list them, and rows say how they are known."""
    tables = set(EVIDENCE.rglob("*.csv")) - set(TABLES.values())
    listed = {EVIDENCE / "records" / record / f"{name}.csv" for record in RECORDS for name in RECORDS[record]}
    assert tables == listed
    for path in tables:
        with path.open(encoding="utf-8", newline="") as file:
            assert {row["known"] for row in csv.DictReader(file)} <= set(RECORD_KNOWN)


def test_the_institutions_that_can_be_listed_are_the_tables_of_their_record() -> None:
    """What the command lists are the tables of the record, in the same order."""
    assert RECORDS["institutions"] == tuple(name.replace("-", "_") for name in INSTITUTION_TABLES)
    assert len(RECORDS) >= 3


def test_a_card_says_what_its_tables_are() -> None:
    """The card of an edition is one of figures, that of a record says that it is a record."""
    assert {read_card(path).kind for path in CARDS.values()} == {"figures"}
    assert {read_card(path).kind for path in EVIDENCE.glob("records/*/card.yaml")} == {"record"}


def _named_cards() -> list[str]:
    """Return the cards that modules of the package name as ``CARD_ID``."""
    trees = (parsed(path) for path in EVIDENCE.parent.rglob("*.py"))
    nodes = (node for tree in trees for node in tree.body if isinstance(node, ast.Assign))
    return [ast.literal_eval(n.value) for n in nodes if ast.unparse(n.targets[0]) == "CARD_ID"]


def test_the_modules_that_read_records_name_their_cards() -> None:
    """Each record has one module that names its card, and no module names a card that is not there."""
    cards = [read_card(path).id for path in EVIDENCE.glob("records/*/card.yaml")]
    assert {institutions.CARD_ID, record.CARD_ID, plans.CARD_ID} <= set(cards)
    assert sorted(_named_cards()) == sorted(cards)


@pytest.mark.parametrize("edition", CARDS)
def test_complete_spans_are_of_catalogued_indicators(edition: str) -> None:
    """What a card calls complete is an indicator of its series, present in every year of the span."""
    card = read_card(CARDS[edition])
    present = {(row["indicator"], int(row["year"])) for row in _rows(edition)}
    for indicator, (first, last) in card.complete.items():
        assert card.series in catalogue()[indicator].observed_in
        assert {(indicator, year) for year in range(first, last + 1)} <= present


@pytest.mark.parametrize("edition", TABLES)
def test_every_row_is_a_figure(edition: str) -> None:
    """Each packaged row has a catalogued indicator, a known country, a status and a standing."""
    header = list(_rows(edition)[0])
    assert header == [name for name in COLUMNS if name in header or name not in OPTIONAL_COLUMNS]
    rows = _rows(edition)
    assert all(any(row[name] for row in rows) for name in set(header) & set(OPTIONAL_COLUMNS))
    for row in rows:
        assert catalogue()[row["indicator"]].kind == "indicator"
        assert country_name(row["country"])
        assert 1900 <= int(row["year"]) <= 2100
        assert math.isfinite(float(row["value"]))
        assert row["status"] in STATUSES
        assert row["known"] in KNOWN


@pytest.mark.parametrize("edition", TABLES)
def test_a_card_counts_what_its_figures_rest_on(edition: str) -> None:
    """The card's counts of what figures rest on are those of the table; a table from copies names them."""
    words = [row.get("rests_on", "").split(":")[0] for row in _rows(edition)]
    card, rests_on = read_card(CARDS[edition]), Counter(words)
    assert card.rests_on == {words: count for words, count in rests_on.items() if words}
    assert card.one_copy == sum(text.startswith("one ") for text in words)
    assert bool(card.copies) == bool(card.rests_on)
    assert not card.rests_on or "" not in rests_on


@pytest.mark.parametrize("edition", TABLES)
def test_no_figure_stands_twice(edition: str) -> None:
    """An edition gives one value for an indicator, a country and a year."""
    keys = [(r["indicator"], r["country"], r["year"]) for r in _rows(edition)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("edition", TABLES)
def test_values_are_in_the_catalogues_units(edition: str) -> None:
    """Packaged shares are fractions, money is in single units, and persons are counted singly."""
    for row in _rows(edition):
        value, unit, name = float(row["value"]), catalogue()[row["indicator"]].unit, row["indicator"]
        if unit == "fraction" and "change" not in name and "growth" not in name:
            assert -2 < value < 4, row
        if unit in {"usd", "int_usd"}:
            assert value == 0 or value > 1e5, row
        if unit == "person":
            assert value == 0 or value >= 100, row


def test_the_packaged_figures_are_cleared_for_it() -> None:
    """No table of SIPRI's is packaged: its terms do not allow it."""
    assert [e for e in TABLES if read_card(CARDS[e]).series.startswith("sipri")] == []
