"""Fetching a file from an address: to the very host that was checked, bounded in size and time."""

from __future__ import annotations

import hashlib
import http.client
import re
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote, urljoin

from journeyman.errors import JourneymanError, ResourceError, SourceError
from journeyman.sources.addresses.checked import PORTS, Checked, Resolve, check_address, look_up
from journeyman.sources.addresses.shown import shown

#: At most so many bytes, so many seconds for all of it, and so many until a server begins to answer.
LARGEST, SECONDS, PATIENCE = 4 * 2**30, 600.0, 15.0
MOST_REDIRECTIONS = 5
_PIECE = 1 << 16
_MOVED = (301, 302, 303, 307, 308)
#: What a server calls content → the ending that it has as a file.
_ENDINGS = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/plain": ".txt",
    "text/html": ".html",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/vnd.apache.parquet": ".parquet",
    "application/vnd.apache.arrow.file": ".arrow",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.sqlite3": ".sqlite",
}


@dataclass(frozen=True)
class Fetched:
    """A file that was fetched.

    Parameters
    ----------
    path : where it lies, for as long as it is needed; its name is that of the address
    address : where it came from in the end, without what is secret in it
    digest : SHA-256 of its bytes
    """

    path: Path
    address: str
    digest: str


@contextmanager
def fetched(url: str, *, allow_private: bool = False, resolve: Resolve = look_up) -> Iterator[Fetched]:
    """Fetch a file, for as long as it is needed.

    Every redirection is checked as the address itself was. Proxies of the surroundings are not used: what they connect
    to could not be checked.

    Raises
    ------
    SourceError : the address may not be read, what is there is no file, or it is too large
    ResourceError : the server does not answer, or its certificate does not hold
    """
    until = time.monotonic() + SECONDS
    with tempfile.TemporaryDirectory(prefix="journeyman-") as folder:
        for _ in range(MOST_REDIRECTIONS + 1):
            checked = check_address(url, allow_private=allow_private, resolve=resolve)
            with _told(checked), _asked(checked, until) as answer:
                if answer.status in _MOVED and answer.getheader("Location"):
                    url = _next(checked, str(answer.getheader("Location")))
                    continue
                _require_content(answer, checked)
                path = Path(folder) / _name(checked, answer)
                with path.open("xb") as file:
                    digest = _written(answer, file, checked, until)
            yield Fetched(path, shown(checked.url), digest)
            return
    raise SourceError(
        f"{shown(url)} leads on and on", because=f"it was redirected {MOST_REDIRECTIONS} times", remedy="name the file"
    )


@contextmanager
def _asked(checked: Checked, until: float) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(checked.host, checked.port)
    connection.sock = _connected(checked)
    # A server that drips its answer letter by letter is cut off, too.
    clock = threading.Timer(max(until - time.monotonic(), 0.0), _cut, [connection.sock])
    clock.daemon = True
    clock.start()
    try:
        connection.putrequest("GET", checked.target, skip_host=True, skip_accept_encoding=True)
        host = f"[{checked.host}]" if ":" in checked.host else checked.host
        port = "" if checked.port == PORTS[checked.scheme] else f":{checked.port}"
        headers = {"Host": host + port, "Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "journeyman"}
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        # The answer holds the connection, too, until it is read to its end or closed.
        with closing(connection.getresponse()) as answer:
            yield answer
    finally:
        clock.cancel()
        connection.close()


def _connected(checked: Checked) -> socket.socket:
    """A connection to an address that was checked; for https with the certificate of the host's name."""
    last: OSError | None = None
    for address in checked.at:
        try:
            plain = socket.create_connection((address, checked.port), timeout=PATIENCE)
        except OSError as error:
            last = error
            continue
        if checked.scheme == "http":
            return plain
        try:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=checked.host)
        except OSError:
            plain.close()
            raise
    raise last or OSError("there is no address")


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _next(checked: Checked, location: str) -> str:
    url = urljoin(checked.url, location)
    if checked.scheme == "https" and not url.lower().startswith("https:"):
        raise SourceError(
            f"{shown(checked.url)} leads to {shown(url)}, which is not allowed",
            because="that goes from an encrypted address to another kind",
            remedy="name the file that it leads to, if you trust it",
            code="scheme_not_allowed",
        )
    return url


def _require_content(answer: http.client.HTTPResponse, checked: Checked) -> None:
    place = shown(checked.url)
    if answer.status == 200:
        size = answer.getheader("Content-Length") or ""
        if size.isdecimal() and int(size) > LARGEST:
            raise _too_large(place)
        if (answer.getheader("Content-Encoding") or "identity").lower() not in ("identity", "gzip"):
            raise SourceError(f"{place} is packed in a way that was not asked for", remedy="fetch it first, by hand")
        return
    told = f"the server says {answer.status} {answer.reason}"
    if answer.status in (401, 403, 407):
        raise SourceError(
            f"{place} may not be read",
            because=told,
            remedy="fetch it while signed in, and name the file",
            code="not_a_file",
        )
    if 400 <= answer.status < 500 and answer.status != 429:
        raise SourceError(f"there is no file at {place}", because=told, remedy="check the address", code="file_missing")
    raise ResourceError(f"{place} cannot be fetched now", because=told, remedy="try again later", code="environment")


def _written(answer: http.client.HTTPResponse, file: IO[bytes], checked: Checked, until: float) -> str:
    hasher, size, wanted = hashlib.sha256(), 0, answer.getheader("Content-Length") or ""
    while piece := answer.read(_PIECE):
        size += len(piece)
        if size > LARGEST:
            raise _too_large(shown(checked.url))
        if time.monotonic() > until:
            raise TimeoutError("it takes too long")
        hasher.update(piece)
        file.write(piece)
    if wanted.isdecimal() and size < int(wanted):
        raise SourceError(
            f"{shown(checked.url)} was cut short",
            because=f"{size:,} of {int(wanted):,} bytes came",
            remedy="try again, or fetch it first, by hand",
            code="file_truncated",
        )
    return hasher.hexdigest()


def _name(checked: Checked, answer: http.client.HTTPResponse) -> str:
    """A name for the file that is harmless as one: letters, digits, and an ending."""
    last = unquote(PurePosixPath(checked.target.partition("?")[0]).name)
    name = re.sub(r"[^\w.-]", "_", last).lstrip(".")[-100:] or "table"
    if "." in name:
        return name
    kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    return name + _ENDINGS.get(kind, "")


def _too_large(place: str) -> SourceError:
    return SourceError(
        f"{place} is larger than the {LARGEST / 2**30:g} GiB that are fetched",
        remedy="fetch it first, and name the file",
        code="too_large",
    )


@contextmanager
def _told(checked: Checked) -> Iterator[None]:
    """What the network says, in our words."""
    try:
        yield
    except JourneymanError:
        raise
    except ssl.SSLError as error:
        raise ResourceError(
            f"{shown(checked.url)} cannot be trusted",
            because=f"its certificate does not hold ({getattr(error, 'verify_message', '') or error.reason or error})",
            remedy="check the address, or the clock and the certificates of this machine",
            code="environment",
        ) from error
    except (OSError, http.client.HTTPException) as error:
        because = str(error) or type(error).__name__
        raise ResourceError(
            f"{shown(checked.url)} cannot be fetched",
            because=f"{checked.host} does not answer as it should ({because})",
            remedy="try again later, or fetch it first, and name the file",
            code="environment",
        ) from error
