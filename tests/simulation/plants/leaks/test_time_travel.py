import numpy as np
import pytest

from journeyman.simulation.outcome import best_scores
from journeyman.simulation.world import World


def test_rows_of_the_same_weeks_share_a_level_that_the_next_weeks_do_not():
    world = World(law="no_signal", task="regression", rows=20_000, plants=("leaks.time_travel",))
    days = (np.array(world.columns["date"], "M8[D]") - np.datetime64("2023-01-01")).astype(int)
    weeks = days // 14
    means = np.bincount(weeks, world.table.truth) / np.bincount(weeks)
    assert means.std() == pytest.approx(3.0, rel=0.3)
    assert abs(np.corrcoef(means[1:], means[:-1])[0, 1]) < 0.35
    left = world.table.truth - means[weeks]
    assert left.std() == pytest.approx(1.0, rel=0.05)


def test_the_best_score_is_the_mean_over_levels():
    world = World(law="no_signal", plants=("leaks.time_travel:medium",))
    assert best_scores(world.draft(3000, stream=2, plain=True).outcome)["roc_auc"] == 0.5
