from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from journeyman.cli.main import main


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "loans.csv"
    rows = [f"{place % 7},{'approve' if place % 3 else 'reject'}" for place in range(120)]
    path.write_text("\n".join(["size,decision", *rows]) + "\n")
    return path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def automate(log: str, decision: str, **options: Any) -> Any:
        found.update(options, decision=decision, log=log)
        options["progress"]("policy", "nothing can", True)
        policy = SimpleNamespace(automates=False, answer="nothing can run unattended")
        return SimpleNamespace(folder=Path("runs/loans-automate-1"), policy=policy, summary={"format": 1})

    module = ModuleType("journeyman.job.automate")
    module.automate = automate  # type: ignore[attr-defined]  # a stand-in
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return found


def test_options_reach_the_job_and_the_next_step_is_named(
    source: Path, asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--max-error", "1%", "--minutes", "5", "--hourly", "40", "--actor", "who", "--seed", "3"]
    assert main(["automate", str(source), "--decision", "decision", *options]) == 0
    assert (asked["decision"], asked["max_error"], asked["minutes"], asked["seed"]) == ("decision", "1%", 5, 3)
    assert "predict runs/loans-automate-1 NEW.csv" in capsys.readouterr().out


def test_a_gate_closes_where_nothing_runs_and_json_is_alone(
    source: Path, asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["automate", str(source), "--decision", "decision", "--gate", "--quiet"]) == 4
    capsys.readouterr()
    assert main(["automate", str(source), "--decision", "decision", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"format": 1}


def test_without_a_decision_those_that_are_there_are_told(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["automate", str(source)]) == 0
    told = capsys.readouterr()
    assert "decision  'decision': 120 cases" in told.out
    assert f"automate {source} --decision decision" in told.out
    assert main(["automate", str(source), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["status"] == "choose"
    assert [one["column"] for one in document["decisions"]] == ["decision"]
