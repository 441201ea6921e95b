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
) -> None:
    """Serve the pages and the API until it is interrupted.

    Parameters
    ----------
    port : int, default 8321
        The port.
    host : str, default "127.0.0.1"
        The address to listen on.
    """
    from foedus.cli.output import note
    from foedus.dashboard.server import serve

    serve(host, port, note)
