"""``foedus serve``: the dashboard and the JSON API."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

__all__ = ["serve_command"]


def serve_command(
    *,
    port: Annotated[int, Parameter(help="The port; 0 takes a free one.")] = 8321,
    host: Annotated[
        str, Parameter(help="The address to listen on; anything but loopback opens it to the network.")
    ] = "127.0.0.1",
    allow_host: Annotated[
        list[str] | None, Parameter(help="A further name the server is asked by; * for any.", negative="")
    ] = None,
    root_path: Annotated[
        str, Parameter(help="What stands before every address, where a proxy serves it below a path.")
    ] = "",
    allow_embed: Annotated[
        list[str] | None,
        Parameter(help="A site that may show the pages below /embed/, as https://news.example.", negative=""),
    ] = None,
    cors: Annotated[
        list[str] | None,
        Parameter(
            help="Sites whose scripts may read the API's answers, as https://news.example.",
            negative="",
            consume_multiple=True,
        ),
    ] = None,
    log: Annotated[
        Literal["none", "json"],
        Parameter(help="Write each request to the standard error as one JSON object."),
    ] = "none",
) -> None:
    """Serve the pages and the API until it is interrupted.

    Parameters
    ----------
    port : int, default 8321
        The port.
    host : str, default "127.0.0.1"
        The address to listen on.
    allow_host : list of str, optional
        Further names the server is asked by.
    root_path : str, default ""
        What stands before every address.
    allow_embed : list of str, optional
        The sites that may show the pages below ``/embed/``.
    cors : list of str, optional
        The sites whose scripts may read the API's answers.
    log : {"none", "json"}
        Whether each request is written down.
    """
    from foedus.cli.output import note
    from foedus.dashboard.server import serve

    serve(
        host,
        port,
        note,
        allow_hosts=allow_host or (),
        root_path=root_path,
        embedders=allow_embed or (),
        origins=cors or (),
        log=log,
    )
