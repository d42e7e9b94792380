"""The prototype page's files, as they ship in the room `web`: read once, served as they are."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from journeyman.server.response import Response

_ROOM = "journeyman.web"
_KINDS: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def read_pages() -> dict[str, Response]:
    """Every file of the page by the path where it is served: ``/`` and ``/page/NAME``."""
    found = {}
    for one in files(_ROOM).iterdir():
        ending = "." + one.name.rpartition(".")[2]
        if ending in _KINDS:
            path = "/" if one.name == "index.html" else f"/page/{one.name}"
            found[path] = Response(200, one.read_bytes(), _KINDS[ending])
    return found
