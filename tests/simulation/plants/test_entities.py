from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.outcome import best_scores
from journeyman.simulation.world import World
from journeyman.statistics.metrics.named import metric_named


def test_rows_of_an_entity_are_alike_and_share_a_fingerprint():
    world = World(rows=3000, task="regression", strength=0.0, plants=("entities",))
    codes = np.unique(world.columns["customer"], return_inverse=True)[1]
    means = np.bincount(codes, world.columns[world.target]) / np.bincount(codes)
    assert means.std() == pytest.approx(np.hypot(1.5, 1 / np.sqrt(10)), rel=0.15)
    assert len(np.unique(world.columns["score"])) == len(means)
    assert world.table.record[0]["given_away_by"] == ["score"]


def test_new_entities_are_new():
    world = World(rows=300, plants=({"kind": "entities", "column": "firm"},))
    assert not set(world.columns["firm"]) & set(world.draw(300, stream=2).columns["firm"])


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_the_best_answer_is_the_mean_over_entities(task):
    # As many entities as rows: then chance in their effects averages out.
    world = World(task=task, seed=1, plants=({"kind": "entities", "each": 1.0, "spread": 2.0},))
    draft = world.draft(60_000, stream=3, plain=True)
    for name, expected in best_scores(draft.outcome).items():
        assert metric_named(name).score(draft.truth, draft.outcome.best) == pytest.approx(expected, abs=0.02), name
    if task == "binary":
        high = draft.outcome.best[:, 0] > 0.7
        assert draft.truth[high].mean() == pytest.approx(draft.outcome.best[high].mean(), abs=0.015)


def test_counts_of_entities_are_integrated_too():
    world = World(law="counts", task="regression", plants=({"kind": "entities", "each": 1.0, "spread": 0.4},))
    draft = world.draft(60_000, stream=3, plain=True)
    assert draft.truth.mean() == pytest.approx(draft.outcome.best.mean(), rel=0.02)
    assert set(best_scores(draft.outcome)) == {"rmse", "r2"}
