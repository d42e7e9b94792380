from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

import pytest


def test_ours_and_a_peer_are_asked_in_fresh_processes_and_stand_in_one_table(
    tasks: Path, tmp_path: Path, shares: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    speed = import_module("peers_speed")
    monkeypatch.setattr(speed, "MANY", 1000)
    out = tmp_path / "out.jsonl"
    given = ["--tasks", str(tasks), "--only", "words", "--systems", "journeyman,shares,nobody", "--time", "4s"]
    monkeypatch.setattr(sys, "argv", ["peers_speed.py", *given, "--python", shares, "--out", str(out)])
    speed.main()
    assert "nobody does not take part" in capsys.readouterr().out
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [(row["system"], row["status"]) for row in rows] == [("journeyman", "done"), ("shares", "done")]
    for row in rows:
        assert min(row[key] for key, *_ in speed.COLUMNS) > 0
        assert row["row_ms"] <= row["row_ms_p99"]
        assert row["row_times"] > 100
    speed.main()
    assert len(out.read_text().splitlines()) == 2, "what has its row is not run again"


def test_the_page_compares_with_ours_on_the_same_tasks() -> None:
    speed = import_module("peers_speed")
    own = {"task": "a", "system": "journeyman", "status": "done", "columns": 3, "row_ms": 0.1, "row_ms_p99": 0.2}
    own |= {"rows_a_second": 1e6, "cold_seconds": 0.1, "serving_mb": 60.0, "bytes": 1e6}
    other = {**own, "system": "x", "row_ms": 20.0, "rows_a_second": 5e5}
    failed = {"task": "b", "system": "x", "status": "failed", "reason": "it fell", "columns": 3}
    said = speed.page([own, other, failed])
    assert "| journeyman | 1 | 0.100 | 0.200 | 1,000,000 |" in said
    assert "| x | 1 | 20.000 (200) | 0.200 (1) | 500,000 (2) |" in said
    assert "b x: it fell" in said
