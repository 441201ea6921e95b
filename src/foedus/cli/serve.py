"""``foedus serve``: the dashboard and the JSON API."""

from __future__ import annotations

from typing import Annotated

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
    )
