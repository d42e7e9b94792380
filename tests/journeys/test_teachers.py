"""From the command line: a teacher from somebody else's package, and the student that is deployed in its stead."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl

import journeyman as jm
from journeyman.cli.main import main
from journeyman.plan.data import plan_of
from journeyman.plan.teacher import Teacher


def test_a_student_ships_where_its_teacher_cannot_and_the_run_says_what_that_cost(
    tmp_path: Path, smooth_teacher: str
) -> None:
    random = np.random.default_rng(3)
    numbers = random.uniform(-2, 2, size=(400, 2)).round(4)
    values = np.sin(2 * numbers[:, 0]) * np.cos(2 * numbers[:, 1]) + 0.3 * random.normal(size=400)
    table, run = tmp_path / "waves.csv", tmp_path / "run"
    pl.DataFrame({"a": numbers[:, 0], "b": numbers[:, 1], "height": values.round(4)}).write_csv(table)
    options = ["--predict", "height", "--trials", "3", "--out", str(run), "--quiet"]
    assert main(["build", str(table), *options]) == 0

    summary = json.loads((run / "run.json").read_text())
    (told,) = summary["distillation"]
    assert told["teacher"] == "smooth"
    student = max(told["students"], key=lambda one: one["gain"]["value"])
    assert student["gain"]["low"] > 0
    assert student["cost"]["high"] > 0
    status = {one["name"]: one["status"] for one in summary["trials"]}
    assert (status["smooth"], status[student["name"]]) == ("asked", "done")
    assert summary["chosen"]["name"] != "smooth"
    assert "taught by smooth" in summary["chosen"]["name"] or "blend" in summary["chosen"]["name"]
    assert "The teacher smooth, which cannot be deployed" in (run / "report.html").read_text()

    plan = (run / "plan.json").read_text()
    assert smooth_teacher in plan
    assert not isinstance(plan_of(json.loads(plan)), Teacher)
    files = b"".join(one.read_bytes() for one in (run / "bundle").iterdir())
    assert b"acme_teachers" not in files
    assert np.isfinite(jm.load(run).predict([{"a": 0.5, "b": 0.5}]).prediction).all()
    assert main(["verify", str(run), "--data", str(table), "--quiet"]) == 0
