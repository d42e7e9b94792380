import numpy as np

from journeyman.simulation.world import World


def test_rows_are_numbered_in_order_and_new_rows_after_them():
    world = World(rows=500, plants=("leaks.row_order", "label_noise"))
    np.testing.assert_array_equal(world.columns["record"], 1000 + np.arange(500))
    np.testing.assert_array_equal(world.draw(3, stream=2).columns["record"], [1500, 1501, 1502])


def test_marks_of_other_plants_move_with_the_rows():
    world = World(rows=500, plants=("label_noise", "leaks.row_order", "duplicates"))
    codes = np.array([world.labels.index(cell) for cell in world.columns[world.target]])
    assert np.flatnonzero(codes != world.table.truth).tolist() == world.table.record[0]["rows"]
    clusters = world.truth.clusters
    assert clusters is not None
    ages = np.nan_to_num(world.columns["age"])
    for cluster in np.unique(clusters):
        assert len(set(ages[clusters == cluster])) == 1
