import numpy as np
import pytest

from journeyman.simulation.outcome import best_scores
from journeyman.simulation.world import World


def test_the_best_answer_is_linear_in_the_numbers():
    drawn = World(task="regression", words=(), missing=0.0, rows=2000, seed=2).table
    numbers = np.column_stack([np.ones(2000), *(drawn.columns[name] for name in list(drawn.columns)[:-1])])
    _, residual, *_ = np.linalg.lstsq(numbers, drawn.best[:, 0], rcond=None)
    assert residual[0] < 1e-18 * 2000


def test_its_strength_is_about_the_same_for_any_width():
    worlds = [World(numbers=many, seed=seed) for many in (4, 12, 60) for seed in (0, 1)]
    areas = [best_scores(world.draft(5000, stream=2, plain=True).outcome)["roc_auc"] for world in worlds]
    assert areas == pytest.approx([0.8] * 6, abs=0.06)
