from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

import journeyman.selftests.selftest as room
from journeyman.cli.main import main
from journeyman.selftests.outcome import Outcome, Selftest, State


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    told: dict[str, Any] = {"state": "passed"}

    def selftest(source: Any, predict: Any, *, seed: int, progress: Callable[[Any], None]) -> Selftest:
        told.update(source=source, predict=predict, seed=seed)
        progress("two runs …")
        state: State = told["state"]
        outcome = Outcome(
            name="two runs",
            on="ours",
            must_not="differ",
            seen="3 files\x1b[31m",
            numbers={},
            state=state,
            seconds=1.0,
        )
        progress(outcome)
        return Selftest((outcome,), 1.0, "our tables", seed)

    monkeypatch.setattr(room, "selftest", selftest)
    return told


def test_every_case_is_a_line(asked: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["selftest", "a.csv", "--predict", "y", "--seed", "4"]) == 0
    assert (asked["source"], asked["predict"], asked["seed"]) == ("a.csv", "y", 4)
    said = capsys.readouterr().out
    assert "passed    two runs: 3 files\\x1b[31m (1 s)\n" in said
    assert "all 1 passed; tried on our tables\n" in said
    main(["selftest"])
    assert (asked["source"], asked["predict"], asked["seed"]) == (None, None, 0)


def test_a_failure_is_four_in_three_parts(asked: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    asked["state"] = "failed"
    assert main(["selftest", "--quiet"]) == 4
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "error: this must never happen: differ" in shown.err
    assert "because: two runs: 3 files" in shown.err
    assert "try: do not trust" in shown.err


@pytest.mark.parametrize(("state", "code"), [("passed", 0), ("not told", 0), ("failed", 4)])
def test_with_json_one_document_is_printed(
    state: str, code: int, asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    asked["state"] = state
    assert main(["selftest", "--json"]) == code
    document = json.loads(capsys.readouterr().out)
    assert (document["format"], document["passed"]) == (1, code == 0)
    assert document["outcomes"][0]["state"] == state


def test_a_wrong_request_is_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["selftest", "a.csv"]) == 2
    assert "try: say journeyman selftest SOURCE --predict COLUMN" in capsys.readouterr().err
