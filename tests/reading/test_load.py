"""Files of articles, friendly and hostile."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from foedus.errors import FileFormatError, InputError, StorageError
from foedus.reading import load as intake
from foedus.reading.extract import extract
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.load import Extractor, article_files, document_from_bytes, read_file, read_stream
from foedus.reading.read import read_document, read_text

WORLD = LedgerIndex.load()
DAY = date(2024, 10, 1)
SENTENCE = (
    "The alliance of 31 member countries met in Brussels on the day, and the ministers spoke at length."
)


@pytest.fixture(scope="module")
def extractor():
    """Give the process that takes files apart."""
    with Extractor() as process:
        yield process


def _write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _pdf(text):
    """Write a PDF of one page with one line of text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(out),
        )
    )


def _docx(text):
    """Write a Word document of one paragraph."""
    import docx

    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _html(text):
    head = "<title>Allies Meet</title><meta property='article:published_time' content='2024-10-02T08:00:00Z'>"
    body = f"<nav>Menu</nav><article><p>{text}</p></article>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", SENTENCE),
        ("a.md", f"**{SENTENCE}**"),
        ("a.html", _html(SENTENCE)),
        ("a.pdf", _pdf("The alliance of 31 member countries met in Brussels.")),
        ("a.docx", _docx(SENTENCE)),
        ("no suffix", _html(SENTENCE)),
        ("wrong suffix.txt", _pdf("The alliance of 31 member countries met in Brussels.")),
        ("a file with spaces.txt", SENTENCE),
        ("utf16.txt", SENTENCE.encode("utf-16")),
        ("mark.txt", b"\xef\xbb\xbf" + SENTENCE.encode()),
    ],
)
def test_every_format_gives_the_same_claim(tmp_path, extractor, name, content):
    """Text, Markdown, HTML, DOCX and PDF are read alike, whatever the suffix or the encoding says."""
    document = read_file(_write(tmp_path, name, content), extractor)
    reading = read_document(document, WORLD, day=DAY)
    assert [(c.kind, c.verdict) for c in reading.claims if c.kind == "membership_count"] == [
        ("membership_count", "contradicted")
    ]
    for claim in reading.claims:
        assert document.raw[slice(*claim.span)] == claim.text


def test_a_web_page_brings_its_title_and_day(tmp_path, extractor):
    """The headline and the day of publication of a web page are read, and its menu is not."""
    document = read_file(_write(tmp_path, "a.html", _html(f"{SENTENCE} " * 5)), extractor)
    assert (document.title, document.published) == ("Allies Meet", date(2024, 10, 2))
    assert "Menu" not in document.raw


def test_another_encoding_is_noted(tmp_path, extractor):
    """Text that is not UTF-8 is read as Windows-1252, and the reading says so."""
    document = read_file(_write(tmp_path, "a.txt", f"“{SENTENCE}”".encode("cp1252")), extractor)
    assert document.raw.startswith("“The alliance")
    assert document.notes == ("the text is not UTF-8; it was read as Windows-1252",)


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("a.txt", b"", InputError, "the file is empty"),
        ("a.txt", b" \n\t", InputError, "the file is empty"),
        ("a.txt", bytes(range(256)) * 20, InputError, "the file is not text"),
        ("a.txt", b"\x00\x01\x02 text", InputError, "the file is not text"),
        ("a.pdf", b"%PDF-1.4 nothing", FileFormatError, "this is not a readable pdf file"),
        ("a.docx", b"PK\x03\x04 nothing", FileFormatError, "this is not a readable docx file"),
        ("a.html", "<html><body></body></html>", InputError, "no text was found in the html file"),
        ("deep.html", "<div>" * 50_000 + SENTENCE + "</div>" * 50_000, InputError, "no text was found"),
    ],
)
def test_what_cannot_be_read_is_one_clear_error(tmp_path, extractor, name, content, error, message):
    """An empty, binary, broken or absurdly nested file is refused with a sentence that names it."""
    path = _write(tmp_path, name, content)
    with pytest.raises(error, match=message) as caught:
        read_file(path, extractor)
    assert name in str(caught.value)


def test_a_large_file_is_refused_before_it_is_read(tmp_path, extractor):
    """A file of 50 MB is refused at once."""
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError, match=r"the file has 50\.0 MB, and an article may have 20 MB"):
        read_file(path, extractor)


def test_a_long_text_is_refused():
    """A text longer than an article can be is refused."""
    with pytest.raises(InputError, match="the text has 400,001 characters, and an article may have 400,000"):
        read_text("a" * 400_001, WORLD)


def test_a_text_of_white_space_is_refused():
    """A document without text is refused."""
    with pytest.raises(InputError, match="the document holds no text"):
        read_text(" \n ", WORLD)


