from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import journeyman.job.retrain as room
from journeyman.cli.main import main
from journeyman.deployment.compare import Comparison
from journeyman.job.retrain import Retrained
from journeyman.job.run import Run

COMPARISON = Comparison("log_loss", 0.5, 0.4, 0.1, 0.05, 0.2, 500, 500, 0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    told: dict[str, Any] = {"promoted": True}

    def retrain(run: str, *sources: str, **options: Any) -> Retrained:
        told.update(run=run, sources=sources, options=options)
        built = Run(Path("runs/x-2"), {"verdict": {"decision": "deploy"}})
        return Retrained(built, Path("runs/x-1"), COMPARISON, told["promoted"], COMPARISON.sentence)

    monkeypatch.setattr(room, "retrain", retrain)
    return told


def test_what_serves_now_and_how_to_undo_it_is_told(asked: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retrain", "runs/x-1", "a.csv", "b.csv", "--old", "then.csv", "--trials", "2"]) == 0
    assert asked["sources"] == ("a.csv", "b.csv")
    assert asked["options"]["old"] == ("then.csv",)
    assert asked["options"]["trials"] == 2
    assert "time" not in asked["options"]
    assert "rollback runs/x-1" in capsys.readouterr().out
    asked["promoted"] = False
    main(["retrain", "runs/x-1", "a.csv"])
    assert "promote runs/x-1 x-2" in capsys.readouterr().out


def test_with_a_gate_a_model_that_is_kept_beside_is_four(
    asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["retrain", "runs/x-1", "a.csv", "--gate", "--quiet"]) == 0
    asked["promoted"] = False
    assert main(["retrain", "runs/x-1", "a.csv", "--gate", "--json"]) == 4
    document = json.loads(capsys.readouterr().out.split("\n{", 1)[0])
    assert document["promoted"] is False
    assert document["comparison"]["low"] == 0.05


def test_contradicting_options_are_refused(asked: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retrain", "runs/x-1", "a.csv", "--old", "x", "--new-only"]) == 2
    assert "contradict" in capsys.readouterr().err
    assert "run" not in asked
