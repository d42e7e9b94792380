from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.draft import generator, taken
from journeyman.simulation.world import World


def test_every_purpose_has_its_own_generator():
    one, again, other = (generator(3, 1, name).uniform(size=4) for name in ("features", "features", "dates"))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(one, other)


def test_marks_and_everything_else_go_with_the_rows():
    draft = World(rows=50, plants=("label_noise",)).draft(50, stream=1, plain=False)
    order = np.array([7, 7, 3, 49])
    some = draft.take(order)
    assert some.rows == 4
    np.testing.assert_array_equal(some.truth, draft.truth[order])
    np.testing.assert_array_equal(some.outcome.best, draft.outcome.best[order])
    np.testing.assert_array_equal(some.marks["plant 0"], draft.marks["plant 0"][order])
    np.testing.assert_array_equal(some.features.numbers, draft.features.numbers[order])
    assert some.columns["region"] == taken(draft.columns["region"], order)


def test_two_columns_of_one_name_are_refused():
    draft = World(rows=5).draft(5, stream=1, plain=False)
    with pytest.raises(ValueError, match="name one of them differently"):
        draft.beside("age", np.zeros(5))


def test_a_scene_knows_the_law_and_the_rows():
    world = World(rows=5, task="regression")
    here, there = world.scene("mine", 1), world.scene("mine", 2, plain=True)
    assert here.law("x").uniform() == there.law("x").uniform() != here.law("y").uniform()
    assert here.random().uniform() != there.random().uniform()
    assert here.shown(np.array([1.5]))[0] == 1.5
    assert World().scene("mine").shown(np.array([1.0, 0.0])) == ["yes", "no"]
