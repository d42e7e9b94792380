"""Benchmarks are scripts of one folder; it comes last on the path, so that no library is hidden by one of them."""

from __future__ import annotations

import json
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
ROWS = 160
STUB = """
import json
import pandas
LIBRARY, METRICS = "pandas", {}
def fit(rows, job, place):
    place.mkdir()
    shares = rows[job["target"]].value_counts(normalize=True).reindex(job["classes"])
    (place / "shares.json").write_text(json.dumps(list(shares)))
    print("last words")
    return {"model": "shares", "settings": job["settings"]}
def load(place):
    return json.loads((place / "shares.json").read_text())
def answers(model, rows, job):
    return [model] * len(rows)
"""


@pytest.fixture(autouse=True)
def benchmarks(monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "path", [*sys.path, str(FOLDER)])
    return FOLDER


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    """Two small tables: values above -1 judged by their logarithms, and three classes with words among the columns."""
    random = np.random.default_rng(0)
    x, word = random.normal(size=ROWS), random.choice(["a", "b"], size=ROWS)
    moved = x + (word == "a")
    write(tmp_path / "tasks" / "values", {"x": x, "word": word, "y": np.exp(moved)}, "regression", "rmsle", "min")
    names = np.array(["low", "mid", "top"])[np.digitize(moved, [0, 1])]
    write(tmp_path / "tasks" / "words", {"x": x, "word": word, "y": names}, "multiclass", "log_loss", "min")
    return tmp_path / "tasks"


def write(place: Path, cells: dict[str, Any], task: str, metric: str, direction: str) -> None:
    place.mkdir(parents=True)
    card = {"target": "y", "task": task, "metric": metric, "metric_direction": direction}
    (place / "card.json").write_text(json.dumps(card))
    pl.DataFrame(cells).write_parquet(place / "table.parquet")
    pl.DataFrame({"test": np.arange(ROWS) % 4 == 0}).write_parquet(place / "split.parquet")


@pytest.fixture
def shares(tmp_path: Path, benchmarks: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A peer called ``shares`` that answers with the shares of classes, and the option that says where it lives."""
    (tmp_path / "peers").mkdir()
    for name in ("run.py", "taken.py", "own_speed.py"):
        shutil.copy(benchmarks / "peers" / name, tmp_path / "peers")
    (tmp_path / "peers" / "shares.py").write_text(STUB)
    monkeypatch.setattr(import_module("peers_environments"), "HERE", tmp_path)
    return f"shares={sys.executable}"
