"""Fetching from a server of our own on the loopback: what comes, what is bounded, and what is never connected to."""

from __future__ import annotations

import hashlib
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from journeyman.errors import JourneymanError, ResourceError, SourceError
from journeyman.sources.addresses import fetched as module
from journeyman.sources.addresses.fetched import fetched

CONTENT = b"a,b\n1,2\n"
Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def server() -> Iterator[Any]:
    """A server: paths → what it answers; it notes what it was asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]  # noted below
            answers: dict[str, Answer] = self.server.answers  # type: ignore[attr-defined]  # set below
            answers.get(self.path.partition("?")[0], missing)(self)

        def log_message(self, *said: Any) -> None:
            """Nothing is printed."""

    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.daemon_threads = True
    found.asked, found.answers = [], {}  # type: ignore[attr-defined]  # a server of our own
    found.address = f"http://127.0.0.1:{found.server_port}"  # type: ignore[attr-defined]  # as above
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()


def missing(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(404)


def gives(content: bytes = CONTENT, status: int = 200, length: int | None = None, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if length != -1:
            handler.send_header("Content-Length", str(len(content) if length is None else length))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def refused(url: str, **named: Any) -> JourneymanError:
    with pytest.raises(JourneymanError) as caught, fetched(url, **{"allow_private": True, **named}):
        pass
    return caught.value


def test_a_file_is_fetched_and_goes_away_again(server: Any) -> None:
    server.answers["/data/churn.csv"] = gives()
    with fetched(f"{server.address}/data/churn.csv?token=s3cret", allow_private=True) as file:
        assert file.path.name == "churn.csv"
        assert file.path.read_bytes() == CONTENT
        assert file.digest == hashlib.sha256(CONTENT).hexdigest()
        assert file.address == f"{server.address}/data/churn.csv?***"
    assert not file.path.exists()
    path, headers = server.asked[0]
    assert path == "/data/churn.csv?token=s3cret"
    assert (headers["Accept-Encoding"], headers["Host"]) == ("identity", server.address.removeprefix("http://"))


def test_without_leave_nothing_is_connected_to(server: Any) -> None:
    assert refused(f"{server.address}/a.csv", allow_private=False).code == "host_not_allowed"
    assert server.asked == []


def test_what_is_connected_to_is_what_was_checked(server: Any) -> None:
    """A name server that gives another answer the second time is not asked a second time."""
    server.answers["/a.csv"] = gives()
    answers = iter([["127.0.0.1"], ["203.0.113.9"]])
    url = f"http://name.test:{server.server_port}/a.csv"
    with fetched(url, allow_private=True, resolve=lambda host, port: next(answers)) as file:
        assert file.path.read_bytes() == CONTENT
    assert server.asked[0][1]["Host"] == f"name.test:{server.server_port}"
    assert next(answers) == ["203.0.113.9"]


def test_a_redirection_is_followed_and_checked_again(server: Any) -> None:
    server.answers |= {
        "/a": gives(b"", 302, Location="/b.csv"),
        "/b.csv": gives(),
        "/secret": gives(b"", 301, Location="http://169.254.169.254/latest/meta-data/"),
        "/file": gives(b"", 307, Location="file:///etc/passwd"),
        "/round": gives(b"", 302, Location="/round"),
    }
    with fetched(f"{server.address}/a", allow_private=True) as file:
        assert (file.path.name, file.path.read_bytes()) == ("b.csv", CONTENT)
    assert refused(f"{server.address}/secret").code == "host_not_allowed"
    assert refused(f"{server.address}/file").code == "scheme_not_allowed"
    assert "redirected" in refused(f"{server.address}/round").because


def test_a_public_address_cannot_lead_to_a_private_one(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    server.answers["/a"] = gives(b"", 302, Location=f"{server.address}/b.csv")
    server.answers["/b.csv"] = gives()
    connect, connected = socket.create_connection, []

    def to_ours(place: tuple[str, int], **named: Any) -> socket.socket:
        connected.append(place)
        return connect(("127.0.0.1", server.server_port), **named)

    monkeypatch.setattr(socket, "create_connection", to_ours)
    error = refused("http://public.test/a", allow_private=False, resolve=lambda host, port: ["93.184.215.14"])
    assert error.code == "host_not_allowed"
    assert connected == [("93.184.215.14", 80)]
    assert [path for path, _ in server.asked] == ["/a"]


def test_what_is_too_large_or_cut_short_is_refused(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 1_000)
    server.answers |= {
        "/told": gives(b"x" * 10, length=10_000),
        "/untold": gives(b"x" * 10_000, length=-1),
        "/cut": gives(b"x" * 10, length=500),
    }
    assert refused(f"{server.address}/told").code == "too_large"
    assert refused(f"{server.address}/untold").code == "too_large"
    assert refused(f"{server.address}/cut").code == "file_truncated"


def test_a_server_that_drips_is_cut_off(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        try:
            for _ in range(100):
                handler.wfile.write(b"H")
                time.sleep(0.05)
        except OSError:
            return

    server.answers["/slow"] = drip
    monkeypatch.setattr(module, "SECONDS", 0.3)
    began = time.monotonic()
    assert isinstance(refused(f"{server.address}/slow"), ResourceError)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (404, "file_missing", SourceError),
        (403, "not_a_file", SourceError),
        (401, "not_a_file", SourceError),
        (500, "environment", ResourceError),
        (429, "environment", ResourceError),
        (304, "environment", ResourceError),
    ],
)
def test_what_the_server_says_is_told(server: Any, status: int, code: str, kind: type) -> None:
    server.answers["/a"] = gives(b"", status)
    error = refused(f"{server.address}/a")
    assert (error.code, type(error)) == (code, kind)
    assert str(status) in error.because


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/export", "text/csv; charset=utf-8", "export.csv"),
        ("/", "application/json", "table.json"),
        ("/%2e%2e%2fetc%2fpasswd", "text/csv", "_etc_passwd.csv"),
        ("/a%20b;rm.csv", "text/plain", "a_b_rm.csv"),
        ("/.hidden", "", "hidden"),
    ],
)
def test_the_file_has_a_harmless_name_with_an_ending(server: Any, path: str, kind: str, name: str) -> None:
    server.answers[path] = gives(Content_Type=kind)
    with fetched(f"{server.address}{path}", allow_private=True) as file:
        assert file.path.name == name
        assert file.path.parent.name.startswith("journeyman-")


def test_a_server_that_is_not_there_or_talks_otherwise_says_so(server: Any) -> None:
    assert refused("http://127.0.0.1:1/a.csv").code == "environment"
    assert refused(f"{server.address.replace('http:', 'https:')}/a.csv").code == "environment"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
def test_a_certificate_that_nobody_vouches_for_does_not_hold(server: Any, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.answers["/a.csv"] = gives()
    server.socket = context.wrap_socket(server.socket, server_side=True)
    error = refused(f"https://127.0.0.1:{server.server_port}/a.csv")
    assert (error.code, "cannot be trusted" in error.happened) == ("environment", True)
    assert server.asked == []
