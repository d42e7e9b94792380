"""One connection at a time against a real server with little patience."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn

from journeyman.server.limits import Limits
from journeyman.server.protocol import bounded

LIMITS = Limits(
    header_seconds=0.3,
    body_seconds=0.3,
    body_bytes_a_second=1 << 20,
    idle_seconds=0.6,
    connections=8,
    body_bytes=1 << 20,
)


@pytest.fixture(scope="module")
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    make = request.getfixturevalue("module_application")
    config = uvicorn.Config(
        make,
        http=bounded(LIMITS),
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        timeout_keep_alive=1,
    )
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def module_application(deployed: Callable[..., Any]) -> Any:
    from journeyman.server.application import Application
    from journeyman.server.deployed import Deployed
    from journeyman.server.guard import Guard

    one = deployed()
    return Application(Deployed(one.model, one.name, one.version, LIMITS), Guard("127.0.0.1"))


def until_closed(client: socket.socket, drip: bytes = b"") -> float:
    """Seconds until the server lets go, while a byte or so comes now and then."""
    began = time.monotonic()
    client.settimeout(0.1)
    while time.monotonic() - began < 5:
        try:
            if drip:
                client.sendall(drip)
            if not client.recv(65536):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - began


def post(body: bytes, extra: str = "") -> bytes:
    head = f"POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{extra}"
    return head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    ("first", "drip"),
    [
        (b"", b""),
        (b"GET /health HTTP/1.1\r\n", b"X-a: b\r\n"),
        (
            b"POST /predict HTTP/1.1\r\nHost: [::1]\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n",
            b" ",
        ),
        (b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n", b""),
    ],
    ids=["silent", "slow head", "slow body", "idle after an answer"],
)
def test_nobody_holds_a_connection_for_long(port: int, first: bytes, drip: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(first)
        assert until_closed(client, drip) < 3


def test_large_bodies_come_through_in_parts(port: int) -> None:
    body = b'{"rows": [' + b",".join([b'{"age": 40}'] * 9000) + b"]}"
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(post(body, "Connection: close\r\n"))
        client.settimeout(10)
        answer = b""
        while part := client.recv(1 << 20):
            answer += part
    assert answer.startswith(b"HTTP/1.1 200")
    assert b'"unusual":9000' in answer


def test_requests_one_after_the_other_on_one_connection(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(5)
        client.sendall(post(b'{"age": 40}') * 5)
        answer = b""
        while answer.count(b"HTTP/1.1 200") < 5 or not answer.endswith(b"}"):
            answer += client.recv(1 << 20)
    assert answer.count(b'"status":"unusual"') == 5


def test_chunks_are_refused_at_once(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(5)
        client.sendall(
            b"POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\n \r\n" * 1000
        )
        assert client.recv(65536).startswith(b"HTTP/1.1 411")


def test_too_many_clients_are_told(port: int) -> None:
    clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    try:
        time.sleep(0.1)
        last = clients[-1]
        last.settimeout(2)
        assert b"503" in last.recv(65536)
    finally:
        for one in clients:
            one.close()


def test_what_is_no_http_is_answered_in_one_line(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(2)
        client.sendall(b"\x16\x03\x01\x02 nonsense\r\n\r\n")
        answer = client.recv(65536)
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"Traceback" not in answer
