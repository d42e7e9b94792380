"""Who may ask: the host that a request names, the page it comes from, the token it brings."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from journeyman.server.refusal import Refusal


@dataclass(frozen=True)
class Guard:
    """Lets requests in.

    Parameters
    ----------
    host : where the server listens
    token : what requests must bring as ``Authorization: Bearer …``; empty where none is asked for
    """

    host: str
    token: str = ""

    def check_origin(self, headers: Mapping[str, str]) -> None:
        """Refuse what comes by another site's page, or by a name that is not this server's.

        Without a token, a server on loopback answers to loopback names only: else a page of another site could have
        its own name lead here and read the answers (DNS rebinding).

        Raises
        ------
        Refusal : 421 for a foreign host, 403 for a foreign origin
        """
        given = headers.get("host", "")
        name = _host_of(given)
        if not self.token and not (_is_loopback(name) or name == self.host.casefold()):
            raise Refusal(
                421,
                "the request is for another host",
                because="this server answers to localhost only",
                remedy="ask it by the address that it printed",
                closes=True,
            )
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.casefold() != given.casefold():
            raise Refusal(
                403,
                "the request comes from a page of another site",
                because="pages of other sites may not ask this server",
                remedy="ask from a program, or from this server's own page",
                closes=True,
            )

    def check_token(self, headers: Mapping[str, str]) -> None:
        """Refuse what does not bring the token.

        Raises
        ------
        Refusal : 401
        """
        if not self.token:
            return
        kind, _, given = headers.get("authorization", "").partition(" ")
        is_it = hmac.compare_digest(given.strip().encode("utf-8", "replace"), self.token.encode())
        if kind.casefold() != "bearer" or not is_it:
            raise Refusal(
                401,
                "the request brings no valid token",
                because="this server was started with a token",
                remedy="send the header Authorization: Bearer TOKEN",
                headers={"WWW-Authenticate": "Bearer"},
                closes=True,
            )


def is_loopback_address(host: str) -> bool:
    """Whether what listens there can be reached from this machine only."""
    return _is_loopback(host.casefold())


def _host_of(given: str) -> str:
    """The name in a Host header, without its port."""
    if given.startswith("["):
        return given[1:].partition("]")[0].casefold()
    return given.partition(":")[0].casefold()


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
