from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.world import World


@pytest.mark.parametrize("share", [0.0, 0.2, 1.0])
def test_copies_are_copies_and_told(share):
    world = World(rows=300, plants=({"kind": "duplicates", "share": share},))
    clusters, told = world.truth.clusters, world.table.record[0]["rows"]
    assert clusters is not None
    assert len(told) == min(round(300 * share), 299) == 300 - len(np.unique(clusters))
    for row in told[:50]:
        origin = int(clusters[row])
        assert origin not in told
        for cells in world.columns.values():
            np.testing.assert_array_equal(cells[row], cells[origin])
        np.testing.assert_array_equal(world.table.best[row], world.table.best[origin])


def test_near_copies_differ_a_little_in_numbers_only():
    world = World(rows=300, missing=0.0, plants=({"kind": "duplicates", "near": True},))
    clusters = world.truth.clusters
    assert clusters is not None
    for row in world.table.record[0]["rows"][:50]:
        for cells in world.columns.values():
            if isinstance(cells, list):
                assert cells[row] == cells[clusters[row]]
            else:
                assert 0 < abs(cells[row] - cells[clusters[row]]) < 0.01 * cells.std()


def test_new_rows_have_no_copies():
    new = World(rows=100, plants=("duplicates",)).draw(500, stream=2)
    assert new.clusters is None
    assert len(np.unique(new.columns["score"])) == 500
