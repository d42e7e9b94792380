from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from journeyman.cli.main import main

SHARED = Path(__file__).parents[3] / "shared" / "data" / "tasks"
#: Task, and what its table is known to tell.
TASKS = (("titanic3", "sex"), ("telco_churn", "Contract"), ("bike_hourly", "hr"))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared real tables are not here")
@pytest.mark.parametrize(("task", "known"), TASKS)
def test_a_real_table_tells_what_is_known_of_it(
    task: str, known: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    card = json.loads((SHARED / task / "card.json").read_text("utf-8"))
    table = tmp_path / f"{task}.csv"
    pl.read_parquet(SHARED / task / "table.parquet").head(4000).write_csv(table)
    assert main(["explore", str(table), "--predict", card["target"], "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    about_target = [one for one in document["insights"] if card["target"] in one["columns"]]
    assert any(known in one["columns"] for one in about_target)
    assert document["confirmed"] >= len(document["insights"]) >= 3
    page = Path("runs", f"{task}-explore.html").read_text("utf-8")
    assert page.count("<article") == len(document["insights"])
    assert page.count("<svg") == len(document["insights"])
