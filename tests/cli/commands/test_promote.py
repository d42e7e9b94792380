from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import journeyman.deployment.promote as room
from journeyman.cli.main import main
from journeyman.store.champion import Champion


def test_what_serves_now_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    told: dict[str, Any] = {}
    step = {"at": 86400.0, "from": "x-1", "to": "x-2", "by": "promote", "because": "it is better"}

    def promote(run: str, candidate: str, **options: Any) -> Champion:
        told.update(run=run, candidate=candidate, **options)
        return Champion(Path(run), Path("runs/x-2"), (step,))

    monkeypatch.setattr(room, "promote", promote)
    assert main(["promote", "runs/x-1", "x-2", "--because", "it is better"]) == 0
    assert told == {"run": "runs/x-1", "candidate": "x-2", "because": "it is better"}
    said = capsys.readouterr().out
    assert "runs/x-1 serves the model of runs/x-2 since 1970-01-02 (promote)" in said
    assert "rollback runs/x-1" in said
    assert main(["promote", "runs/x-1", "x-2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["serving"] == "runs/x-2"


def test_what_cannot_serve_is_two(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "x-1" / "bundle").mkdir(parents=True)
    assert main(["promote", str(tmp_path / "x-1"), "../elsewhere"]) == 2
    assert "is no run" in capsys.readouterr().err
