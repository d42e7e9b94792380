import numpy as np

from journeyman.simulation.world import World


def test_the_best_answer_takes_few_values():
    drawn = World(law="trees", task="regression", rows=5000).table
    assert len(np.unique(drawn.best.round(9))) <= 2**6
