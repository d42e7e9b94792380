"""Files at addresses: only when that was asked for, and then as any other file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from journeyman.errors import SourceError
from journeyman.sources import address
from journeyman.sources.read import read_raw
from journeyman.sources.source import open_source


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *said: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[str]:
    """A server of a folder with two files."""
    (tmp_path / "churn.csv").write_text("a;b\n1;2,5\n")
    (tmp_path / "page.csv").write_text("<!doctype html><html></html>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_every_address_is_claimed_but_files_are_not(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    given = ["https://a.org/b.csv", "HTTP://a.org/", "ftp://a.org/b", "file:/etc/passwd", tmp_path / "a.csv"]
    assert [address.claims(open_source(one)) for one in given] == [3, 3, 1, 1, 0]


def test_without_being_asked_nothing_is_fetched(place: str) -> None:
    for url, told in ((f"{place}/churn.csv", "not allowed"), ("http://example.org/a.csv?s3cret", "--allow-addresses")):
        with pytest.raises(SourceError, match=told) as caught:
            read_raw(url)
        assert caught.value.code == "host_not_allowed"
        assert "s3cret" not in str(caught.value)
    with pytest.raises(SourceError) as caught:
        read_raw("file:///etc/passwd", allow_private_addresses=True)
    assert caught.value.code == "scheme_not_allowed"
    with pytest.raises(SourceError, match="not allowed"):
        read_raw(f"{place}/churn.csv", allow_addresses=True)


def test_asked_for_it_is_read_as_any_other_file(place: str) -> None:
    raw = read_raw(f"{place}/churn.csv", allow_private_addresses=True)
    assert raw.frame.rows() == [("1", "2,5")]
    assert raw.name == "churn"
    assert raw.origin.startswith(f"{place}/churn.csv: 1 row")
    with pytest.raises(SourceError, match="HTML") as caught:
        read_raw(f"{place}/page.csv", allow_private_addresses=True)
    assert caught.value.code == "not_a_table"
