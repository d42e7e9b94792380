"""From the command line: models that one can read, and models that go one way with a column."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import journeyman as jm
from journeyman.cli.main import main


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    random = np.random.default_rng(2)
    rows = 500
    age, debt = random.uniform(20, 70, rows).round(1), random.gamma(2, 3, rows).round(2)
    home = random.choice(["own", "rent", "none"], rows, p=[0.5, 0.4, 0.1])
    score = np.sin(age / 8) + 0.3 * debt - 1.5 + (home == "rent")
    lost = random.random(rows) < 0.1
    frame = pl.DataFrame(
        {
            "age": [None if gone else one for one, gone in zip(age, lost, strict=True)],
            "debt": debt,
            "home": home,
            "fails": np.where(random.random(rows) < 1 / (1 + np.exp(-2 * score)), "yes", "no"),
            "loss": np.exp(score / 2 + random.normal(0, 0.2, rows)).round(3),
        }
    )
    path = tmp_path_factory.mktemp("read") / "loans.csv"
    frame.write_csv(path)
    return path


def test_an_interpretable_run_holds_its_curves_and_explains_exactly(table: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    options = ["--ignore", "loss", "--interpretable", "--trials", "2", "--out", str(run), "--quiet"]
    assert main(["build", str(table), "--predict", "fails", *options]) == 0
    summary = json.loads((run / "run.json").read_text())
    allowed = ("additive", "linear model", "always", "best single rule")
    assert all(one["name"].startswith(allowed) for one in summary["trials"] if one["status"] == "done")
    curves = summary["curves"]
    assert curves["scale"] == "log odds"
    assert 'id="curves"' in (run / "report.html").read_text()

    row = {"age": 40.0, "debt": 9.0, "home": "rent"}
    model = jm.load(run)
    score = curves["intercept"][0] + sum(_value(one, row) for one in curves["curves"])
    assert model.predict([row]).probabilities[0, 1] == pytest.approx(1 / (1 + np.exp(-score)), abs=0.01)
    (reasons,) = model.explain([row])
    assert all("the odds of fails = yes by" in one.text for one in reasons)


def _value(curve: dict[str, Any], row: dict[str, Any]) -> float:
    cell, axes = 0, curve["axes"]
    if axes[0]["is_line"]:
        known = [one[0] for one in curve["values"][:-1]]
        return float(np.interp(row[axes[0]["name"]], axes[0]["cuts"], known))
    for axis in curve["axes"]:
        cell_of, size = row[axis["name"]], len(axis["levels"]) + 1 if axis["levels"] else len(axis["cuts"]) + 2
        place = axis["levels"].index(cell_of) if axis["levels"] else int(np.searchsorted(axis["cuts"], cell_of))
        cell = cell * size + place
    return float(curve["values"][cell][0])


def test_what_ships_goes_one_way_with_the_columns_that_were_named(table: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    options = ["--ignore", "fails", "--monotone", "age+,debt-", "--trials", "3", "--out", str(run), "--quiet"]
    assert main(["build", str(table), "--predict", "loss", *options]) == 0
    summary = json.loads((run / "run.json").read_text())
    done = [one["name"] for one in summary["trials"] if one["status"] == "done"]
    assert len(done) > 2
    assert not any("linear" in one or "network" in one or "rule" in one for one in done)
    model = jm.load(run)
    for name, sign, steps in (("age", 1, np.linspace(10, 80, 60)), ("debt", -1, np.linspace(-1, 40, 60))):
        rows = [{"age": 40.0, "debt": 3.0, "home": "own", name: float(one)} for one in steps]
        answers = np.asarray(model.predict(rows).prediction, float)
        assert (sign * np.diff(answers)).min() >= -1e-9


@pytest.mark.parametrize(
    ("options", "said"),
    [(["--monotone", "home+"], "has no meaning"), (["--monotone", "age"], "no direction")],
)
def test_what_cannot_be_kept_is_refused(
    options: list[str], said: str, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "run"), "--trials", "1"]
    assert main(["build", str(table), "--predict", "fails", *options, *out]) == 2
    assert said in capsys.readouterr().err
