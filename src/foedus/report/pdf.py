"""Print a page to PDF with a browser that is there already: no other program sets type as well."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from foedus.errors import InputError, StorageError
from foedus.files.writing import work_folder, write_bytes

__all__ = ["BROWSERS", "find_browser", "print_pdf"]

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
"""The programs that can print a page, by name."""

PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
"""Where they are on systems that do not put them on the path."""

MOST_SECONDS = 120


def find_browser() -> str:
    """Find a browser that can print.

    Returns
    -------
    str
        Its path.

    Raises
    ------
    InputError
        When there is none.
    """
    for name in BROWSERS:
        executable = shutil.which(name)
        if executable:
            return executable
    for path in PLACES:
        if Path(path).exists():
            return path
    raise InputError(
        "no Chromium, Chrome or Edge was found to print with",
        where="--pdf",
        do="open the page in any browser and print it",
    )


def print_pdf(page: Path, target: Path) -> None:
    """Print a page, with the network off.

    Parameters
    ----------
    page : pathlib.Path
        The HTML file.
    target : pathlib.Path
        The PDF file.

    Raises
    ------
    InputError
        When there is no browser to print with.
    StorageError
        When the browser made no file.
    """
    browser = find_browser()
    with work_folder("print") as profile:
        output = profile / "report.pdf"
        command = [
            browser,
            "--headless=new",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={profile}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={output}",
            page.resolve().as_uri(),
        ]
        if getattr(os, "geteuid", lambda: 1)() == 0:
            # The browser refuses to run as root with its sandbox; the page is our own and holds no script.
            command.insert(1, "--no-sandbox")
        try:
            done = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, check=False)
            said = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        except subprocess.TimeoutExpired:
            said = [f"it took more than {MOST_SECONDS:g} seconds"]
        except OSError as error:
            said = [error.strerror or str(error)]
        if not output.exists():
            why = said[0] if said else "it said nothing"
            raise StorageError(
                f"the browser made no PDF ({why[:120]})",
                where=str(target),
                do="open the page in a browser and print it",
            )
        write_bytes(target, output.read_bytes(), "the PDF")
