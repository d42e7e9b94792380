from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from journeyman.server.limits import Limits


@pytest.mark.parametrize(
    "path", ["/", "/page/page.js", "/schema", "/example", "/health", "/ready", "/metrics", "/openapi.json"]
)
def test_every_address_answers(application: Callable[..., Any], asked: Callable[..., Any], path: str) -> None:
    found = asked(application(), path)
    assert found.status == 200
    assert found.body
    assert asked(application(), path, method="HEAD").body == b""


def test_rows_are_answered_and_counted(
    application: Callable[..., Any], asked: Callable[..., Any], row: dict[str, Any]
) -> None:
    one = application()
    found = asked(one, "/predict", row)
    assert (found.status, found.document["status"]) == (200, "ok")
    assert found.headers["x-model-version"] == found.document["model"]
    many = asked(one, "/predict?reasons=1", {"rows": [row, {**row, "age": "x"}]})
    assert many.document["counts"] == {"ok": 1, "unusual": 0, "refused": 1}
    text = asked(one, "/metrics").body.decode()
    assert 'journeyman_rows_total{status="ok"} 2' in text
    assert 'journeyman_rows_total{status="refused"} 1' in text
    assert 'journeyman_requests_total{path="/predict",status="200"} 2' in text
    assert 'task="binary"' in text


def test_many_rows_are_answered_in_a_thread(
    application: Callable[..., Any], asked: Callable[..., Any], row: dict[str, Any]
) -> None:
    found = asked(application(), "/predict", {"rows": [row] * 700})
    assert found.document["counts"]["ok"] == 700
    assert all(one == found.document["rows"][0] for one in found.document["rows"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/page/../deployed.py", 404),
        ("/page/__init__.py", 404),
        ("/predict", 405),
        ("/PREDICT", 404),
    ],
)
def test_what_is_not_there_is_told(
    application: Callable[..., Any], asked: Callable[..., Any], path: str, status: int
) -> None:
    found = asked(application(), path)
    assert found.status == status
    assert set(found.document) == {"format", "status", "error", "because", "try"}


def test_a_token_guards_all_but_the_page_and_health(
    application: Callable[..., Any], asked: Callable[..., Any], row: dict[str, Any]
) -> None:
    one = application(token="sesame-1234")
    for path in ("/schema", "/example", "/metrics", "/openapi.json"):
        assert asked(one, path).status == 401
        assert asked(one, path, headers={"authorization": "Bearer sesame-1234"}).status == 200
    for path in ("/predict", "/what-if", "/similar"):
        assert asked(one, path, row).status == 401
    assert asked(one, "/predict", row, headers={"authorization": "Bearer sesame-1234"}).status == 200
    assert asked(one, "/").status == asked(one, "/health").status == asked(one, "/ready").status == 200


def test_foreign_hosts_and_pages_are_sent_away(
    application: Callable[..., Any], asked: Callable[..., Any], row: dict[str, Any]
) -> None:
    assert asked(application(), "/predict", row, headers={"host": "evil.example"}).status == 421
    assert asked(application(), "/", headers={"host": "evil.example"}).status == 421
    assert asked(application(), "/predict", row, headers={"origin": "http://evil.example"}).status == 403


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"age": NaN}',
        b'{"age": 1, "age": 2}',
        b"[" * 100_000,
        b"\xff",
        b'{"rows": [1, 2]}',
        b"{}",
        b'{"zzz": 1}',
    ],
)
def test_bad_bodies_are_refused_in_three_parts(
    application: Callable[..., Any], asked: Callable[..., Any], body: bytes
) -> None:
    found = asked(application(), "/predict", body)
    assert found.status in (400, 422)
    assert found.document["error"]
    assert found.document["try"]
    assert "Traceback" not in found.body.decode()


def test_markup_comes_back_as_data_only(application: Callable[..., Any], asked: Callable[..., Any]) -> None:
    evil = "<script>alert(1)</script>"
    for found in (
        asked(application(), "/predict", {evil: 1}),
        asked(application(), "/predict", {"age": evil}),
        asked(application(), f"/{evil}"),
    ):
        assert found.status >= 400
        assert found.headers["content-type"] == "application/json"
        assert found.headers["x-content-type-options"] == "nosniff"


def test_too_large_a_body_is_refused_before_it_is_read(
    application: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    found = asked(application(limits=Limits(body_bytes=10)), "/predict", b"x" * 11)
    assert (found.status, found.headers["connection"]) == (413, "close")


def test_a_busy_server_says_so(application: Callable[..., Any], asked: Callable[..., Any], row: dict[str, Any]) -> None:
    one = application(limits=Limits(busy=1, waiting=-1))
    found = asked(one, "/predict?reasons=1", row)
    assert (found.status, found.headers["retry-after"]) == (503, "1")
    crowded = application()
    asked(crowded, "/predict", row)
    crowded.requests = lambda: 10**7
    assert asked(crowded, "/predict", row).status == 503


def test_our_own_fault_is_told_without_the_inside(
    application: Callable[..., Any], asked: Callable[..., Any], row: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Exception] = []
    one = application(on_fault=seen.append)

    def fail(*given: Any) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(type(one.deployed.model), "predict_one", fail)
    found = asked(one, "/predict", row)
    assert found.status == 500
    assert "secret" not in found.body.decode()
    assert isinstance(seen[0], ZeroDivisionError)
    assert "journeyman_faults_total 1" in asked(one, "/metrics").body.decode()


def test_an_ending_server_is_not_ready(application: Callable[..., Any], asked: Callable[..., Any]) -> None:
    one = application()
    one.is_ending = True
    assert asked(one, "/ready").status == 503
    assert asked(one, "/health").status == 200


def test_another_model_may_take_the_place(
    application: Callable[..., Any], deployed: Callable[..., Any], asked: Callable[..., Any], row: dict[str, Any]
) -> None:
    one = application()
    before = asked(one, "/predict", row).document
    one.deployed = deployed("multiclass")
    after = asked(one, "/predict", row)
    assert after.headers["x-model-version"] == after.document["model"] != before["model"]
    assert json.loads(asked(one, "/schema").body)["task"] == "multiclass"
