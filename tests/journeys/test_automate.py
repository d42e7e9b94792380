"""Decisions that people took, in three real tables: from the log to a router, by the command."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from journeyman.cli.main import main
from journeyman.job.decision_log import decisions_in

TASKS = Path(__file__).parents[3] / "shared" / "data" / "tasks"
needs_tables = pytest.mark.skipif(not TASKS.is_dir(), reason="the shared tables are not beside this checkout")


def some_rows(task: str, most: int) -> pl.DataFrame:
    table = pl.read_parquet(TASKS / task / "table.parquet")
    return table[np.unique(np.linspace(0, table.height - 1, min(most, table.height)).astype(int)).tolist()]


@needs_tables
@pytest.mark.parametrize(
    ("task", "first"), [("german_credit", "class"), ("police_searches", "personSearch"), ("drug_sentences", "custody")]
)
def test_the_decision_of_a_table_is_found(task: str, first: str) -> None:
    assert decisions_in(some_rows(task, 3000))[0].name == first


@needs_tables
def test_a_share_of_credit_approvals_can_run_unattended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = some_rows("credit_approval", 690)
    (old, new), cut = (table[:590], table[590:]), tmp_path / "credit.csv"
    old.write_csv(cut)
    new.write_csv(tmp_path / "new.csv")
    folder = tmp_path / "run"
    options = ["--decision", "class", "--max-error", "20%", "--minutes", "10", "--trials", "1", "--out", str(folder)]
    assert main(["automate", str(cut), *options, "--json", "--gate"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["policy"]["share"]["value"] > 0.3
    assert document["savings"]["hours"]["value"] > 0
    assert main(["predict", str(folder), str(tmp_path / "new.csv"), "-o", str(tmp_path / "out.csv"), "--quiet"]) == 0
    written = pl.read_csv(tmp_path / "out.csv")
    assert set(written["route"]) <= {"automate", "person", "audit"}
    alone = written.filter(pl.col("route") == "automate")
    assert alone.height > 20
    assert (alone["prediction"] != alone["class"]).mean() < 0.3
