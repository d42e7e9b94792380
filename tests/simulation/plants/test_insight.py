from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.world import World


@pytest.mark.parametrize(("how", "columns"), [("interaction", 2), ("change_point", 1)])
@pytest.mark.parametrize("seed", range(3))
def test_it_holds_where_the_truth_says(how, columns, seed):
    world = World(law="no_signal", task="regression", rows=3000, seed=seed, plants=({"kind": "insight", "how": how},))
    (told,) = world.truth.planted("insight")
    assert len(told["columns"]) == columns
    inside, known = np.ones(3000, bool), np.ones(3000, bool)
    for name, above in zip(told["columns"], told["above"], strict=True):
        inside &= world.columns[name] > above
        known &= ~np.isnan(world.columns[name])
    np.testing.assert_allclose(world.table.best[known, 0], 2.0 * inside[known])
    assert told["share"] == pytest.approx(inside[known].mean(), abs=0.05)
