"""Serve a run over HTTP until somebody ends it."""

from __future__ import annotations

import asyncio
import errno
import os
import resource
import secrets
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import Any

import uvicorn

from journeyman.errors import InputError, ResourceError
from journeyman.server.application import Application
from journeyman.server.deployed import deploy
from journeyman.server.guard import Guard, is_loopback_address
from journeyman.server.limits import Limits
from journeyman.server.protocol import bounded
from journeyman.server.watch import watch

#: Seconds that requests under way have when the server is asked to end.
_GRACE = 10
#: Files that are open beside connections.
_FILES = 64
_PRINTABLE = frozenset(map(chr, range(33, 127))) - set("\"'\\`$")
_SHORTEST_TOKEN = 8

Tell = Callable[[str, str], None]


@dataclass(frozen=True)
class Serving:
    """A server that answers: where, by which token, and what."""

    url: str
    token: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Served:
    """A server that came to its end: what it did, and whether it was pressed to leave requests unanswered."""

    requests: int
    rows: int
    was_pressed: bool


def serve(
    run: str | os.PathLike[str],
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    token: str = "",
    limits: Limits | None = None,
    require_signature: str | os.PathLike[str] | None = None,
    on_ready: Callable[[Serving], None] = lambda serving: None,
    tell: Tell = lambda stage, fact: None,
) -> Served:
    """Answer requests until SIGINT or SIGTERM; those under way are answered first.

    Parameters
    ----------
    host : where to listen; any but a loopback address gets a token, made up where none is given
    port : 0 for any that is free
    require_signature : the file of a public key; models that its holder did not sign are not served, now or later
    on_ready : is told when the server answers
    tell : is told a stage and a fact, now and then

    Raises
    ------
    ResourceError : the port is taken or not ours to take
    InputError : there is no such address, no such model, or the token cannot stand in a header
    """
    token = _checked(token) if token or is_loopback_address(host) else secrets.token_urlsafe(24)
    with _listening(host, port) as listener:
        deployed = deploy(run, limits, require_signature)
        guard = Guard(host, token)
        application = Application(deployed, guard, on_fault=partial(_told_fault, tell))
        configuration = uvicorn.Config(
            application,
            http=bounded(deployed.limits),
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=deployed.limits.connections,
            timeout_keep_alive=int(deployed.limits.idle_seconds),
            timeout_graceful_shutdown=_GRACE,
        )
        server = _Server(configuration, application)
        application.requests = partial(len, server.server_state.tasks)
        _allow_files(deployed.limits.connections)
        model = deployed.model
        facts = {
            "model": deployed.version,
            "name": deployed.name,
            "task": model.task,
            "target": model.target,
            "standing": deployed.standing,
        }
        serving = Serving(_url(host, listener), token, {**facts, "columns": len(deployed.names)})
        reload = partial(deploy, limits=limits, require_signature=require_signature)
        try:
            asyncio.run(
                _until_ended(server, listener, partial(watch, run, application, reload, tell), serving, on_ready)
            )
        finally:
            application.close()
    counted = application.metrics
    return Served(counted.total("journeyman_requests_total"), counted.total("journeyman_rows_total"), server.force_exit)


class _Server(uvicorn.Server):
    """Ends in order when it is asked to; asked again, at once."""

    def __init__(self, configuration: uvicorn.Config, application: Application) -> None:
        super().__init__(configuration)
        self.application = application

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Remember that the end was asked for; the signal is answered with that."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = self.application.is_ending = True


async def _until_ended(
    server: _Server,
    listener: socket.socket,
    watching: Callable[[], Any],
    serving: Serving,
    on_ready: Callable[[Serving], None],
) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_ignore)
    beside = [
        loop.create_task(watching()),
        loop.create_task(_when_started(server, serving, on_ready, server.application.prepare)),
    ]
    try:
        await server.serve(sockets=[listener])
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


async def _when_started(
    server: _Server, serving: Serving, on_ready: Callable[[Serving], None], prepare: Callable[[], None]
) -> None:
    while not server.started:
        await asyncio.sleep(0.005)
    on_ready(serving)
    prepare()


def _allow_files(connections: int) -> None:
    """Let this process hold as many connections as it may, where the system's first limit is lower."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections * 2 + _FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _ignore(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Connections that break are no news; uvicorn's own failures are raised where it is awaited."""


def _told_fault(tell: Tell, error: Exception) -> None:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" ({place.tb_frame.f_code.co_name}, line {place.tb_lineno})" if place is not None else ""
    tell("fault", f"{type(error).__name__}: {str(error)[:300]}{where}; please send us this line")


def _checked(token: str) -> str:
    if token and (len(token) < _SHORTEST_TOKEN or not _PRINTABLE.issuperset(token)):
        raise InputError(
            "the token cannot be used",
            because=f"a token is at least {_SHORTEST_TOKEN} printable ASCII characters without spaces",
            remedy="leave --token out to have one made",
        )
    return token


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there.

    Raises
    ------
    InputError : the address is none of this machine
    ResourceError : the port is taken, or not ours to take
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError, OverflowError) as error:
        raise InputError(
            f"there is no address {host[:80]!r}", because="no such host is known here", remedy="give --host 127.0.0.1"
        ) from error
    listener = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise _no_port(error, host, port) from error
    listener.setblocking(False)
    return listener


def _no_port(error: OSError, host: str, port: int) -> InputError | ResourceError:
    if error.errno == errno.EADDRINUSE:
        return ResourceError(
            f"port {port} of {host} is taken",
            because="another program listens there",
            remedy=f"choose another with --port {port + 1 if port < 65535 else 8000}, or any free one with --port 0",
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return ResourceError(
            f"port {port} may not be used", because="permission is denied", remedy="choose one above 1023 with --port"
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return InputError(
            f"{host} is no address of this machine", because="nothing can listen there", remedy="give --host 127.0.0.1"
        )
    return ResourceError(f"nothing can listen at {host}:{port}", because=error.strerror or type(error).__name__)


def _url(host: str, listener: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}/"
