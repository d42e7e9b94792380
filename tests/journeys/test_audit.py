"""What an audit tells of real tables, through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from journeyman.cli.main import main

SHARED = Path(__file__).parents[3] / "shared" / "data" / "tasks"
#: Task, and columns that must not be features, columns that must be.
TASKS = (
    ("bike_hourly", {"casual", "registered", "instant"}, {"temp", "hr", "hum"}),
    ("hr_attrition", {"EmployeeNumber", "EmployeeCount", "Over18", "StandardHours"}, {"MonthlyIncome", "OverTime"}),
    ("vehicle_claims_au", {"numclaims", "claimcst0"}, {"veh_value", "veh_age", "agecat"}),
)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared real tables are not here")
@pytest.mark.parametrize(("task", "out", "kept"), TASKS)
def test_what_no_model_may_use_is_taken_out_and_what_is_honest_stays(
    task: str,
    out: set[str],
    kept: set[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    card = json.loads((SHARED / task / "card.json").read_text("utf-8"))
    pl.read_parquet(SHARED / task / "table.parquet").write_parquet(tmp_path / f"{task}.parquet")
    assert main(["audit", f"{task}.parquet", "--predict", card["target"], "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    roles = {one["name"]: one["role"] for one in document["schema"]}
    assert {name for name, role in roles.items() if role == "feature"} >= kept
    assert all(roles[name] == "ignored" for name in out)
    assert all(one["remedy"]["words"] for one in document["findings"] if one["severity"] == "warning")
    page = Path("runs", f"{task}-audit.html").read_text("utf-8")
    assert page.count('<details class="column">') == len(roles)
