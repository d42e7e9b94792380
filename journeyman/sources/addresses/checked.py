"""Which addresses may be fetched: http and https, from hosts that are on the public network.

A name is looked up once, every address that it stands for is looked at, and what is connected to is one of these very
addresses: a name server that answers otherwise a second time gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from journeyman.errors import SourceError
from journeyman.sources.addresses.shown import shown

#: A look-up: host and port → the addresses that it stands for, as text.
Resolve = Callable[[str, int], Sequence[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
PORTS = {"http": 80, "https": 443}
_LONGEST = 8_000
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*")
#: Names that stand for this machine or its own network, whatever a name server says.
_INSIDE = ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa")
#: Where clouds tell machines their secrets; nobody has a table there.
_SECRETS = {
    ipaddress.ip_address(one) for one in ("169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16")
}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Checked:
    """An address that may be fetched.

    Parameters
    ----------
    scheme : ``"http"`` or ``"https"``
    host : as it is sent, and as its certificate names it
    port : of the server
    target : path and query, as they are sent
    at : the addresses to connect to; no other
    """

    scheme: str
    host: str
    port: int
    target: str
    at: tuple[str, ...]

    @property
    def url(self) -> str:
        """The whole address, to resolve what a redirection says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.target}"


def look_up(host: str, port: int) -> list[str]:
    """Ask the system what a name stands for. It is the only thing here that goes over the network.

    Raises
    ------
    OSError : it is not known
    """
    return list(dict.fromkeys(str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def check_address(url: str, *, allow_private: bool = False, resolve: Resolve = look_up) -> Checked:
    """Whether an address may be fetched.

    Parameters
    ----------
    allow_private : whether hosts of this machine and of its own network may be read, too. Hosts at which clouds tell
        their secrets are never read
    resolve : how a name is looked up; called at most once, and never for an address of digits

    Raises
    ------
    SourceError : ``scheme_not_allowed``, or ``host_not_allowed`` for anything else about it
    """
    parts = _parts(url)
    host, port = _host(parts, url), _port(parts, url)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{_query(parts)}" if parts.query else "")
    literal = _literal(host)
    if literal is not None:
        _require_public(literal, host, allow_private)
        return Checked(parts.scheme, host, port, target, (str(literal),))
    if not allow_private and (host.endswith(tuple(f".{one}" for one in _INSIDE)) or host in _INSIDE):
        raise _refused(host, "that name stands for this machine or its own network", private=True)
    try:
        found = [ipaddress.ip_address(one.partition("%")[0]) for one in resolve(host, port)]
    except (OSError, UnicodeError, ValueError) as error:
        raise _refused(host, f"no name server knows its address ({error})") from error
    if not found:
        raise _refused(host, "no name server knows its address")
    for one in found:
        _require_public(one, host, allow_private)
    return Checked(parts.scheme, host, port, target, tuple(str(one) for one in found))


def _parts(url: str) -> SplitResult:
    scheme = url.strip().partition(":")[0].lower()
    if scheme not in PORTS:
        raise SourceError(
            f"{shown(url)[:200]} is not read: the scheme {scheme}:// is not allowed",
            because="addresses are read over http:// and https:// (databases: postgresql://)",
            remedy="name the file by its path" if scheme == "file" else "fetch it first, and name the file",
            code="scheme_not_allowed",
        )
    if len(url) > _LONGEST or any(ord(sign) <= 32 or ord(sign) == 127 or sign == "\\" for sign in url):
        raise _refused(shown(url)[:80], "the address holds blanks, control characters or backslashes, or is too long")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise _refused(shown(url)[:80], f"the address cannot be read ({error})") from error
    if "@" in parts.netloc:
        raise _refused(parts.hostname or "", "the address holds a user or a password")
    return parts._replace(scheme=scheme)


def _host(parts: SplitResult, url: str) -> str:
    host = (parts.hostname or "").removesuffix(".")
    if ":" in host:
        return host
    try:
        # Letters that look like digits become digits here, before anybody asks what they are.
        plain = unicodedata.normalize("NFKC", host).encode("idna").decode("ascii").lower() if host else ""
    except UnicodeError:
        plain = ""
    if not _HOST.fullmatch(plain):
        raise _refused(host or shown(url)[:80], "that is no name of a host")
    return plain


def _port(parts: SplitResult, url: str) -> int:
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port is None:
        return PORTS[parts.scheme]
    if port == 0:
        raise _refused(shown(url)[:80], "its port is none")
    return port


def _query(parts: SplitResult) -> str:
    return quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]{}|^")


def _literal(host: str) -> Address | None:
    """The address that a host of digits is; None for a name.

    Raises
    ------
    SourceError : it is an address in a spelling that only some programs take for one
    """
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    if re.fullmatch(r"0x[0-9a-f]*|[0-9]+", host.rpartition(".")[2]) or ":" in host:
        # 2130706433, 0x7f000001, 127.1, 0177.0.0.1: system libraries take all of these for 127.0.0.1.
        raise _refused(host, "it is an address of digits in an uncommon spelling")
    return None


def _require_public(address: Address, host: str, allow_private: bool) -> None:
    inner = _inner(address)
    if inner in _SECRETS or (inner.is_link_local or inner.is_multicast or inner.is_unspecified):
        raise _refused(host, f"{_named(host, address)} is never a place for tables")
    if not allow_private and not (inner.is_global and not inner.is_reserved):
        raise _refused(host, f"{_named(host, address)} is on this machine or its own network", private=True)


def _inner(address: Address) -> Address:
    """The address that another one stands for: IPv4 dressed as IPv6 in one of its ways."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    low = int(address) & 0xFFFFFFFF
    if address in _NAT64 or (int(address) >> 32 == 0 and low > 1):
        return ipaddress.IPv4Address(low)
    return address


def _named(host: str, address: Address) -> str:
    return "it" if host == str(address) else f"its address {address}"


def _refused(host: str, because: str, *, private: bool = False) -> SourceError:
    remedy = "fetch it first, and name the file"
    if private:
        remedy = "add --allow-private-addresses if you trust that host, or fetch it first, and name the file"
    return SourceError(f"the host {host!r} is not allowed", because=because, remedy=remedy, code="host_not_allowed")
