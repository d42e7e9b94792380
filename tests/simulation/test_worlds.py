from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.worlds import ENTITY, KINDS, LEAK, TARGET, World
from journeyman.statistics.metrics.named import metric_named


@pytest.mark.parametrize("task", ["binary", "regression"])
@pytest.mark.parametrize("kind", KINDS)
def test_best_score_is_what_the_best_answer_reaches_on_new_rows(kind, task):
    world = World(kind=kind, task=task, seed=3)
    new = world.draw(60_000, stream=9, plain=True)
    for name, value in world.truth.best.items():
        reached = metric_named(name).score(new.truth, new.best)
        assert reached == pytest.approx(value, abs=0.025 if kind == "entities" else 0.01), name
        trivial = world.truth.trivial[name]
        better = metric_named(name).sign * (value - trivial)
        assert better > 0.03 if world.truth.signal else abs(better) < 1e-12


@pytest.mark.parametrize("kind", KINDS)
def test_same_seed_same_table_and_another_seed_another(kind):
    first, again, other = (World(kind=kind, rows=80, seed=seed).columns for seed in (1, 1, 2))
    assert list(first) == list(again)
    for name in first:
        np.testing.assert_array_equal(np.asarray(first[name]), np.asarray(again[name]))
    assert (first["age"][~np.isnan(first["age"])][:5] != other["age"][~np.isnan(other["age"])][:5]).any()


@pytest.mark.parametrize("kind", KINDS)
def test_columns_are_of_one_length_with_missing_cells(kind):
    world = World(kind=kind, rows=300)
    assert {len(cells) for cells in world.columns.values()} == {300}
    assert np.isnan(world.columns["age"]).any()
    assert None in world.columns["region"]
    assert set(world.columns[TARGET]) == {"yes", "no"}


def test_a_leak_knows_the_target_and_is_told():
    world = World(kind="planted_leak", rows=2000)
    assert world.truth.leaks == (LEAK,)
    agree = np.mean((np.array(world.columns[LEAK]) == "C7") == (np.array(world.columns[TARGET]) == "yes"))
    assert 0.96 < agree < 1
    values = World(kind="planted_leak", rows=2000, task="regression").columns
    assert np.corrcoef(values[LEAK], values[TARGET])[0, 1] > 0.99
    assert not World(kind="linear").truth.leaks


def test_copies_are_copies_and_told():
    world = World(kind="duplicated_rows", rows=600)
    clusters = world.truth.clusters
    assert clusters is not None
    assert 300 < len(np.unique(clusters)) < 450
    for cells in world.columns.values():
        for row in np.flatnonzero(clusters != np.arange(600))[:50]:
            np.testing.assert_array_equal(cells[row], cells[clusters[row]])


def test_rows_of_an_entity_are_alike():
    world = World(kind="entities", rows=3000, task="regression", strength=0.0)
    codes = np.unique(world.columns[ENTITY], return_inverse=True)[1]
    means = np.bincount(codes, world.columns[TARGET]) / np.bincount(codes)
    assert means.std() > 1.0


def test_an_unknown_world_is_refused():
    with pytest.raises(ValueError, match="no_signal"):
        World(kind="flat")
