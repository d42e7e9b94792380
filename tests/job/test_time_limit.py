"""``--max-latency``, from the request to the report; under ``--trials`` times are counted, so all of it repeats."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import journeyman as jm
from journeyman.job.run import Run
from journeyman.job.time_limit import row_limit, time_limit
from journeyman.learners.constant import Constant
from journeyman.learners.lightgbm import LightGBM
from journeyman.plan.target import Target
from journeyman.statistics.folds import make_folds
from journeyman.table.columns import Columns
from journeyman.trials.shared import TrainingData


@pytest.fixture(scope="module")
def limited(place: Path) -> Run:
    folder = place / "limited"
    return jm.build(str(place / "churn.csv"), predict="churn", trials=1, max_latency="45us", out=folder)


def test_what_ships_keeps_the_limit_and_the_price_is_told(limited: Run) -> None:
    told = limited.summary["latency"]
    assert (told["limit"], told["way"], told["is_kept"]) == (pytest.approx(45e-6), "counted", True)
    assert told["seconds"] <= told["limit"] < told["without"]["seconds"]
    assert told["name"] == limited.summary["chosen"]["name"] != told["without"]["name"]
    assert told["price"]["low"] <= told["price"]["value"] <= told["price"]["high"]
    assert told["without"]["name"] in told["too_slow"]
    assert all(one["row_seconds"] >= 0 for one in limited.summary["trials"] if one["status"] == "done")
    assert "within the 45 µs that were asked for" in (limited.folder / "report.html").read_text()
    assert "max_latency = 4.5e-05" in (limited.folder / "brief.toml").read_text()


def test_the_run_can_be_verified(limited: Run, place: Path) -> None:
    from journeyman.verification.verify import verify

    assert verify(limited.folder, place / "churn.csv").holds
    certificate = json.loads((limited.folder / "certificate.json").read_text())
    assert certificate["claims"]["latency"] == limited.summary["latency"]


def test_what_is_left_for_a_graph_is_what_stands_around_it_taken_off() -> None:
    random = np.random.default_rng(0)
    numbers = random.normal(size=(60, 2))
    columns = Columns.of(rows=60, numbers=numbers, number_names=("a", "b"))
    data = TrainingData(columns, Target(task="regression", values=numbers[:, 0]), make_folds("random", 3, rows=60))
    limit = time_limit(1e-3, data, lambda *_: None, None, way="counted")
    plan, trees = Constant(), LightGBM(rounds=800, rows_in_leaf=5)
    assert limit.whole(plan, plan.fit(columns, data.target), None) == pytest.approx(limit.around())
    assert limit.whole(trees, trees.fit(columns, data.target), None) > limit.around()
    left = row_limit(limit)
    assert left is not None
    assert left.seconds == pytest.approx(1e-3 - limit.around())
    tight = row_limit(time_limit(1e-9, data, lambda *_: None, None, way="counted"))
    assert tight is not None
    assert tight.seconds > 0
    assert row_limit(None) is None
