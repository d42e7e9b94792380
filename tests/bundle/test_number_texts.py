from __future__ import annotations

import numpy as np

from journeyman.bundle.number_texts import NumberTexts
from journeyman.bundle.reader import read_cells
from journeyman.table.columns import Strings
from journeyman.table.schema import Column

TEXTS = ["1.5", "", "007", "-999", "1e3", "2"]


def cells() -> NumberTexts:
    return NumberTexts(np.array([1.5, np.nan, 7, -999, 1000, 2]), TEXTS.__getitem__)


def test_they_are_read_as_their_texts_are() -> None:
    for column in (
        Column(name="x", kind="number", low=0.0, high=10.0, missing=("-999",)),
        Column(name="x", kind="number", decimal=","),
        Column(name="x", kind="category", levels=("2", "007")),
    ):
        one, other = read_cells(column, cells()), read_cells(column, Strings.of(TEXTS))
        np.testing.assert_array_equal(one.refused, other.refused)
        np.testing.assert_array_equal(one.unusual, other.unusual)
        if isinstance(one.values, Strings):
            assert isinstance(other.values, Strings)
            assert one.values.cells().tolist() == other.values.cells().tolist()
        else:
            np.testing.assert_array_equal(one.values, other.values)


def test_the_texts_stay_as_they_stand() -> None:
    assert (len(cells()), cells()[2], cells()[-4:-2], list(cells())) == (6, "007", ["007", "-999"], TEXTS)
