"""Listen on an address and serve the application until it is interrupted."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import replace
from ipaddress import ip_address
from typing import Any

from foedus.dashboard.middleware import LOOPBACK, Policy
from foedus.errors import InputError
from foedus.extending import install

__all__ = ["config_of", "is_loopback", "listen", "policy_of", "root_of", "serve"]


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
    # The event loop sends small answers at once where the protocol is named; else each waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
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


def policy_of(
    host: str,
    allow_hosts: Sequence[str] = (),
    embedders: Sequence[str] = (),
    origins: Sequence[str] = (),
) -> Policy:
    """Return who may ask a server, and who may show its pages.

    Parameters
    ----------
    host : str
        The address that it listens on.
    allow_hosts : sequence of str
        Further names it is asked by; a star for any.
    embedders : sequence of str
        The sites that may show what stands below ``/embed/``.
    origins : sequence of str
        The sites whose scripts may read the API's answers.

    Returns
    -------
    Policy
        A server that listens beyond loopback also answers to the machine's name and to any address of the
        network.

    Raises
    ------
    InputError
        When a name or a site cannot be one.
    """
    for name in allow_hosts:
        if name != "*" and not re.fullmatch(r"[\w.-]{1,253}|\[?[0-9a-fA-F:.]+\]?", name, re.ASCII):
            raise InputError(
                f"{name!r} is not a host's name",
                where="--allow-host",
                do="give it as foedus.example.org",
            )
    for site in embedders:
        if not re.fullmatch(r"https?://(\*\.)?[A-Za-z0-9.-]{1,253}(:\d{1,5})?", site):
            raise InputError(
                f"{site!r} is not a site", where="--allow-embed", do="give it as https://news.example.org"
            )
    for origin in origins:
        if not re.fullmatch(r"https?://[a-z0-9.-]{1,253}(:\d{1,5})?", origin):
            raise InputError(
                f"{origin!r} is not the origin of a site",
                where="--cors",
                do="give it as browsers send it: https://news.example.org, without a path",
            )
    sites = Policy(embedders=tuple(embedders), origins=tuple(origins))
    if "*" in allow_hosts:
        return sites
    open_to_all = not is_loopback(host)
    names = {*LOOPBACK, host, *allow_hosts, *([socket.gethostname()] if open_to_all else [])}
    hosts = frozenset(name.strip("[]").casefold() for name in names)
    return replace(sites, hosts=hosts, addresses=open_to_all)


def root_of(path: str) -> str:
    """Return what stands before every address of the server.

    Parameters
    ----------
    path : str
        As it was given: "/foedus", "foedus/" or nothing.

    Returns
    -------
    str
        Empty, or with a slash at its start and none at its end.

    Raises
    ------
    InputError
        When it cannot be part of an address.
    """
    if not re.fullmatch(r"[\w/.~-]*", path, re.ASCII) or ".." in path or "//" in path:
        raise InputError(f"{path!r} is not a path", where="--root-path", do="give it as /foedus")
    inner = path.strip("/")
    return f"/{inner}" if inner else ""


def serve(
    host: str,
    port: int,
    say: Callable[[str], None],
    *,
    allow_hosts: Sequence[str] = (),
    root_path: str = "",
    embedders: Sequence[str] = (),
    origins: Sequence[str] = (),
    log: str = "none",
) -> None:
    """Serve the pages and the API until it is interrupted.

    Parameters
    ----------
    host : str
        The address.
    port : int
        The port, 0 for a free one.
    say : callable
        Tells the user where the server is.
    allow_hosts : sequence of str
        Further names it is asked by.
    root_path : str, default ""
        What stands before every address.
    embedders : sequence of str
        The sites that may show what stands below ``/embed/``.
    origins : sequence of str
        The sites whose scripts may read the API's answers.
    log : {"none", "json"}
        Whether each request is written to the standard error, as one JSON object.

    Raises
    ------
    InputError
        When a library is missing, the address cannot be listened on, or an option cannot be used.
    """
    try:
        import fastapi  # noqa: F401
        import jinja2  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise InputError(
            f"the dashboard needs the library {error.name}",
            where="foedus serve",
            do=install("dashboard"),
        ) from error
    from foedus.dashboard.gateway import served
    from foedus.dashboard.request_log import RequestLog, json_lines

    root = root_of(root_path)
    policy = policy_of(host, allow_hosts, embedders, origins)
    with listen(host, port) as bound:
        app: Any = served(policy, root=root)
        app = RequestLog(app, json_lines()) if log == "json" else app
        at = f"[{host}]" if ":" in host else host
        say(f"foedus serves http://{at}:{bound.getsockname()[1]}{root}/ ; stop it with Ctrl-C.")
        if not is_loopback(host):
            say("It can be reached from other machines, without a password.")
        uvicorn.Server(config_of(app)).run(sockets=[bound])


def config_of(app: Any, *, log_level: str = "warning") -> Any:
    """Return how an application is served.

    Parameters
    ----------
    app : ASGI application
        The application.
    log_level : str, default "warning"
        What is logged.

    Returns
    -------
    uvicorn.Config
        With an end to connections that do not get on.
    """
    import uvicorn

    from foedus.dashboard.connections import TimedProtocol

    return uvicorn.Config(
        app,
        http=TimedProtocol,
        ws="none",
        log_level=log_level,
        access_log=False,
        limit_concurrency=400,
        timeout_graceful_shutdown=5,
    )
