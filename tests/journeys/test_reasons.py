"""Real tables of the three tasks: reasons, strange rows, what-if and similar cases, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import journeyman as jm
from journeyman.cli.main import main

TASKS = Path(__file__).parents[3] / "shared" / "data" / "tasks"
needs_tables = pytest.mark.skipif(not TASKS.is_dir(), reason="the shared tables are not beside this checkout")


@needs_tables
@pytest.mark.parametrize(
    ("task", "number", "says"),
    [
        ("telco_churn", "tenure", "the chance of Churn = Yes by"),
        ("california_housing", "median_income", "the prediction by"),
        ("penguins_raw", "Culmen Length (mm)", "the chance of Species = "),
    ],
)
def test_a_prediction_says_why_and_whether_its_row_is_known(
    task: str, number: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = pl.read_parquet(TASKS / task / "table.parquet")
    table = table.sample(min(400, table.height), seed=1, shuffle=True)
    target = json.loads((TASKS / task / "card.json").read_text())["target"]
    known, new = table[:-60], table[-60:].drop(target)
    known.write_parquet(tmp_path / "known.parquet")
    new.write_parquet(tmp_path / "new.parquet")
    run, out = tmp_path / "run", tmp_path / "why.csv"
    build = ["build", str(tmp_path / "known.parquet"), "--predict", target, "--trials", "1", "--keep-cases"]
    assert main([*build, "--out", str(run), "--quiet"]) == 0
    assert main(["predict", str(run), str(tmp_path / "new.parquet"), "-o", str(out), "--explain", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    reasons = pl.read_csv(out)["reasons"].to_list()
    assert len(reasons) == 60
    assert sum(says in (one or "") for one in reasons) > 40
    assert len(document["reasons"]) == 60
    assert document["rows"]["unusual"] <= 6

    model, row = jm.load(run), new.to_dicts()[0]
    assert row[number] is not None
    assert model.predict_one({**row, number: row[number] * 1000})["status"] == "unusual"
    curve = model.what_if(row, number)
    assert curve.place is not None
    assert curve.answers[curve.place] == curve.answer
    assert np.ptp(curve.answers) > 0
    cases = model.similar(row)
    assert [one.distance for one in cases] == sorted(one.distance for one in cases)
    assert cases[0].distance < 0.5
    assert set(cases[0].cells) == {column.name for column in model.columns}
