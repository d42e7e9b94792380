import numpy as np

from journeyman.simulation.outcome import best_scores
from journeyman.simulation.world import World


def area(seed: int) -> float:
    return best_scores(World(law="structural", seed=seed).draft(5000, stream=2, plain=True).outcome)["roc_auc"]


def test_features_know_one_another_and_graphs_differ():
    for seed in range(3):
        numbers = World(law="structural", rows=3000, seed=seed, missing=0.0).draft(3000, stream=1, plain=True).features
        correlated = np.abs(np.corrcoef(numbers.numbers.T) - np.eye(6)).max()
        assert correlated > 0.15
        assert np.abs(numbers.numbers.std(axis=0) - 1).max() < 0.4
    assert area(0) != area(1)


def test_most_graphs_say_something_worth_knowing():
    areas = [area(seed) for seed in range(8)]
    assert 0.7 < np.mean(areas) < 0.9
    assert min(areas) > 0.6
