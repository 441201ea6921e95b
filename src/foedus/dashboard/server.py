"""Listen on an address and serve the application until it is interrupted."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_address

from foedus.errors import InputError

__all__ = ["is_loopback", "listen", "serve"]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address.

    Parameters
    ----------
    host : str
        A name or an address.

    Returns
    -------
    bool
        True for localhost and the loopback addresses.
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """Open the socket to serve on.

    Parameters
    ----------
    host : str
        The address.
    port : int
        The port, 0 for a free one.

    Returns
    -------
    socket.socket
        A bound socket.

    Raises
    ------
    InputError
        When the port is out of range or taken, or the address is not this machine's.
    """
    if not 0 <= port <= 65535:
        raise InputError(f"{port} is not a port", where="--port", do="give a number from 0 to 65535")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise InputError(
            f"cannot listen on {host}, port {port} ({error.strerror or error})",
            where="foedus serve",
            do="give another --port or --host",
        ) from error
    return listener


def serve(host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve the pages and the API until it is interrupted.

    Parameters
    ----------
    host : str
        The address.
    port : int
        The port, 0 for a free one.
    say : callable
        Tells the user where the server is.

    Raises
    ------
    InputError
        When a library is missing, or the address cannot be listened on.
    """
    try:
        import fastapi  # noqa: F401
        import jinja2  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise InputError(
            f"the dashboard needs the library {error.name}",
            where="foedus serve",
            do="run `pip install 'foedus[dashboard]'`",
        ) from error
    from foedus.dashboard.app import LOOPBACK, create_app

    loopback = is_loopback(host)
    with listen(host, port) as bound:
        app = create_app(hosts=(*LOOPBACK, host) if loopback else ())
        at = f"[{host}]" if ":" in host else host
        say(f"foedus serves http://{at}:{bound.getsockname()[1]}/ ; stop it with Ctrl-C.")
        if not loopback:
            say("It can be reached from other machines, without a password.")
        config = uvicorn.Config(app, log_level="warning", access_log=False, limit_concurrency=400)
        uvicorn.Server(config).run(sockets=[bound])
