"""The templates of the pages, and the page that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from jinja2.ext import Extension

if TYPE_CHECKING:
    from foedus.dashboard.views import Page

__all__ = ["WITHIN", "environment", "failure", "warming"]

WITHIN = "x-foedus-part"
"""The header by which a page's script asks for its parts: see :data:`foedus.dashboard.routes.NAMES`."""

WARMING = "The server has just started and works this page out for the first time; ask again in a moment."

_OWN_ADDRESS = re.compile(r"""\b(href|src|action|poster|srcset|formaction)=(["'])/(?!/)""")
"""An address of this server as templates write it: href="/status"."""


class RootPath(Extension):
    """Puts what stands before a server's addresses into each that a template writes from the root."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Return a template's text with ``{{ root }}`` before each of its own addresses."""
        return _OWN_ADDRESS.sub(r"\1=\2{{ root }}/", source)


def environment(root: str = "") -> Environment:
    """Return the templates of the pages.

    Parameters
    ----------
    root : str, default ""
        What stands before every address, as "/foedus"; templates have it as ``root``.

    Returns
    -------
    jinja2.Environment
        An undefined name is an error; all text is escaped.
    """
    templates = Environment(
        loader=PackageLoader("foedus.dashboard", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[RootPath],
    )
    templates.globals["root"] = root
    return templates


def failure(
    templates: Environment, pages: Mapping[str, Page], request: Request, status: int, sentence: str
) -> Response:
    """Answer with a page that says what is wrong.

    Parameters
    ----------
    templates : jinja2.Environment
        The templates.
    pages : mapping of str to Page
        The pages by their addresses.
    request : Request
        What was asked.
    status : int
        The HTTP status.
    sentence : str
        What is wrong.

    Returns
    -------
    Response
        The whole page, or the sentence alone where the script asked.
    """
    if WITHIN in request.headers:
        return JSONResponse({"error": sentence}, status)
    page = pages.get(request.url.path.strip("/"))
    text = templates.get_template("failure.html").render(sentence=sentence, page=page, status=status)
    return HTMLResponse(text, status)


def warming(templates: Environment, page: Page, seconds: int, *, within: bool) -> Response:
    """Answer that a page is being worked out for the first time; it asks again by itself, without a script.

    Parameters
    ----------
    templates : jinja2.Environment
        The templates.
    page : Page
        The page that was asked for.
    seconds : int
        After how many seconds to ask again.
    within : bool
        Whether the page's script asked, for parts of it.

    Returns
    -------
    Response
        Status 503.
    """
    headers = {"retry-after": str(seconds), "cache-control": "no-store"}
    if within:
        return JSONResponse({"error": WARMING}, 503, headers)
    text = templates.get_template("warming.html").render(page=page, seconds=seconds)
    return HTMLResponse(text, 503, headers)
