from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.world import World


def recorded(world):
    cells = world.columns[world.target]
    return np.array([world.labels.index(cell) for cell in cells], float) if world.labels else cells


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
@pytest.mark.parametrize("how", ["uniform", "class_dependent"])
def test_the_rows_that_are_told_are_those_with_wrong_labels(task, how):
    world = World(task=task, rows=4000, plants=({"kind": "label_noise", "how": how, "share": 0.2},))
    wrong = np.flatnonzero(recorded(world) != world.table.truth)
    assert wrong.tolist() == world.table.record[0]["rows"]
    truth = world.table.truth
    if how == "uniform":
        assert len(wrong) / 4000 == pytest.approx(0.2, abs=0.03)
    elif world.labels:
        assert set(truth[wrong]) == {len(world.labels) - 1}
        assert len(wrong) / (truth == len(world.labels) - 1).sum() == pytest.approx(0.2, abs=0.04)
    else:
        assert truth[wrong].min() > np.median(truth)
    new = world.draw(50, stream=4)
    shown = new.columns[world.target]
    assert (np.array([world.labels.index(cell) for cell in shown]) if world.labels else shown).tolist() == list(
        new.truth
    )


def test_copies_have_the_label_of_their_row():
    world = World(rows=400, plants=("label_noise", "duplicates"))
    labels, clusters = np.array(world.columns[world.target]), world.truth.clusters
    assert clusters is not None
    for cluster in np.unique(clusters):
        assert len(set(labels[clusters == cluster])) == 1
