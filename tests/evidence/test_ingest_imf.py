"""Reading the IMF's World Economic Outlook files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import workbooks as w
from book import Book
from foedus.catalogue import catalogue
from foedus.errors import FileFormatError, InputError
from foedus.evidence.ingest import Imported, read
from foedus.evidence.ingest.imf import SUBJECTS

YEARS = (2022, 2023, 2024)
SERIES = [
    ("POL", "NGDP", "Billions", ("3,100.85", "3410.1", "3,640.5"), "2023"),
    ("POL", "NGDP_D", "", ("140.25", "n/a", "150.5"), ""),
    ("POL", "NGDP_RPCH", "", ("5.3", "0.2", "--"), "2022"),
    ("POL", "LP", "Millions", ("36.8", "36.7", "36.6"), "2022"),
    ("POL", "PCPIPCH", "", ("14.4", "11.4", "3.6"), "2023"),
    ("KOS", "GGXWDG_NGDP", "", ("20.1", "17.4", "18.0"), "FY2022/23"),
    ("G001", "NGDPD", "Billions", ("101000.5", "105000", "110000"), ""),
    ("WBG", "LP", "Units", ("5000000", "5100000", "5200000"), ""),
]


def _classic(path: Path, *, encoding: str = "utf-16", **options: str) -> Imported:
    path.write_bytes(w.weo_classic(SERIES, YEARS, **options).encode(encoding))
    return read("imf", path)


def _values(imported: Imported) -> dict[tuple[str, str, int], float]:
    return w.as_figures(imported.figures)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8", "utf-8-sig", "cp1252"])
def test_the_classic_file_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    """The tab-separated file reads alike as UTF-16 with or without its mark, UTF-8 and Latin-1."""
    values = _values(_classic(tmp_path / "WEOApr2024all.xls", encoding=encoding))
    assert values["gdp_current_lcu", "POL", 2022] == 3_100_850_000_000
    assert values["gdp_real_growth", "POL", 2022] == 0.053
    assert values["gdp_deflator", "POL", 2022] == 140.25
    assert values["population", "POL", 2024] == 36_600_000
    assert values["government_gross_debt_share_of_gdp", "XKX", 2023] == 0.174
    assert values["population", "PSE", 2022] == 5e6


def test_a_figure_that_is_not_there_has_no_row(tmp_path: Path) -> None:
    """The marks n/a and -- give no figure."""
    values = _values(_classic(tmp_path / "WEOApr2024all.xls"))
    assert ("gdp_deflator", "POL", 2023) not in values
    assert ("gdp_real_growth", "POL", 2024) not in values
    assert len(values) == 16


def test_figures_after_the_last_actual_year_are_projections(tmp_path: Path) -> None:
    """A series is actual up to its last actual year, or nominal GDP's; without either it is an estimate."""
    figures = _classic(tmp_path / "WEOApr2024all.xls").figures
    found = {(i, c, y): s for i, c, y, s in figures.select("indicator", "country", "year", "status")}
    assert found["gdp_current_lcu", "POL", 2023] == "actual"
    assert found["gdp_current_lcu", "POL", 2024] == "projection"
    assert found["gdp_deflator", "POL", 2024] == "projection"
    assert found["population", "POL", 2023] == "projection"
    assert found["government_gross_debt_share_of_gdp", "XKX", 2023] == "projection"
    assert found["population", "PSE", 2022] == "estimate"


def test_the_portals_table_gives_the_same_figures(tmp_path: Path) -> None:
    """The data portal's CSV file and workbook hold the same figures as the classic file."""
    classic = _classic(tmp_path / "WEOApr2024all.xls").figures
    text = w.weo_portal(SERIES, YEARS)
    path = tmp_path / "dataset.csv"
    path.write_text(text, encoding="utf-8")
    portal = read("imf", path)
    assert portal.figures == classic
    assert (portal.card.id, portal.card.published) == ("imf-weo-2026-04", date(2026, 4, 14))
    book = Book()
    sheet = book.create_sheet("Countries")
    columns = ["COUNTRY.ID", "COUNTRY", "INDICATOR.ID", "SCALE", "LATEST_ACTUAL_ANNUAL_DATA", *YEARS]
    sheet.append(columns)
    for iso, subject, scale, cells, last in SERIES:
        numbers = [float(c.replace(",", "")) if c[0].isdigit() else c for c in cells]
        sheet.append([iso, iso, subject, scale or "Units", last, *numbers])
    book.save(tmp_path / "WEOApr2026.xlsx")
    assert read("imf", tmp_path / "WEOApr2026.xlsx").figures == classic


def test_the_portals_observations_give_the_same_figures(tmp_path: Path) -> None:
    """The data portal's table of one observation a row holds the same figures as the classic file."""
    classic = _classic(tmp_path / "WEOApr2024all.xls").figures
    path = tmp_path / "dataset.csv"
    path.write_text(w.weo_observations(SERIES, YEARS), encoding="utf-8")
    observed = read("imf", path, published=date(2024, 4, 16))
    assert observed.figures == classic
    assert observed.card.id == "imf-weo-2024-04"
    assert observed.notes == ("1 series of 1 groups are left out (G001)",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "Annual,2023,6,Millions,2024,36.6",
            "Annual,2023,6,Millions,2023,36.6",
            "LP of POL stands twice in 2023",
        ),
        ("Annual,2023,6,Millions,2024,36.6", "Annual,2023,0,Units,2024,36.6", "LP of POL changes its scale"),
        ("Millions,2024,36.6", "Millions,24,36.6", "line 13: '24' is not a year"),
        ("Millions,2024,36.6", "Millions,2024,about", "'about' is not a number"),
        ("Millions,2024,36.6", "Millions", "line 13: the line is cut short"),
    ],
)
def test_faulty_observations_are_refused_with_their_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    """An observation that stands twice, is cut short or is no number is refused, and nothing is guessed."""
    text = w.weo_observations(SERIES, YEARS).replace("Annual,2022,6,Millions", "Annual,2023,6,Millions")
    assert old in text
    path = tmp_path / "dataset.csv"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FileFormatError, match=message):
        read("imf", path, published=date(2024, 4, 16))


