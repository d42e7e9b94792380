import numpy as np
import pytest

from journeyman.simulation.world import World


def test_effects_are_as_wide_as_the_leak_is_strong():
    spreads = []
    for strength in ("weak", "medium", "strong"):
        world = World(law="no_signal", task="regression", rows=5000, plants=(f"leaks.group:{strength}",))
        codes = np.unique(world.columns["customer"], return_inverse=True)[1]
        means = np.bincount(codes, world.table.truth) / np.bincount(codes)
        spreads.append(means.std())
    assert spreads == pytest.approx([0.7, 1.5, 3.0], rel=0.2)
    assert world.truth.leaks == ("customer",)
    assert world.truth.best["rmse"] == pytest.approx(np.hypot(1, 3))
