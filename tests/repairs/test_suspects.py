from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from journeyman.repairs import suspects as door
from journeyman.repairs.grid import grid_of
from journeyman.repairs.suspects import suspects, suspects_by


def clean_table(rows: int, seed: int = 0) -> pl.DataFrame:
    """Towns with their states and codes, and words that vary."""
    random = np.random.default_rng(seed)
    towns = ["Springfield", "Riverside", "Franklin", "Greenville", "Clinton", "Salem", "Dover", "Auburn", "Hudson"]
    towns += ["Lexington", "Milford", "Oakdale"]
    states = ["Ohio", "Texas", "Maine", "Utah", "Iowa", "Nevada"] * 2
    which = random.integers(0, 12, rows)
    return pl.DataFrame(
        {
            "town": [towns[one] for one in which],
            "state": [states[one] for one in which],
            "code": [f"{one:02d}-{random.integers(100, 999)}" for one in which],
            "score": [str(one) for one in random.integers(300, 500, rows)],
        }
    )


def spoilt(frame: pl.DataFrame, changes: dict[tuple[int, str], str]) -> pl.DataFrame:
    """The same table with other texts in some cells."""
    columns = {name: frame[name].to_list() for name in frame.columns}
    for (row, name), text in changes.items():
        columns[name][row] = text
    return pl.DataFrame(columns)


def test_a_clean_table_raises_hardly_anything() -> None:
    assert len(suspects(clean_table(2000)).cells) <= 4


def test_wrong_cells_of_several_kinds_are_found_and_repaired() -> None:
    clean = clean_table(600)
    town, state = clean["town"][5], clean["state"][9]
    other = next(one for one in clean["state"] if one != state)
    dirty = spoilt(
        clean,
        {
            (5, "town"): town[1] + town[0] + town[2:], (9, "state"): other, (20, "code"): clean["code"][20][:-1] + "x",
            (30, "score"): "4f20", (31, "score"): "3z77", (32, "score"): "k411",
        },
    )  # fmt: skip
    found = {(one.row, one.column): one for one in suspects(dirty).cells}
    assert {(5, "town"), (9, "state"), (20, "code"), (30, "score"), (31, "score")} <= set(found)
    assert len(found) <= 9
    assert found[5, "town"].after == town
    assert found[9, "state"].after == state
    assert found[30, "score"].after == "420"
    assert found[5, "town"].before == dirty["town"][5]
    assert all(0.5 <= one.strength <= 1 for one in found.values())


def test_rules_hold_for_rows_that_were_not_there() -> None:
    rules = suspects(spoilt(clean_table(600), {(3, "town"): "Slaem"})).rules
    clean = clean_table(50, seed=1)
    dirty = spoilt(clean, {(7, "town"): clean["town"][7] + "q", (8, "state"): "Narnia"})
    found = {(one.row, one.column): one.after for one in suspects_by(grid_of(dirty), rules).cells}
    assert found[7, "town"] == clean["town"][7]
    assert found[8, "state"] == clean["state"][8]
    assert suspects_by(grid_of(dirty.select("score")), rules).cells == ()


def test_the_same_table_is_told_the_same_and_the_order_of_rows_does_not_matter() -> None:
    dirty = spoilt(clean_table(300), {(5, "town"): "Slaem", (6, "score"): "4f20", (7, "score"): "3z77"})
    order = np.random.default_rng(1).permutation(300)
    first, second = suspects(dirty), suspects(dirty[order])
    assert suspects(dirty) == first
    assert {(one.row, one.column, one.after) for one in first.cells} == {
        (int(order[one.row]), one.column, one.after) for one in second.cells
    }


def test_a_large_table_is_learnt_from_a_sample_and_judged_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_ROWS", 400)
    clean = clean_table(2000)
    rows = range(0, 2000, 50)
    found = suspects(spoilt(clean, {(row, "town"): clean["town"][row] + "q" for row in rows})).cells
    hit = {one.row: one.after for one in found if one.column == "town"}
    assert sum(hit.get(row) == clean["town"][row] for row in rows) >= 38
    assert len(hit) <= 42


def test_nothing_is_said_of_tables_without_text_or_rows() -> None:
    assert suspects(pl.DataFrame({"a": [1, 2, 3]})).cells == ()
    assert suspects(pl.DataFrame({"a": pl.Series([], dtype=pl.String)})).cells == ()
    assert suspects(pl.DataFrame({"a": [None, None]}, schema={"a": pl.String})).cells == ()
    assert suspects(pl.DataFrame({"a": ["x"]})).cells == ()
