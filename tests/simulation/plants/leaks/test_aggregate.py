import numpy as np

from journeyman.simulation.world import World


def test_it_is_the_mean_of_the_group_the_row_among_them():
    world = World(rows=600, plants=("leaks.aggregate:medium",))
    codes = np.unique(world.columns["branch"], return_inverse=True)[1]
    means = np.bincount(codes, world.table.truth) / np.bincount(codes)
    np.testing.assert_allclose(world.columns["branch_average"], means[codes])


def test_new_rows_get_the_means_of_the_table():
    world = World(rows=600, task="regression", plants=("leaks.aggregate:medium",))
    known = dict(zip(world.columns["branch"], world.columns["branch_average"], strict=True))
    new = world.draw(300, stream=3)
    overall = world.table.truth.mean()
    expected = [known.get(branch, overall) for branch in new.columns["branch"]]
    np.testing.assert_allclose(new.columns["branch_average"], expected)
