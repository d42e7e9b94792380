from __future__ import annotations

import json
from typing import Any

import pytest

from journeyman.errors import ResourceError
from journeyman.server import __main__ as program
from journeyman.server import serve as room
from journeyman.server.serve import Served, Serving


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stands in for the server."""
    seen: dict[str, Any] = {"ends": Served(3, 5, False)}

    def serve(run: str, **given: Any) -> Served:
        seen.update(run=run, **{name: given[name] for name in ("host", "port", "token", "require_signature")})
        if isinstance(seen["ends"], BaseException):
            raise seen["ends"]
        given["on_ready"](Serving("http://0.0.0.0:1/", given["token"] or "made-up", {"target": "a\x1b[31m\u2028é"}))
        given["tell"]("reload", "another serves")
        return seen["ends"]

    monkeypatch.setattr(room, "serve", serve)
    monkeypatch.delenv("JOURNEYMAN_TOKEN", raising=False)
    return seen


def lines(text: str) -> list[dict[str, Any]]:
    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    return [json.loads(line) for line in text.splitlines()]


def test_it_says_what_goes_on_a_document_a_line(
    called: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert program.main(["runs/a", "--host", "0.0.0.0", "--port", "9000"]) == 0
    assert (called["run"], called["host"], called["port"], called["token"]) == ("runs/a", "0.0.0.0", 9000, "")
    ready, reload, ended = lines(capsys.readouterr().out)
    assert (ready["status"], ready["token"], ready["target"]) == ("serving", "made-up", "a\x1b[31m\u2028é")
    assert reload == {"status": "reload", "says": "another serves"}
    assert ended == {"status": "ended", "requests": 3, "rows": 5}
    assert called["require_signature"] is None
    monkeypatch.setenv("JOURNEYMAN_TOKEN", "from-outside")
    assert program.main(["runs/a", "--require-signature", "key.pub"]) == 0
    assert called["require_signature"] == "key.pub"
    assert called["token"] == "from-outside"
    assert "from-outside" not in capsys.readouterr().out


def test_its_ends_have_their_codes(called: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    called["ends"] = Served(1, 1, True)
    assert program.main(["runs/a"]) == 130
    called["ends"] = KeyboardInterrupt()
    assert program.main(["runs/a"]) == 130
    capsys.readouterr()
    for raised, code, told in (
        (ResourceError("port 8000 is taken", remedy="choose another"), 3, "port 8000 is taken"),
        (PermissionError(13, "Permission denied"), 3, "serving runs/a failed"),
        (ZeroDivisionError("by zero"), 70, "something went wrong inside journeyman"),
    ):
        called["ends"] = raised
        assert program.main(["runs/a"]) == code
        (said,) = lines(capsys.readouterr().err)
        assert (said["status"], said["error"]) == ("failed", told)
    with pytest.raises(SystemExit) as left:
        program.main([])
    assert left.value.code == 2
