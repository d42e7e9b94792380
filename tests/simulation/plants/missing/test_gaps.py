from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from journeyman.simulation.outcome import best_scores
from journeyman.simulation.plants.missing.completely_at_random import CompletelyAtRandom
from journeyman.simulation.plants.missing.gaps import threshold
from journeyman.simulation.world import World
from journeyman.statistics.metrics.named import metric_named

MECHANISMS = ("completely_at_random", "at_random", "not_at_random")


@pytest.mark.parametrize("law_reads", ["recorded", "hidden"])
@pytest.mark.parametrize("name", MECHANISMS)
def test_the_share_is_kept_and_the_rows_are_told(name, law_reads):
    plant = {"kind": f"missing.{name}", "share": 0.3, "place": 4, "law_reads": law_reads}
    world = World(rows=8000, plants=(plant,))
    gone = np.isnan(world.columns["distance"])
    assert gone.mean() == pytest.approx(0.3, abs=0.025)
    assert np.flatnonzero(gone).tolist() == world.table.record[0]["rows"]


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
@pytest.mark.parametrize("name", MECHANISMS)
def test_what_is_hidden_is_integrated_out(name, task):
    plant = {"kind": f"missing.{name}", "share": 0.5, "law_reads": "hidden"}
    world = World(task=task, seed=2, strength=1.5, plants=(plant,))
    draft = world.draft(60_000, stream=3, plain=True)
    for score, expected in best_scores(draft.outcome).items():
        reached, influence = metric_named(score).measure(draft.truth, draft.outcome.best)
        assert abs(reached - expected) < 4.5 * influence.std() / np.sqrt(60_000), score
    gone = np.isnan(draft.columns["age"])
    best = draft.outcome.best[gone, -1]
    came = draft.truth[gone] if task == "regression" else draft.truth[gone] == len(world.labels) - 1
    for part in (best < np.median(best), best >= np.median(best)):
        assert came[part].mean() == pytest.approx(best[part].mean(), abs=4.5 * came.std() / np.sqrt(part.sum()))
    assert ("mae" in best_scores(draft.outcome)) is False


def test_the_threshold_is_passed_as_often_as_it_says():
    random = np.random.default_rng(0)
    passed = 2 * random.standard_normal(200_000) + random.standard_normal(200_000) > threshold(0.3)
    assert passed.mean() == pytest.approx(0.3, abs=0.005)


def test_a_hidden_cell_may_have_been_anything_normal():
    likely = CompletelyAtRandom().likely()
    assert (likely.mean(), likely.std()) == (pytest.approx(0.0, abs=1e-9), pytest.approx(1.0, abs=0.05))
    assert likely[32] == pytest.approx(NormalDist().inv_cdf(32.5 / 64))
