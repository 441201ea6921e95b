"""The parser's model: known files only, loaded once and late, with no network and no code of its package."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import pytest

from foedus.errors import InputError
from foedus.extending import install
from foedus.reading.trees import model

FOLDER, OWN = model.model_folder()


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Give a copy of the model's folder."""
    place = tmp_path_factory.mktemp("model") / FOLDER.name
    shutil.copytree(FOLDER, place)
    return place


def test_the_installed_model_is_the_one_written_down():
    """Every file has the checksum of the card, which names licence, sources and where checksums come from."""
    model.verify(FOLDER, OWN)
    card = model.model_card()
    assert card["licence"].startswith("MIT")
    assert {"tok2vec/model", "tagger/model", "parser/model", "tokenizer", "config.cfg"} <= set(card["files"])
    assert "was not opened" in card["hashes"]


@pytest.mark.parametrize(
    "name", ["parser/model", "tok2vec/model", "config.cfg", "vocab/strings.json", "ner/model"]
)
def test_a_file_with_one_byte_changed_is_refused(copy, name):
    """One byte is enough, in any file, and the message names the file and the remedy."""
    path = copy / name
    whole = path.read_bytes()
    try:
        path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
        with pytest.raises(InputError, match=f"{name}.*install"):
            model.load_model(copy, OWN)
    finally:
        path.write_bytes(whole)


def test_a_file_too_few_or_too_many_is_refused(copy):
    """A file that is missing and one that nobody knows are refused alike."""
    extra = copy / "parser" / "more"
    extra.write_text("x")
    with pytest.raises(InputError, match="parser/more"):
        model.load_model(copy, OWN)
    extra.unlink()
    kept = (copy / "tokenizer").read_bytes()
    (copy / "tokenizer").unlink()
    with pytest.raises(InputError, match="tokenizer"):
        model.load_model(copy, OWN)
    (copy / "tokenizer").write_bytes(kept)


def test_without_a_model_one_sentence_says_what_to_install(monkeypatch):
    """No model is no traceback."""
    monkeypatch.setitem(
        model.model_card(), "packages", [{"distribution": "no-such-model", "folder": "x", "own": {}}]
    )
    with pytest.raises(InputError, match=re.escape(install("reading"))):
        model.model_folder()


def test_only_reading_loads_the_parser():
    """Help, the reading's modules and the ledger need neither spaCy nor the model."""
    code = "import sys, foedus.cli, foedus.reading.read; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_no_network_and_no_code_of_the_package():
    """A sentence is parsed with every socket refused, and the package of the model is never imported."""
    code = (
        "import socket, sys\n"
        "def refuse(*_, **__): raise OSError('no network')\n"
        "socket.socket.connect = refuse\nsocket.create_connection = refuse\nsocket.getaddrinfo = refuse\n"
        "from foedus.reading.read import check_sentence\n"
        "from foedus.reading.ledger_index import LedgerIndex\n"
        "print(check_sentence('NATO has 32 members.', LedgerIndex.load()).verdict)\n"
        "print([m for m in sys.modules if m.startswith('en_core_web')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["supported", "[]"]


HOSTILE = {
    "names": "Finland, Sweden, " * 8000 + "joined NATO in 2023.",
    "quotations": '"a" said Rutte, ' * 2000,
    "brackets": "(" * 50_000,
    "spaced brackets": "( " * 50_000,
    "one word": "a" * 1_000_000,
    "nested": "“" * 10_000 + "a" + "”" * 10_000,
    "clauses": "NATO has 32 members; " * 500,
    "rates": "2% " * 20_000,
}


@pytest.fixture(scope="module")
def measured():
    """Read every hostile text in one process, and return by name the sentence, the CPU seconds and the most
    megabytes that were in use at once."""
    code = (
        "import json, pathlib, re, sys, time\n"
        "from foedus.errors import InputError\n"
        "from foedus.reading.ledger_index import LedgerIndex\n"
        "from foedus.reading.read import check_sentence, read_text\n"
        "world = LedgerIndex.load()\n"
        "check_sentence('NATO has 32 members.', world)\n"
        "status = pathlib.Path('/proc/self/status')\n"
        "def one(text):\n"
        "    begun, said = time.process_time(), ''\n"
        "    try:\n        read_text(text, world)\n"
        "    except InputError as error:\n        said = str(error)\n"
        "    seconds = time.process_time() - begun\n"
        "    peak = status.read_text() if status.exists() else 'VmHWM: 0'\n"
        "    return said, seconds, int(re.search(r'VmHWM:\\s+(\\d+)', peak)[1]) / 1024\n"
        "print(json.dumps({name: one(text) for name, text in json.load(sys.stdin).items()}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(HOSTILE), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends(name, measured):
    """A text made to take long ends with a result or one sentence, within seconds and in little memory, also
    in a process that has read the others before."""
    said, seconds, megabytes = measured[name]
    assert len(said.splitlines()) <= 1
    assert seconds < 5
    assert megabytes < 400
