import numpy as np
import pytest

from journeyman.simulation.world import World


def test_what_stands_in_it_says_nothing():
    world = World(rows=20_000, plants=("leaks.missing_pattern:medium",))
    cells, truth = world.columns["follow_up"], world.table.truth
    there = ~np.isnan(cells)
    assert there[truth == 1].mean() == pytest.approx(0.9, abs=0.01)
    assert there[truth == 0].mean() == pytest.approx(0.1, abs=0.01)
    assert abs(np.corrcoef(cells[there], truth[there])[0, 1]) < 0.04
