from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.anomalies.cells import Cells, cells_of, standard
from journeyman.table.table import Table

Make = Callable[..., Table]
RANDOM = np.random.default_rng(0)
NUMBER = RANDOM.normal(10, 2, 100)


def test_what_varies_is_compared_and_what_names_rows_is_not(table_of: Make) -> None:
    days = np.datetime64("2024-01-01") + np.arange(100)
    found = cells_of(
        table_of(
            {
                "number": [None, *NUMBER[1:]],
                "same": np.ones(100),
                "day": days,
                "word": [("a", "b", None)[place % 3] for place in range(100)],
                "name": [f"n{place}" for place in range(100)],
                "note": ["x"] * 50 + ["y"] * 50,
                "target": RANDOM.normal(size=100),
            },
            kinds={"note": "text"},
        ),
        without=["target"],
    )
    assert found.names == ("number", "day", "word")
    assert np.isnan(found.numbers[0, 0])
    assert np.allclose(np.diff(found.numbers[:, 1]), 1.0)
    assert (found.words[0] == found.absent[0]).sum() == 33


def test_all_cells_come_on_one_scale(table_of: Make) -> None:
    words = RANDOM.choice(list("abc"), 100)
    words[0] = "rare"
    cells = cells_of(table_of({"n": [None, *NUMBER[1:]], "w": words}))
    scaled = cells.scaled
    assert scaled.column.tolist() == [0, 0, 1, 1, 1, 1]
    assert np.isfinite(scaled.values).all()
    assert scaled.values[0, :2].tolist() == [0.0, 1.0]
    assert (scaled.values[:, 2:].sum(axis=1) == 1).all()
    assert scaled.values[0, -1] == 1.0


def test_rows_can_be_taken(table_of: Make) -> None:
    cells = cells_of(table_of({"n": NUMBER, "w": list("ab") * 50}))
    few = cells.take(np.array([3, 5]))
    assert isinstance(few, Cells)
    assert few.rows == 2
    assert few.numbers[:, 0].tolist() == NUMBER[[3, 5]].tolist()


def test_a_few_far_cells_do_not_stretch_the_scale() -> None:
    values = np.concatenate([RANDOM.normal(size=990), np.full(10, 1e9)])
    found = standard(values)
    assert np.std(found[:990]) == pytest.approx(1.0, abs=0.15)
    assert found.max() == 10.0
    assert np.isfinite(standard(np.array([0.0] * 9 + [1.0]))).all()
