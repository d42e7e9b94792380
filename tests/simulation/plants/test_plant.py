"""What holds for every plant on the shelf, whatever the task."""

from __future__ import annotations

import json

import numpy as np
import pytest

from journeyman.simulation.kinds import kinds
from journeyman.simulation.outcome import best_scores
from journeyman.simulation.plants.plant import Plant
from journeyman.simulation.world import World
from journeyman.statistics.metrics.named import metric_named

PLANTS = kinds("plants", Plant)
TASKS = ("binary", "multiclass", "regression")


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_table_is_a_table_and_its_record_is_json(name, task):
    world, again = (World(task=task, rows=150, seed=3, plants=(name,)) for _ in range(2))
    new = world.draw(90, stream=5)
    assert list(new.columns) == list(world.columns)
    for column, cells in world.columns.items():
        assert len(cells) == 150
        assert len(new.columns[column]) == 90
        assert isinstance(cells, list) or cells.dtype == np.float64
        if isinstance(cells, list):
            assert all(cell is None or isinstance(cell, str) for cell in cells)
        np.testing.assert_array_equal(np.asarray(cells), np.asarray(again.columns[column]))
    (told,) = world.table.record
    assert json.loads(json.dumps(told)) == told
    assert told["kind"] == name
    assert set(told["columns"]) <= set(world.columns)
    assert set(told["leaks"]) <= set(world.columns)
    assert all(0 <= row < 150 for row in told.get("rows", ()))


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_world_goes_through_json(name):
    world = World(rows=20, plants=(name,))
    assert World.from_data(json.loads(json.dumps(world.as_data()))) == world


@pytest.mark.parametrize("task", TASKS)
# One draw of effects that many rows share is no large sample: the tests of those plants look at many.
@pytest.mark.parametrize("name", [name for name, kind in PLANTS.items() if kind.unseen is Plant.unseen])
def test_the_best_answer_to_new_rows_scores_what_the_law_expects(name, task):
    world = World(task=task, rows=300, seed=2, plants=(name,), ahead=0.0)
    draft = world.draft(30_000, stream=6, plain=True)
    for score, expected in best_scores(draft.outcome).items():
        reached, influence = metric_named(score).measure(draft.truth, draft.outcome.best)
        assert abs(reached - expected) < 4.5 * influence.std() / np.sqrt(30_000), score


@pytest.mark.parametrize("name", PLANTS)
def test_another_table_of_the_same_making_is_planted_too(name):
    world = World(rows=100, plants=(name,))
    other = world.draw(100, stream=8, plain=False)
    assert list(other.columns) == list(world.columns)
    assert ("rows" in other.record[0]) == ("rows" in world.table.record[0])
