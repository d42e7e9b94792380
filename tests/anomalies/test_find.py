from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import polars as pl

from journeyman.anomalies.find import MOST_ROWS, anomalies, anomalies_in
from journeyman.table.table import Table

Make = Callable[..., Table]


def planted(rows: int = 600) -> dict[str, object]:
    random = np.random.default_rng(1)
    height = random.normal(170, 8, rows)
    weight = 0.9 * (height - 100) + random.normal(0, 2, rows)
    age = random.uniform(20, 60, rows)
    age[3] = 455
    height[17], weight[17] = 186.0, 55.0
    return {"height": height, "weight": weight, "age": age, "sex": random.choice(["f", "m"], rows)}


def test_rows_that_do_not_fit_are_told_with_the_cells_that_make_them_so(table_of: Make) -> None:
    found = anomalies(table_of(planted()))
    assert found.looked_at == 600
    assert {one.row for one in found.strange} == {3, 17}
    assert found.beyond == 2
    by_row = {one.row: one for one in found.strange}
    assert [cell.column for cell in by_row[3].cells] == ["age"]
    assert by_row[3].cells[0].holds == "455"
    assert {cell.column for cell in by_row[17].cells} == {"height", "weight"}
    json.dumps(found.as_data(), allow_nan=False)


def test_where_nothing_is_strange_nothing_is_told(table_of: Make) -> None:
    told = 0
    for seed in range(5):
        random = np.random.default_rng(seed)
        columns = {name: random.normal(size=400) for name in "abcd"}
        told += anomalies_in(table_of({**columns, "w": random.choice(list("xyz"), 400)})).beyond
    assert told <= 1


def test_a_frame_is_read_and_rows_keep_their_numbers() -> None:
    found = anomalies(pl.DataFrame(planted()))
    assert {one.row for one in found.strange} == {3, 17}


def test_of_many_rows_some_are_looked_at_and_of_few_none(table_of: Make) -> None:
    table = table_of(planted())
    found = anomalies_in(table, most=100)
    assert found.looked_at == len(found.rows) == len(found.scores) == 100
    assert np.array_equal(found.rows, anomalies_in(table, most=100).rows)
    assert MOST_ROWS > 100
    assert anomalies_in(table.take(np.arange(20))).looked_at == 0
    assert anomalies_in(table_of({"same": np.ones(100)})).looked_at == 0


def test_a_column_that_is_not_to_be_compared_is_not(table_of: Make) -> None:
    found = anomalies_in(table_of(planted()), without=["age"])
    assert "age" not in found.columns
    assert 3 not in {one.row for one in found.strange}
