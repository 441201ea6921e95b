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
    with pytest.raises(InputError, match=r"reading pdf needs the library pypdf; "):
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


def _zip(**parts):
    """Write an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


TEXT_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _odt(text):
    """Write an OpenDocument text."""
    body = f"<t:h>Allies<t:s/>Meet</t:h><t:p>One <t:span>{text}</t:span> two.</t:p>"
    body = f"<r xmlns:t='{TEXT_NAMESPACE}'>{body}</r>"
    return _zip(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml=body)


def _epub(text):
    """Write a book of one chapter."""
    container = (
        "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
        "<rootfile full-path='O/b.opf'/></rootfiles></container>"
    )
    package = (
        "<package xmlns='http://www.idpf.org/2007/opf' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata>"
        "<dc:title>Allies Meet</dc:title><dc:date>2024-10-02T00:00:00Z</dc:date></metadata>"
        "<manifest><item id='a' href='one%20a.xhtml'/></manifest><spine><itemref idref='a'/></spine>"
        "</package>"
    )
    chapter = f"<html><body><p>{text}</p></body></html>"
    return _zip(
        mimetype="application/epub+zip",
        **{"META-INF__container_dot_xml": container, "O__b_dot_opf": package, "O__one a_dot_xhtml": chapter},
    )


def test_other_archives_of_documents_are_read(tmp_path, extractor):
    """OpenDocument texts and books are read, with the day and title that a book gives itself."""
    odt = read_file(_write(tmp_path, "a.odt", _odt(SENTENCE)), extractor)
    assert (odt.kind, odt.raw) == ("odt", f"Allies Meet\nOne {SENTENCE} two.")
    book = read_file(_write(tmp_path, "a.epub", _epub(SENTENCE)), extractor)
    assert (book.kind, book.raw, book.title) == ("epub", SENTENCE, "Allies Meet")
    assert book.published == date(2024, 10, 2)


def _bomb(kind, paragraph, count):
    """Write a small archive that unpacks to very much."""
    if kind == "docx":
        body = f"<w:document xmlns:w='{WORD}'><w:body>"
        body += f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" * count
        return _zip(word__document_dot_xml=body + "</w:body></w:document>")
    body = f"<r xmlns:t='{TEXT_NAMESPACE}'>" + f"<t:p>{paragraph}</t:p>" * count + "</r>"
    return _zip(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml=body)


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_file_that_unpacks_to_too_much_is_refused(kind, extractor, monkeypatch):
    """A small file that unpacks to 210 MB, or to a text that is no article, is refused."""
    from foedus.reading import packed

    data = _bomb(kind, "x" * 10_000, 21_000)
    assert len(data) < 2_000_000
    with pytest.raises(
        FileFormatError, match=rf"not a readable {kind} file \(it unpacks to more than 200 MB"
    ):
        document_from_bytes(data, f"a.{kind}", extractor)
    data = _bomb(kind, "word " * 100, 10_000)
    with pytest.raises(FileFormatError, match=r"it holds more than 4,000,000 characters"):
        document_from_bytes(data, f"a.{kind}", extractor)
    monkeypatch.setattr(packed, "UNPACKED_LIMIT", 5_000)
    assert extract(kind, _bomb(kind, "word " * 10, 1000)) == {"error": "it unpacks to more than 0 MB"}


def test_a_size_that_lies_is_measured(monkeypatch):
    """Parts are measured while they unpack, whatever size the archive says they have."""
    from foedus.reading import packed

    data = _bomb("docx", "word " * 10, 10_000)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = packed._Parts(archive)
        parts.left = 100_000
        with pytest.raises(ValueError, match="it unpacks to more than"):
            list(parts.pieces("word/document.xml"))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.zip", _zip(a_dot_txt="text"), "this is an archive (zip), which is not read"),
        ("a.odt", b"PK\x03\x04 nothing", "this is not a readable odt file"),
        ("a.epub", _zip(mimetype="application/epub+zip"), "this is not a readable epub file"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an old or an encrypted Word document (doc)"),
        ("a.rtf", b"{\\rtf1 text}", "this is a document in rich text (rtf)"),
    ],
)
def test_a_message_names_the_kind_of_file(name, data, message, extractor):
    """What cannot be read is called what it is."""
    with pytest.raises((InputError, FileFormatError)) as caught:
        document_from_bytes(data, name, extractor, kind=intake.SUFFIXES.get(f".{name.split('.')[1]}"))
    assert message in str(caught.value)


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
    with pytest.raises(InputError, match="there is no such file or folder"):
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
