from __future__ import annotations

import json
from typing import Any

import pytest

from journeyman.cli.main import main
from journeyman.errors import ResourceError
from journeyman.server import serve as room
from journeyman.server.serve import Served, Serving

FACTS = {"model": "0123456789ab", "name": "churn-1", "task": "binary", "target": "Churn", "columns": 19, "standing": ""}


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stands in for the server: says that it is ready, then ends as it is told to."""
    seen: dict[str, Any] = {"ends": Served(3, 5, False), "token": ""}

    def serve(run: str, **given: Any) -> Served:
        seen.update(run=run, **{name: given[name] for name in ("host", "port")}, given_token=given["token"])
        if isinstance(seen["ends"], Exception):
            raise seen["ends"]
        given["on_ready"](Serving("http://127.0.0.1:8000/", given["token"] or seen["token"], FACTS))
        given["tell"]("reload", "model x serves now")
        return seen["ends"]

    monkeypatch.setattr(room, "serve", serve)
    monkeypatch.delenv("JOURNEYMAN_TOKEN", raising=False)
    return seen


def test_it_says_where_it_answers_and_what_it_did(called: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "runs/churn-1"]) == 0
    assert (called["run"], called["host"], called["port"], called["given_token"]) == (
        "runs/churn-1",
        "127.0.0.1",
        8000,
        "",
    )
    said = capsys.readouterr().out
    assert "Churn from 19 columns, model 0123456789ab of churn-1" in said
    assert "page      http://127.0.0.1:8000/\n" in said
    assert "curl -s http://127.0.0.1:8000/example | curl -s http://127.0.0.1:8000/predict" in said
    assert "ended: 3 requests, 5 rows" in said
    assert "oken" not in said


def test_a_token_that_was_made_is_shown_and_one_that_was_given_is_not(
    called: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    called["token"] = "made-for-this"
    assert main(["serve", "runs/churn-1", "--host", "192.168.0.7"]) == 0
    said = capsys.readouterr().out
    assert "http://127.0.0.1:8000/#token=made-for-this" in said
    assert "Authorization: Bearer made-for-this" in said
    monkeypatch.setenv("JOURNEYMAN_TOKEN", "from-outside")
    assert main(["serve", "runs/churn-1"]) == 0
    said = capsys.readouterr().out
    assert called["given_token"] == "from-outside"
    assert "from-outside" not in said
    assert '"Authorization: Bearer $JOURNEYMAN_TOKEN"' in said
    assert main(["serve", "runs/churn-1", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_with_json_a_document_says_where(called: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "runs/churn-1", "--json", "--port", "0"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["status"], document["url"], document["target"]) == ("serving", "http://127.0.0.1:8000/", "Churn")
    assert "token" not in document


def test_its_ends_have_their_codes(called: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    called["ends"] = Served(1, 1, True)
    assert main(["serve", "runs/churn-1"]) == 130
    called["ends"] = ResourceError("port 8000 is taken", remedy="choose another with --port")
    assert main(["serve", "runs/churn-1"]) == 3
    assert main(["serve", "runs/churn-1", "--port", "70000"]) == 2
    assert "Traceback" not in capsys.readouterr().err
