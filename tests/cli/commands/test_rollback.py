from __future__ import annotations

import json
from pathlib import Path

import pytest

import journeyman.deployment.rollback as room
from journeyman.cli.main import main
from journeyman.store.champion import Champion


def test_what_serves_again_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(room, "rollback", lambda run, because: Champion(Path(run), Path(run)))
    assert main(["rollback", "runs/x-1"]) == 0
    assert "runs/x-1 serves itself again" in capsys.readouterr().out
    assert main(["rollback", "runs/x-1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["serving"] == "runs/x-1"


def test_nothing_to_go_back_to_is_two(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "x-1" / "bundle").mkdir(parents=True)
    assert main(["rollback", str(tmp_path / "x-1")]) == 2
    assert "nothing to go back to" in capsys.readouterr().err
