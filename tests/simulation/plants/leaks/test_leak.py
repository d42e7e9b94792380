"""What holds for every leak: it tells more the stronger it is, and nothing of new rows."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.kinds import kinds
from journeyman.simulation.plants.leaks.leak import Leak, as_numbers, positive
from journeyman.simulation.plants.plant import Plant
from journeyman.simulation.world import World

#: Leaks that tell through one column of a table.
COLUMNS = ("too_good_column", "missing_pattern", "future_column", "row_order", "aggregate")


@pytest.mark.parametrize(
    ("name", "task"),
    # The delays of a future column are looked at in its own test.
    [
        (name, task)
        for name in COLUMNS
        for task in ("binary", "regression")
        if (name, task) != (COLUMNS[2], "regression")
    ],
)
def test_the_column_tells_more_the_stronger_it_is_and_nothing_of_new_rows(name, task, told_by):
    told = []
    for strength in ("weak", "medium", "strong"):
        world = World(law="no_signal", task=task, rows=2000, seed=4, plants=(f"leaks.{name}:{strength}",))
        (column,) = world.table.record[0]["leaks"]
        told.append(told_by(readable(world.columns[column]), world.table.truth))
        new = world.draw(4000, stream=3)
        cells = readable(new.columns[column])
        assert told_by(cells, new.truth) < 0.545
    assert told[0] > 0.56
    assert np.diff(told).min() > 0.02
    assert told[2] > (0.9 if name not in ("missing_pattern", "aggregate") else 0.8)


def readable(cells):
    """A column as numbers where its gaps or dates tell: how late, or whether it is there."""
    if isinstance(cells, list):
        return [None if cell is None else "there" if cell[:1] == "2" else cell for cell in cells]
    return np.isnan(cells).astype(float) if np.isnan(cells).any() else cells


def test_there_are_nine_and_all_have_three_strengths():
    leaks = {name: kind for name, kind in kinds("plants", Plant).items() if issubclass(kind, Leak)}
    assert len(leaks) == 9
    for name in leaks:
        for strength in ("weak", "medium", "strong"):
            assert World(rows=50, plants=(f"{name}:{strength}",)).table.record[0]["strength"] == strength


def test_the_event_is_the_last_class_or_the_upper_half():
    three, number = World(task="multiclass").scene("x"), World(task="regression").scene("x")
    assert positive(np.array([0.0, 2.0, 1.0]), three).tolist() == [False, True, False]
    assert positive(np.array([3.0, 1.0, 2.0]), number).tolist() == [True, False, False]
    assert as_numbers(np.array([0.0, 2.0]), three).tolist() == [0.0, 1.0]
    assert as_numbers(np.array([0.5]), number).tolist() == [0.5]
