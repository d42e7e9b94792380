from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.world import World


@pytest.mark.parametrize("how", ["noise", "law"])
def test_the_slice_that_is_told_is_another(how):
    plain = World(task="regression", rows=4000, seed=3)
    world = World(task="regression", rows=4000, seed=3, plants=({"kind": "weak_slice", "how": how, "amount": 1.0},))
    (told,) = world.table.record
    inside = np.array([cell == told["level"] for cell in world.columns[told["columns"][0]]])
    np.testing.assert_array_equal(world.table.best[~inside], plain.table.best[~inside])
    factor = 0.0 if how == "noise" else -1.0
    np.testing.assert_allclose(world.table.best[inside], factor * plain.table.best[inside], atol=1e-12)
    spread = (world.table.truth - world.table.best[:, 0])[inside].std()
    assert spread == pytest.approx(3.0 if how == "noise" else 1.0, rel=0.1)