def test_a_large_stream_is_refused(monkeypatch):
    """Standard input is read up to the size of one article."""
    assert read_stream(io.BytesIO(b"text")) == b"text"
    monkeypatch.setattr(intake, "parameter", lambda name: 3)
    with pytest.raises(InputError, match="there is more than the 0 MB that an article may have"):
        read_stream(io.BytesIO(b"text"))


def test_a_slow_file_is_given_up():
    """A file that takes longer than its time is given up, and the process serves the next."""
    with Extractor(seconds=0.0) as hurried:
        for _ in range(2):
            with pytest.raises(InputError, match="reading took longer than 0 seconds"):
                hurried.extract("html", _html(SENTENCE).encode(), where="a.html")


def test_a_slow_text_is_given_up(monkeypatch):
    """A text that takes longer than its time is given up."""
    import itertools

    from foedus.reading import read

    clock = itertools.count(0, 1000)
    monkeypatch.setattr(read.time, "monotonic", lambda: float(next(clock)))
    with pytest.raises(InputError, match="reading took longer than 20 seconds"):
        read_text(SENTENCE, WORLD)


def test_a_process_that_dies_is_an_error():
    """When the process that takes a file apart ends, the file is refused."""
    with Extractor() as fragile:
        with pytest.raises(FileFormatError, match="the file broke the reading of nonsense"):
            fragile.extract("nonsense kind", b"", where="a")
        assert fragile.extract("html", _html(SENTENCE).encode(), where="a")["title"] == "Allies Meet"


def test_a_missing_library_is_named(monkeypatch):
    """Without the library for a format, the error names it and how to install it."""
    import sys

    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert extract("pdf", b"%PDF") == {"missing": "pypdf"}

    class Answering(Extractor):
        def _start(self):
            return object()

    monkeypatch.setattr(intake, "_ask", lambda *_: {"missing": "pypdf"})
    with pytest.raises(InputError, match=r"reading pdf needs the library pypdf; install it with"):
        Answering().extract("pdf", b"", where="a.pdf")


def test_a_file_that_unfolds_without_end_is_refused(monkeypatch):
    """A parser that runs out of memory or depth gives an answer, not a traceback."""
    from foedus.reading import extract as module

    for error in (MemoryError(), RecursionError()):

        def fail(_data, error=error):
            raise error

        monkeypatch.setattr(module, "_html", fail)
        assert extract("html", b"") == {"error": "it unfolds to more than can be held"}


def test_an_encrypted_pdf_is_refused():
    """A PDF that needs a password is refused."""
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(72, 72)
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    assert extract("pdf", buffer.getvalue()) == {"error": "it is encrypted"}


def test_a_zip_that_is_no_document_is_refused(extractor):
    """A zip archive without a Word document in it is refused."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(FileFormatError, match="this is not a readable docx file"):
        document_from_bytes(buffer.getvalue(), "a.zip", extractor)


def test_folders_give_their_articles_in_order(tmp_path):
    """A folder gives the articles in it and below, by name, and nothing else."""
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.md", "sub/c.html", "image.png"):
        _write(tmp_path, name, "x")
    assert [p.name for p in article_files([str(tmp_path)])] == ["a.md", "b.txt", "c.html"]


def test_an_empty_folder_is_an_error(tmp_path):
    """A folder without articles, and a path that is not there, are errors."""
    with pytest.raises(InputError, match="the folder holds no article"):
        list(article_files([str(tmp_path)]))
    with pytest.raises(StorageError, match="there is no such file or folder"):
        list(article_files([str(tmp_path / "none.txt")]))


def test_a_file_that_may_not_be_read_is_an_error(tmp_path, extractor, monkeypatch):
    """A file that the system does not give is an error."""
    path = _write(tmp_path, "a.txt", SENTENCE)

    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", refuse)
    with pytest.raises(StorageError, match="the file cannot be read"):
        read_file(path, extractor)


@pytest.mark.parametrize(
    "raw",
    [
        '"' * 20_000,
        "“" * 20_000,
        "Mark Rutte, the " * 2_000,
        "23 of 32 allies " * 2_000,
        "Rutte said that he said " * 1_500,
        "⟦P0⟧ NATO has ⟦N0⟧ members. ",
        "\n".join("X" for _ in range(15_000)),
        "\u202eNATO\u200f has\u200b 32\u00ad members.\u202c",
        "“unbalanced, Rutte said. ”Then “again",
    ],
    ids=["marks", "open marks", "names", "counts", "sayings", "tokens", "lines", "directions", "unbalanced"],
)
def test_odd_texts_are_read(raw):
    """Texts made to confuse are read without a fault, and spans hold."""
    from foedus.report.reading_page import page

    reading = read_text(raw, WORLD, day=DAY)
    for item in (*reading.claims, *reading.quotations):
        assert raw[slice(*item.span)] == item.text
    assert page([reading]).endswith("</html>\n")
