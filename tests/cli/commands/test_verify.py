from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import journeyman.verification.verify as room
from journeyman.cli.main import main
from journeyman.verification.verification import Check, Verification

HOLDS, FAILS = Check("data", "holds", "the same 9 rows"), Check("claim rmse", "fails", "value: 1.0 is certified")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    told: dict[str, Any] = {"checks": (HOLDS,)}

    def verify(run: str, data: Any, **named: Any) -> Verification:
        told.update(run=run, data=data)
        return Verification(Path(run), told["checks"])

    monkeypatch.setattr(room, "verify", verify)
    return told


def test_what_holds_is_told_line_by_line(asked: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "runs/x-1", "--data", "a.csv", "--data", "b.csv"]) == 0
    assert (asked["run"], asked["data"]) == ("runs/x-1", ["a.csv", "b.csv"])
    said = capsys.readouterr().out
    assert "holds     data: the same 9 rows\n" in said
    assert "runs/x-1: all of it holds\n" in said
    main(["verify", "runs/x-1"])
    assert asked["data"] is None


def test_what_does_not_hold_is_four_with_the_first_difference(
    asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    asked["checks"] = (HOLDS, FAILS)
    assert main(["verify", "runs/x-1", "--quiet"]) == 4
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "because: claim rmse: value: 1.0 is certified" in shown.err


@pytest.mark.parametrize("checks", [(HOLDS,), (HOLDS, FAILS)])
def test_with_json_one_document_is_printed(
    checks: tuple[Check, ...], asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    asked["checks"] = checks
    main(["verify", "runs/x-1", "--json"])
    document = json.loads(capsys.readouterr().out)
    assert document["holds"] == (FAILS not in checks)
    assert document["checks"][0] == {"name": "data", "state": "holds", "text": "the same 9 rows"}


def test_a_folder_without_a_certificate_is_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path)]) == 2
    assert "there is no certificate" in capsys.readouterr().err