def test_quarters_are_no_years(tmp_path: Path) -> None:
    """Observations of another frequency than a year are passed over."""
    text = w.weo_observations(SERIES[:1], YEARS)
    quarters = text.replace(",A,Annual,", ",Q,Quarterly,").splitlines()[1:]
    path = tmp_path / "dataset.csv"
    path.write_text(text + "\n".join(quarters) + "\n", encoding="utf-8")
    assert len(read("imf", path, published=date(2024, 4, 16)).figures) == 3


def test_groups_of_countries_are_left_out_and_counted(tmp_path: Path) -> None:
    """Aggregates that are no country are left out, and a note says how many."""
    assert _classic(tmp_path / "a.xls").notes == ("1 series of 1 groups are left out (G001)",)


def test_the_edition_is_the_files_own_or_its_names(tmp_path: Path) -> None:
    """The file's last line names the edition; without it the file's name does; without both the user must."""
    assert _classic(tmp_path / "a.xls").card.id == "imf-weo-2024-04"
    card = _classic(tmp_path / "WEOOct2023all.xls", footer="").card
    assert (card.id, card.published) == ("imf-weo-2023-10", date(2023, 10, 10))
    with pytest.raises(InputError, match="when the World Economic Outlook to 2024 came out"):
        _classic(tmp_path / "b.xls", footer="")
    with pytest.raises(InputError, match="when edition imf-weo-2018-10 came out") as caught:
        _classic(tmp_path / "WEOOct2018all.xls", footer="")
    assert "--published YYYY-MM-DD" in str(caught.value)
    card = read("imf", tmp_path / "b.xls", published=date(2019, 10, 15)).card
    assert (card.id, card.title) == ("imf-weo-2019-10", "World Economic Outlook Database, October 2019")


def test_the_packaged_outlook_reads_back_from_the_classic_layout(tmp_path: Path) -> None:
    """Poland's packaged figures, written in the classic layout, read back exactly and with their status."""
    table = w.packaged("imf-weo-2026-04")
    packaged = table.where(country="POL")
    years = sorted(set(packaged["year"]))
    series = []
    for subject, name in SUBJECTS.items():
        rows = packaged.where(indicator=name)
        scale, unit = ("Billions", 1e9) if subject in {"NGDP", "NGDPD", "NGDP_R", "PPPGDP"} else ("", 1.0)
        scale, unit = ("Millions", 1e6) if subject == "LP" else (scale, unit)
        percent = 100.0 if catalogue()[name].unit == "fraction" else 1.0
        cells = dict(zip(rows["year"], rows["value"], strict=True))
        texts = [f"{cells[y] / unit * percent:,.3f}" if y in cells else "n/a" for y in years]
        last = max(rows.where(status="actual")["year"])
        series.append(("POL", subject, scale, texts, str(last)))
    path = tmp_path / "WEOApr2026all.xls"
    path.write_text(w.weo_classic(series, years, footer=""), encoding="utf-16")
    assert read("imf", path).figures == packaged


BAD = {
    "a web page": ("<!DOCTYPE html><html></html>", "this is a web page, not a table"),
    "no header": (
        "a\tb\n1\t2\n",
        "there is no header row with WEO Subject Code or SERIES_CODE, and years or OBS_VALUE",
    ),
    "a line cut short": (
        w.weo_classic(SERIES[:1], YEARS, footer="").rstrip().rsplit("\t", 3)[0],
        "line 2: the line is cut short; download the file again",
    ),
    "a text for a number": (
        w.weo_classic([("POL", "LP", "Millions", ("many", "1", "1"), "")], YEARS),
        "line 2: 'many' is not a number (subject LP of POL, 2022)",
    ),
    "an unknown scale": (
        w.weo_classic([("POL", "LP", "Dozens", ("3", "1", "1"), "")], YEARS),
        "line 2: 'Dozens' is not a known scale; write Billions, Millions or Units",
    ),
    "no subject that is read": (
        w.weo_classic([("POL", "LUR", "", ("3", "1", "1"), "")], YEARS),
        "the file holds no figures; download it again",
    ),
    "a series twice": (
        w.weo_classic(SERIES[:1] * 2, YEARS),
        "check no_duplicates fails: gdp_current_lcu POL 2022 (and 2 more) stands twice",
    ),
    "a wrong scale": (
        w.weo_classic([("POL", "LP", "Billions", ("36.8", "36.7", "36.6"), "")], YEARS),
        "check units fails: population POL 2022 (and 2 more) is 3.68e+10",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_faulty_file_is_refused_with_its_line(tmp_path: Path, case: str) -> None:
    """Each fault of a file is refused with one sentence that names the line or the check."""
    text, words = BAD[case]
    path = tmp_path / "WEOApr2024all.xls"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileFormatError) as caught:
        read("imf", path)
    assert words in str(caught.value)
    assert "WEOApr2024all.xls" in str(caught.value)


def test_every_subject_is_an_indicator_of_the_outlook() -> None:
    """The subjects that are read are catalogued, and the catalogue says that the outlook publishes them."""
    assert all("imf-weo" in catalogue()[name].observed_in for name in SUBJECTS.values())
    observed = [q.name for q in catalogue().values() if "imf-weo" in q.observed_in]
    assert sorted(observed) == sorted(SUBJECTS.values())
