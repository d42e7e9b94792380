"""Real tables of the three tasks: built, served, asked; what the service says is what Python says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import journeyman as jm
from journeyman.server import service
from journeyman.server.deployed import deploy

TASKS = Path(__file__).parents[3] / "shared" / "data" / "tasks"
needs_tables = pytest.mark.skipif(not TASKS.is_dir(), reason="the shared tables are not beside this checkout")


@pytest.fixture
def run_of(tmp_path: Path) -> Callable[[str, int], tuple[Path, pl.DataFrame]]:
    def give(task: str, rows: int) -> tuple[Path, pl.DataFrame]:
        card = json.loads((TASKS / task / "card.json").read_text())
        table = pl.read_parquet(TASKS / task / "table.parquet").sample(rows, seed=1)
        jm.build(table, predict=card["target"], trials=1, out=tmp_path / task)
        return tmp_path / task, table.drop(card["target"])

    return give


@needs_tables
@pytest.mark.parametrize(("task", "rows"), [("telco_churn", 400), ("ames_raw", 300), ("penguins_raw", 200)])
def test_rows_of_a_real_table_are_answered_as_in_python(
    run_of: Callable[[str, int], tuple[Path, pl.DataFrame]], task: str, rows: int
) -> None:
    run, table = run_of(task, rows)
    one = deploy(run)
    sent = json.loads(table.head(40).write_json())
    body = json.dumps({"rows": sent}).encode()
    response, answers = service.predict(one, body, b"unknown=ignore")
    assert response.status == 200
    expected = list(jm.load(run).predict(sent))
    for answer, said in zip(answers, expected, strict=True):
        assert answer["status"] == said["status"]
        assert answer["prediction"] == said["prediction"]
    typical = service.example(one).body
    response, (answer,) = service.predict(one, typical, b"reasons=3")
    assert (response.status, answer["status"]) == (200, "ok")
    first = one.schema["columns"][0]
    asked: dict[str, Any] = {"row": json.loads(typical), "column": first["name"]}
    curve = json.loads(service.what_if(one, json.dumps(asked).encode()).body)
    # What stands first moves the answer.
    assert max(curve["answers"]) > min(curve["answers"])
