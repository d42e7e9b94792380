from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from journeyman.bundle.background import (
    ROWS,
    Background,
    background_from_data,
    cell_fits,
    columns_of,
    draw_background,
    schema_background,
)
from journeyman.bundle.reader import Reader
from journeyman.table.columns import MISSING_WORD, TERM_END, Columns, Strings
from journeyman.table.schema import Column

FEATURES = (
    Column(name="note", kind="text"),
    Column(name="size", kind="number", low=0.0, high=100.0),
    Column(name="member", kind="flag"),
    Column(name="since", kind="date", low=0, high=10**15),
    Column(name="city", kind="category", levels=("Oslo", "Bergen", "Paris")),
)


def rows(count: int = 800) -> Columns:
    random = np.random.default_rng(0)
    numbers = np.column_stack([random.uniform(0, 100, count), random.random(count) < 0.25]).astype(np.float64)
    numbers[: count // 4, 0] = np.nan
    common = random.random((count, 2)) < [0.9, 0.4]
    notes = [
        TERM_END.join([*np.array(["hello", "dear"])[one].tolist(), f"name{place}"]) for place, one in enumerate(common)
    ]
    return Columns.of(
        rows=count,
        numbers=numbers,
        number_names=["size", "member"],
        dates=random.integers(0, 10**15, (count, 1)),
        date_names=["since"],
        words=[Strings.of(notes), Strings.of(["Oslo"] * (count // 2) + ["Bergen"] * (count // 2))],
        word_names=["note", "city"],
        text_names=["note"],
    )


def test_each_column_is_drawn_as_its_cells_are() -> None:
    made = draw_background(rows(), FEATURES, seed=0)
    assert made.rows == ROWS
    sizes = [one for one in made.cells["size"] if isinstance(one, float)]
    assert len(sizes) == 24
    assert np.mean(sizes) == pytest.approx(50, abs=3)
    assert sorted(map(str, made.cells["city"])) == ["Bergen"] * 16 + ["Oslo"] * 16
    assert sum(one == 1.0 for one in made.cells["member"]) == 8
    assert all(type(one) is int for one in made.cells["since"])


def test_texts_are_of_terms_that_many_texts_hold_and_so_are_nobodys() -> None:
    made = draw_background(rows(), FEATURES, seed=0)
    terms = {term for text in made.cells["note"] for term in str(text).split(TERM_END) if term}
    assert terms == {"hello", "dear"}
    assert sum("hello" in str(one) for one in made.cells["note"]) > 24


def test_no_row_of_people_is_among_them() -> None:
    table = rows()
    made = draw_background(table, FEATURES, seed=0).columns(FEATURES)
    theirs = {(*table.numbers[row].tolist(), int(table.dates[row, 0])) for row in range(table.rows)}
    ours = {(*made.numbers[row].tolist(), int(made.dates[row, 0])) for row in range(made.rows)}
    assert not theirs & ours


def test_it_has_the_layout_of_the_reader() -> None:
    expected = Reader(FEATURES).empty
    for made in (draw_background(rows(), FEATURES, seed=0), schema_background(FEATURES)):
        columns = made.columns(FEATURES)
        assert (columns.names, columns.texts) == (expected.names, expected.texts)
        assert columns.rows == ROWS


def test_a_schema_alone_gives_typical_rows_too() -> None:
    made = schema_background((*FEATURES, Column(name="empty", kind="category"), Column(name="odd", kind="number")))
    assert {str(one) for one in made.cells["city"]} == {"Oslo", "Bergen", "Paris"}
    assert set(made.cells["empty"]) == {None}
    assert all(isinstance(one, float) and 0 <= one <= 100 for one in made.cells["size"])


def test_the_same_rows_give_the_same_and_a_wide_table_fewer() -> None:
    assert draw_background(rows(), FEATURES, seed=3) == draw_background(rows(), FEATURES, seed=3)
    assert draw_background(rows(), FEATURES, seed=3) != draw_background(rows(), FEATURES, seed=4)
    names = [f"x{place}" for place in range(20_000)]
    wide = Columns.of(rows=2, numbers=np.ones((2, 20_000)), number_names=names)
    assert draw_background(wide, [Column(name=name, kind="number") for name in names], seed=0).rows == 5


def test_missing_throughout_stays_missing() -> None:
    gone = Columns.of(
        rows=5,
        numbers=np.full((5, 1), np.nan),
        number_names=["x"],
        words=[Strings.of([MISSING_WORD] * 5), Strings.of([MISSING_WORD] * 5)],
        word_names=["w", "t"],
        text_names=["t"],
    )
    features = [Column(name=name, kind=kind) for name, kind in (("x", "number"), ("w", "category"), ("t", "text"))]
    made = draw_background(gone, features, seed=0)
    assert {one for cells in made.cells.values() for one in cells} == {None}
    assert np.isnan(made.columns(features).numbers).all()


def test_data_comes_back_and_what_is_not_ours_is_refused() -> None:
    made = draw_background(rows(), FEATURES, seed=0)
    data = made.as_data()
    assert background_from_data(data, FEATURES) == made
    assert background_from_data(None, FEATURES) is None
    broken: list[Any] = [
        [],
        {},
        {**data, "more": [1]},
        {**data, "size": []},
        {**data, "size": [1.0] * (ROWS - 1)},
        {**data, "size": ["a"] * ROWS},
        {**data, "size": [True] * ROWS},
        {**data, "since": [1.5] * ROWS},
        {**data, "since": [1 << 63] * ROWS},
        {**data, "city": [1.0] * ROWS},
        {**data, "city": [MISSING_WORD] * ROWS},
        {name: [None] * (ROWS + 1) for name in data},
    ]
    for one in broken:
        with pytest.raises(ValueError, match="background"):
            background_from_data(one, FEATURES)


def test_cells_that_fit() -> None:
    assert cell_fits(FEATURES[1], None)
    assert cell_fits(FEATURES[1], 2)
    assert not cell_fits(FEATURES[1], float("nan"))
    assert not cell_fits(FEATURES[0], 2)


def test_no_rows_are_columns_too() -> None:
    assert columns_of({column.name: () for column in FEATURES}, FEATURES, 0).rows == 0
    assert Background({}).rows == 0
