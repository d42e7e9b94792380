import numpy as np
import pytest

from journeyman.simulation.laws.counts import mean_count
from journeyman.simulation.world import World


def test_counts_are_whole_and_spread_as_their_mean():
    drawn = World(law="counts", task="regression").draw(50_000, stream=3)
    assert (drawn.truth == np.round(drawn.truth)).all()
    assert drawn.truth.min() == 0
    assert ((drawn.truth - drawn.best[:, 0]) ** 2).mean() == pytest.approx(drawn.best.mean(), rel=0.05)


def test_no_mean_runs_away():
    assert mean_count(np.array([0.0, 99.0])) == pytest.approx([np.e, np.exp(4)])
