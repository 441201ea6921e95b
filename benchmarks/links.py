"""List every address outside the project that its pages name, and ask each on request.

    python benchmarks/links.py            lists them, each with the pages that name it
    python benchmarks/links.py --ask      asks each of them, and prints what it answers (needs a network)

Looked through are the README and its neighbours, the documentation, and the source cards of the package.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
SUFFIXES = {".md", ".cff", ".toml", ".yaml", ".ipynb"}
_ADDRESS = re.compile(r"https?://[^\s<>\"'`)\]}|\\]+")
_EXAMPLES = re.compile(r"https?://(127\.|localhost|0\.0\.0\.0|[^/]*example\b|your\.|\[|foedus\.example)")


def pages(cards: bool = True) -> Iterator[Path]:
    """Yield the files that may name an address; the source cards only where they are asked for."""
    yield from (path for path in sorted(ROOT.glob("*.*")) if path.suffix in SUFFIXES)
    docs = (path for path in sorted((ROOT / "docs").rglob("*.*")) if path.suffix in SUFFIXES)
    yield from (path for path in docs if not {"_build", "commands"} & set(path.parts))
    if cards:
        yield from sorted((ROOT / "src" / "foedus").rglob("*.yaml"))


def addresses(*, cards: bool = True) -> dict[str, list[str]]:
    """Return every address outside the project with the files that name it.

    Parameters
    ----------
    cards : bool, default True
        Whether the package's own source cards and sources of numbers count too.

    Returns
    -------
    dict of str to list of str
        Sorted by address.
    """
    named: dict[str, list[str]] = {}
    for path in pages(cards):
        for match in _ADDRESS.findall(path.read_text(encoding="utf-8")):
            address = match.rstrip(".,;:*")
            if not _EXAMPLES.match(address):
                named.setdefault(address, []).append(path.relative_to(ROOT).as_posix())
    return {address: sorted(set(named[address])) for address in sorted(named)}


def ask(address: str) -> str:
    """Return what an address answers, in a word or two."""
    try:
        with urlopen(Request(address, headers={"user-agent": "foedus-links"}), timeout=30) as answer:
            return f"{answer.status} {answer.url if answer.url != address else ''}".strip()
    except URLError as error:
        return str(getattr(error, "code", error.reason))
    except (OSError, ValueError) as error:
        return str(error)


def main() -> int:
    """Print the list; with ``--ask`` what each answers, and fail where one is gone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ask", action="store_true", help="ask each address")
    parser.add_argument("--without-cards", action="store_true", help="leave the package's source cards out")
    options = parser.parse_args()
    gone = 0
    for address, files in addresses(cards=not options.without_cards).items():
        answered = ask(address) if options.ask else ""
        gone += options.ask and answered.startswith(("404", "410"))
        sys.stdout.write(f"{address}\t{answered}\t{', '.join(files)}\n")
    return 1 if gone else 0


if __name__ == "__main__":
    sys.exit(main())
