from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.selftests import subject as room
from journeyman.selftests.subject import Subject
from journeyman.table.columns import Strings
from journeyman.table.table import Table


def test_shuffling_changes_the_order_of_the_target_alone(world_of: Callable[..., Subject]) -> None:
    for task in ("binary", "regression"):
        subject = world_of(task=task)
        mixed = subject.shuffled(1)
        own, other = (_cells(one.table, one.target) for one in (subject, mixed))
        assert sorted(own) == sorted(other)
        assert own != other
        assert _cells(mixed.table, "score") == _cells(subject.table, "score")
        assert _cells(subject.shuffled(1).table, mixed.target) == other
        assert _cells(subject.shuffled(2).table, mixed.target) != other


def test_doubling_gives_copies_that_are_known_by_their_number(world_of: Callable[..., Subject]) -> None:
    subject = world_of()
    doubled = subject.doubled()
    assert doubled.table.rows == 2 * subject.table.rows
    assert (np.bincount(doubled.table.row_numbers) == 2).all()
    assert doubled.without_copies().table.rows == subject.table.rows


def test_rows_that_differ_in_one_cell_are_no_copies(table_of: Callable[..., Table]) -> None:
    table = table_of(
        {
            "x": [1.0, 1.0, None, None],
            "w": ["a", "a", "b", "b"],
            "d": np.array(["2024-01-01", "2024-01-01", "NaT", "2024-01-02"], "datetime64[D]"),
        }
    )
    assert Subject(table, "x").without_copies().table.row_numbers.tolist() == [0, 2, 3]


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_a_planted_leak_is_the_target_under_another_name(task: str, world_of: Callable[..., Subject]) -> None:
    subject = world_of(task=task)
    leaking, name = subject.with_leak()
    assert name not in subject.table.schema
    assert leaking.table.schema[name].role == "feature"
    pairs = set(zip(_cells(leaking.table, name), _cells(leaking.table, subject.target), strict=True))
    assert len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})
    assert not any(one == other for one, other in pairs)


def test_rows_are_drawn_to_a_size_and_rare_classes_are_among_them(
    table_of: Callable[..., Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "ROWS", 100)
    monkeypatch.setattr(room, "FEWEST", 50)
    labels: list[Any] = ["rare"] * 20 + ["often"] * 900 + [None] * 80
    cells = {"x": np.arange(1000.0).tolist(), "y": labels}
    drawn = Subject(table_of(cells), "y").drawn(0)
    found = _cells(drawn.table, "y")
    assert (found.count("rare"), found.count("often")) == (20, 80)
    assert (np.diff(drawn.table.row_numbers) > 0).all()
    assert Subject(table_of(cells), "y").drawn(1).table.row_numbers.tolist() != drawn.table.row_numbers.tolist()
    monkeypatch.setattr(room, "CELLS", 120)
    assert Subject(table_of(cells), "y").drawn(0).table.rows == 60


def test_a_small_table_is_taken_whole(table_of: Callable[..., Table]) -> None:
    drawn = Subject(table_of({"x": np.arange(40.0).tolist(), "y": np.arange(40.0).tolist()}), "y").drawn(0)
    assert drawn.table.row_numbers.tolist() == list(range(40))


def _cells(table: Table, name: str) -> list[Any]:
    value: Any = table.values[name]
    return [str(one) for one in (value.cells() if isinstance(value, Strings) else value)]
