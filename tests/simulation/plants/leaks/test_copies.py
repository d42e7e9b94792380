import numpy as np
import pytest

from journeyman.simulation.world import World


@pytest.mark.parametrize(("strength", "share"), [("weak", 0.1), ("medium", 0.3), ("strong", 0.6)])
def test_as_many_rows_are_copies_as_it_says(strength, share):
    world = World(rows=1000, plants=(f"leaks.copies:{strength}",))
    assert len(np.unique(world.columns["score"])) == 1000 * (1 - share)
    assert len(world.table.record[0]["rows"]) == 1000 * share
