from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.duplicate_rows import clusters, find, look
from journeyman.simulation.world import World
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
BRIEF = Brief(predict="y")


def rich(rows: int, seed: int = 0) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    return {
        "n": random.normal(size=rows), "m": random.integers(0, 9, rows),
        "w": [("a", "b", None)[place] for place in random.integers(0, 3, rows)],
        "d": np.datetime64("2024-01-01") + random.integers(0, 300, rows), "y": random.integers(0, 2, rows),
    }  # fmt: skip


def with_copies(cells: dict[str, Any], origin: np.ndarray[Any, Any]) -> dict[str, Any]:
    return {name: np.array(list(one), object if name == "w" else None)[origin] for name, one in cells.items()}


def test_copies_are_found_counted_and_grouped(table_of: Make) -> None:
    table = table_of(with_copies(rich(140), np.r_[0:140, 0:60]))
    found = look(table, BRIEF)
    assert isinstance(found, Finding)
    assert (found.code, found.severity, found.remedy.action) == ("duplicate_rows", "warning", "group")
    assert (found.numbers["rows"], found.numbers["clusters"], found.numbers["extra"]) == (120, 60, 60)
    codes = clusters(table, BRIEF)
    assert (codes[:60] == codes[140:]).all()
    assert len(np.unique(codes)) == 140


def test_gaps_are_equal_to_gaps_and_zero_to_minus_zero(table_of: Make) -> None:
    table = table_of(
        {
            "n": [np.nan, np.nan, 1.5, 2.5, *range(10, 30)], "z": [0.0, -0.0, 1, 2] + [5.5] * 20,
            "w": [None, None, "a", "b"] + ["c"] * 20, "y": [1, 1, 0, 0] + [0, 1] * 10,
            "d": np.array(["NaT", "NaT", "2024-01-01", "2024-01-02"] + ["2024-02-01"] * 20, "M8[D]"),
        }
    )  # fmt: skip
    codes = find(table, BRIEF).codes
    assert codes[0] == codes[1]
    assert len(np.unique(codes)) == 23


def test_one_different_cell_in_any_column_makes_another_row(table_of: Make) -> None:
    for name in rich(1):
        cells = with_copies(rich(50), np.r_[0:50, 0])
        cells[name] = list(cells[name])
        cells[name][50] = next(cell for cell in cells[name] if cell != cells[name][0])
        cells[name] = np.array(cells[name], object if name == "w" else None)
        assert find(table_of(cells), BRIEF).clusters == 0, name


def test_a_swap_of_two_cells_of_a_row_is_another_row(table_of: Make) -> None:
    cells = {"a": [1.5, 2.5, *range(20)], "b": [2.5, 1.5, *range(20, 40)], "y": [0, 0] + [0, 1] * 10}
    assert find(table_of(cells), BRIEF).clusters == 0


def test_a_row_number_does_not_hide_copies_and_what_is_ignored_is_not_compared(table_of: Make) -> None:
    cells = with_copies(rich(60), np.r_[0:60, 0:20])
    table = table_of({"customer_id": np.random.default_rng(1).permutation(80), "note": range(5, 85), **cells})
    assert find(table, BRIEF).clusters == 20
    noisy = table_of({"noise": np.random.default_rng(1).normal(size=80), **cells})
    assert find(noisy, BRIEF).clusters == 0
    assert find(noisy, Brief(predict="y", ignore=("noise",))).clusters == 20


@pytest.mark.parametrize("levels", [2, 3, 5])
def test_equal_rows_of_a_narrow_table_are_coincidence(table_of: Make, levels: int) -> None:
    random = np.random.default_rng(levels)
    table = table_of({name: random.integers(0, levels, 5000).astype(str) for name in "abcd"} | {"y": [0, 1] * 2500})
    found = look(table, BRIEF)
    assert isinstance(found, Finding)
    assert (found.severity, found.remedy.action) == ("info", "none")
    assert len(np.unique(clusters(table, BRIEF))) == 5000


def test_so_they_are_when_the_columns_hang_together(table_of: Make) -> None:
    random = np.random.default_rng(3)
    first = random.integers(0, 6, 5000)
    cells = {name: np.where(random.uniform(size=5000) < 0.9, first, random.integers(0, 6, 5000)) for name in "abcd"}
    table = table_of({**{name: one.astype(str) for name, one in cells.items()}, "y": (first > 2).astype(int)})
    found = look(table, BRIEF)
    assert isinstance(found, Finding)
    assert found.remedy.action == "none"


def test_oversampled_rows_of_a_rich_table_are_copies_however_many(table_of: Make) -> None:
    table = table_of(with_copies(rich(300), np.r_[0:300, np.repeat(np.arange(30), 20)]))
    found = look(table, BRIEF)
    assert isinstance(found, Finding)
    assert found.remedy.action == "group"
    assert found.numbers["clusters"] == 30


@pytest.mark.parametrize("seed", range(6))
def test_worlds_of_copies_are_seen_through_and_others_raise_no_alarm(table_of: Make, seed: int) -> None:
    world = World(plants=("duplicates",), rows=400, seed=seed)
    codes = clusters(table_of(dict(world.columns)), Brief(predict=world.target))
    assert world.truth.clusters is not None
    pairs = {tuple(pair) for pair in zip(codes.tolist(), world.truth.clusters.tolist(), strict=True)}
    assert len(pairs) == len(np.unique(codes)) == len(np.unique(world.truth.clusters))
    honest = World(law="linear", rows=400, seed=seed)
    assert look(table_of(dict(honest.columns)), Brief(predict=honest.target)) is None


def test_nothing_to_compare(table_of: Make) -> None:
    assert isinstance(look(table_of({"y": [1, 1, 0]}), BRIEF), Skip)
    empty = table_of({"x": [1.5, 2.5], "y": [0, 1]}).take(np.array([], np.int64))
    assert look(empty, BRIEF) is None
    assert clusters(empty, BRIEF).shape == (0,)


def test_it_is_quick(table_of: Make) -> None:
    random = np.random.default_rng(0)
    table = table_of({f"c{place}": random.integers(0, 50, 100_000) for place in range(30)} | {"y": [0, 1] * 50_000})
    began = time.process_time()
    look(table, BRIEF)
    assert time.process_time() - began < 2
