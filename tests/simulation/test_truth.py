from __future__ import annotations

import json

import numpy as np
import pytest

from journeyman.simulation.world import World
from journeyman.statistics.metrics.named import metric_named


def test_a_truth_is_json():
    world = World(rows=60, plants=("duplicates", "weak_slice", "label_noise"))
    told = json.loads(json.dumps(world.truth.as_data()))
    assert told["best"] == dict(world.truth.best)
    assert len(told["clusters"]) == 60
    assert [one["kind"] for one in told["plants"]] == ["duplicates", "weak_slice", "label_noise"]
    assert "100,000" in told["how"]


def test_what_was_planted_is_found_by_its_kind():
    truth = World(rows=60, plants=("leaks.row_order", "leaks.too_good_column:weak")).truth
    assert truth.leaks == ("record", "closing_code")
    assert truth.planted("leaks.too_good_column")[0]["strength"] == "weak"
    assert truth.planted("drift") == ()
    assert World(rows=60).truth.leaks == ()


@pytest.mark.parametrize("task", ["binary", "multiclass"])
@pytest.mark.parametrize("how", ["uniform", "class_dependent"])
def test_the_best_score_on_recorded_labels(task, how):
    world = World(task=task, rows=60_000, plants=({"kind": "label_noise", "how": how, "share": 0.2},))
    codes = np.array([world.labels.index(cell) for cell in world.columns[world.target]], np.float64)
    recorded, clean = world.truth.best_as_recorded, world.truth.best
    assert recorded is not None
    assert recorded["log_loss"] > clean["log_loss"] + 0.005
    if how == "uniform":
        others = len(world.labels) - 1
        best = world.table.best * 0.8 + (1 - world.table.best) * 0.2 / others
        assert metric_named("log_loss").score(codes, best) == pytest.approx(recorded["log_loss"], abs=0.01)
        assert metric_named("accuracy").score(codes, best) == pytest.approx(recorded["accuracy"], abs=0.01)


@pytest.mark.parametrize(("task", "score"), [("binary", "log_loss"), ("regression", "rmse")])
def test_a_weak_slice_is_weaker_inside(task, score):
    (told,) = World(task=task, rows=50, plants=("weak_slice",)).truth.planted("weak_slice")
    assert 0.15 < told["share"] < 0.35
    assert told["best_inside"][score] > told["best_outside"][score] + 0.05


def test_signal_is_what_a_new_row_is_told_by():
    assert not World(law="no_signal", rows=10).truth.signal
    assert not World(strength=0.0).signal
    assert not World(law="no_signal", plants=("leaks.too_good_column", "entities")).signal
    assert World(law="no_signal", rows=10, plants=("keywords",)).truth.signal
    assert not World(law="no_signal", rows=10, plants=({"kind": "drift", "moves": "features"},)).signal
    assert World(law="no_signal", rows=10, plants=({"kind": "drift", "moves": "rate"},)).signal
