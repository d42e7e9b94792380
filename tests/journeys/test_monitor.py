"""A model in use, on three real tables: monitored day by day, broken, and replaced; by the commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from journeyman.cli.main import main

TASKS = Path(__file__).parents[3] / "shared" / "data" / "tasks"
needs_tables = pytest.mark.skipif(not TASKS.is_dir(), reason="the shared tables are not beside this checkout")


def parts(task: str, most: int, folder: Path) -> tuple[str, pl.DataFrame, str]:
    """A model's rows as a file, other rows, and the target; rows evenly spread over the table."""
    table = pl.read_parquet(TASKS / task / "table.parquet")
    places = np.unique(np.linspace(0, table.height - 1, most).astype(int))
    order = np.random.default_rng(0).permutation(len(places))
    some = table[places[order].tolist()]
    some[: most // 2].write_csv(folder / "old.csv")
    return str(folder / "old.csv"), some[most // 2 :], json.loads((TASKS / task / "card.json").read_text())["target"]


def seen(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    assert main([*arguments, "--json"]) == code
    return dict(json.loads(capsys.readouterr().out))


@needs_tables
@pytest.mark.parametrize(("task", "most"), [("telco_churn", 800), ("abalone", 800), ("hypothyroid", 800)])
def test_new_rows_of_the_same_kind_raise_nothing_and_broken_ones_do(
    task: str, most: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, target = parts(task, most, tmp_path)
    run, file = str(tmp_path / "run"), str(tmp_path / "new.csv")
    assert main(["build", old, "--predict", target, "--trials", "1", "--out", run, "--quiet"]) == 0
    for rows in (new.height // 2, new.height):
        new[:rows].write_csv(file)
        found = seen(capsys, "monitor", run, file, "--outcome", target, "--gate")
    assert found["counted"] == new.height
    assert found["alarms"] == []
    assert found["estimated"]["low"] <= found["real"][0]["value"] * 1.2
    numbers = [name for name, kind in new.schema.items() if kind.is_float() and name != target]
    lost = numbers[0] if numbers else next(name for name in new.columns if name not in (target, "customerID"))
    new.drop(lost).write_csv(file)
    found = seen(capsys, "monitor", run, file)
    assert [one["kind"] for one in found["alarms"]] == ["schema_breaks"]
    assert found["alarms"][0]["columns"] == [lost]
    assert (Path(run) / "monitoring" / "monitor.html").stat().st_size > 5000


@needs_tables
@pytest.mark.parametrize("task", ["telco_churn", "credit_approval"])
def test_a_model_of_another_time_is_replaced_and_put_back(
    task: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, target = parts(task, 800, tmp_path)
    run, file = str(tmp_path / "runs" / "one-1"), str(tmp_path / "new.csv")
    assert main(["build", old, "--predict", target, "--trials", "1", "--out", run, "--quiet"]) == 0
    # What was true has turned around.
    one, other = sorted(new[target].drop_nulls().unique().to_list())
    turned = new.with_columns(pl.col(target).replace({one: other, other: one}))
    turned.write_csv(file)
    assert seen(capsys, "monitor", run, file, "--outcome", target)["alarms"][0]["kind"] == "real_performance"
    found = seen(capsys, "retrain", run, file, "--new-only", "--trials", "1", "--gate")
    assert found["promoted"]
    after = tmp_path / "after.csv"
    assert main(["predict", run, file, "-o", str(after)]) == 0
    assert "serves the model of" in capsys.readouterr().out
    assert (pl.read_csv(after)["prediction"] == turned[target]).mean() > 0.6
    assert main(["rollback", run]) == 0
    assert "serves itself again" in capsys.readouterr().out


def test_errors_are_counted_by_the_rule_that_names_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    random = np.random.default_rng(5)
    for name in ("old.csv", "new.csv"):
        pressure, speed = random.normal(size=(2, 1500))
        is_fault = random.random(1500) < 1 / (1 + np.exp(3.4 - pressure))
        fault = np.where(is_fault, "yes", "no")
        pl.DataFrame({"pressure": pressure, "speed": speed, "fault": fault}).write_csv(tmp_path / name)
    old, new, run = (str(tmp_path / name) for name in ("old.csv", "new.csv", "run"))
    options = ["--metric", "f1", "--trials", "1", "--out", run, "--quiet"]
    assert main(["build", old, "--predict", "fault", *options]) == 0
    assert main(["predict", run, new, "-o", str(tmp_path / "after.csv")]) == 0
    capsys.readouterr()
    after = pl.read_csv(tmp_path / "after.csv")
    # F1 names a rare class long before it is likelier than not.
    assert (after["prediction"] == "yes").sum() > 3 * (after["probability_yes"] > 0.5).sum()
    found = seen(capsys, "monitor", run, new, "--outcome", "fault")
    real = next(one for one in found["real"] if one["measure"] == "error")
    assert real["value"] == pytest.approx((after["prediction"] != after["fault"]).mean())
    assert real["rows"] == 1500
    assert found["alarms"] == []
