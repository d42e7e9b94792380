import numpy as np
import pytest

from journeyman.simulation.world import World
from journeyman.statistics.metrics.named import metric_named


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_recorded_targets_are_decisions_in_as_many_rows_as_it_says(task):
    areas = []
    for strength in ("weak", "medium", "strong"):
        world = World(law="no_signal", task=task, rows=4000, plants=(f"leaks.decision_proxy:{strength}",))
        cells = world.columns[world.target]
        recorded = np.array([cell == "yes" for cell in cells]) if task == "binary" else cells > np.median(cells)
        reviewed = np.array([cell == "review" for cell in world.columns["queue"]])
        areas.append(metric_named("accuracy").score(recorded.astype(float), reviewed[:, None].astype(float)))
        told = world.table.record[0]
        values = recorded if task == "binary" else cells
        assert np.flatnonzero(values != world.table.truth).tolist() == told["rows"]
        expected = 0.5 + told["share"] * (0.5 - told["wrong"])
        assert areas[-1] == pytest.approx(expected, abs=0.025)
    assert set(world.draw(9, stream=2).columns["queue"]) == {None}


def test_the_best_score_on_recorded_labels_is_nearer_to_chance():
    world = World(task="multiclass", rows=10, plants=("leaks.decision_proxy:medium",))
    assert world.truth.best_as_recorded["log_loss"] > world.truth.best["log_loss"]
