"""A server as people start it: a process of its own."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from journeyman.errors import InputError, ResourceError
from journeyman.server.serve import serve


def get(url: str, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
    place = urlsplit(url)
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=10)
    content = None if body is None else json.dumps(body)
    given = {**({} if body is None else {"Content-Type": "application/json"}), **headers}
    connection.request("GET" if body is None else "POST", path, content, given)
    response = connection.getresponse()
    found = response.status, response.read()
    connection.close()
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_asked_to_end(
    served: Callable[..., Any], bundles: Callable[..., Path], row: dict[str, Any], number: int
) -> None:
    with served(bundles()) as (process, told):
        assert told["status"] == "serving"
        assert told["target"] == "bought"
        assert get(told["url"], "/ready")[0] == 200
        status, body = get(told["url"], "/predict", row)
        assert (status, json.loads(body)["status"]) == (200, "ok")
        assert get(told["url"], "/")[1].startswith(b"<!doctype html>")
        process.send_signal(number)
        _, printed = process.communicate(timeout=15)
        assert process.returncode == 0
        assert "ended: 3 requests, 1 rows" in printed
        assert "Traceback" not in printed


def test_beyond_this_machine_a_token_is_made(served: Callable[..., Any], bundles: Callable[..., Path]) -> None:
    with served(bundles(), "--host", "0.0.0.0") as (_, told):
        url = told["url"].replace("0.0.0.0", "127.0.0.1")
        assert len(told["token"]) >= 24
        assert get(url, "/schema")[0] == 401
        assert get(url, "/schema", Authorization=f"Bearer {told['token']}")[0] == 200


def test_a_port_that_is_taken_is_told(bundles: Callable[..., Path]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ResourceError, match=f"port {port} of 127.0.0.1 is taken") as caught:
            serve(bundles(), port=port)
    assert (caught.value.exit_code, f"--port {port + 1}" in caught.value.remedy) == (3, True)


@pytest.mark.parametrize(
    ("given", "happened"),
    [
        ({"host": "no.such.host.invalid"}, "no address"),
        ({"host": "203.0.113.7"}, "no address of this machine"),
        ({"token": "short"}, "token cannot be used"),
        ({"token": "with spaces in it"}, "token cannot be used"),
    ],
)
def test_what_cannot_be_served_is_told_before_anything_is_loaded(tmp_path: Path, given: Any, happened: str) -> None:
    with pytest.raises(InputError, match=happened):
        serve(tmp_path, port=0, **given)


def test_a_serving_process_has_nothing_that_trains(bundles: Callable[..., Path]) -> None:
    script = """
import sys, pathlib
from journeyman.server.deployed import deploy
from journeyman.server.application import Application
from journeyman.server.guard import Guard
import journeyman.server.serve
from journeyman.server import service
one = deploy(sys.argv[1])
Application(one, Guard("127.0.0.1"))
row = service.example(one).body
response, answers = service.predict(one, row, b"reasons=3&amounts=1")
assert response.status == 200, response.body
service.what_if(one, b'{"row": %s, "column": "age"}' % row)
service.similar(one, row, b"")
service.described_api(one, wants_token=True)
heavy = {"polars", "sklearn", "lightgbm", "scipy", "onnx", "pandas", "pyarrow", "jinja2", "catboost"} & set(sys.modules)
rooms = {name.split(".")[1] for name in sys.modules if name.startswith("journeyman.")}
print(sorted(heavy), sorted(rooms - {"errors", "store", "table", "statistics", "plan", "bundle", "server", "web"}))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(bundles("cases"))], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "[] []", done.stderr[-2000:]
