from __future__ import annotations

import numpy as np

from journeyman.checks.evidence.cell_hashes import alike, cell_hashes, mix
from journeyman.table.columns import Strings
from journeyman.table.table import Dates


def test_equal_cells_have_equal_hashes_and_others_do_not() -> None:
    numbers = cell_hashes(np.array([0.0, -0.0, 1.0, np.nan, float("nan")]), 0)
    assert numbers[0] == numbers[1] != numbers[2]
    assert numbers[3] == numbers[4] != numbers[0]
    words = cell_hashes(Strings.of(["a", "b", "a"]), 0)
    assert words[0] == words[2] != words[1]
    dates = cell_hashes(Dates(np.array([5, 5, 0]), np.array([False, True, True])), 0)
    assert dates[1] == dates[2] != dates[0]


def test_rows_are_alike_where_every_column_is() -> None:
    first, second = np.array([1.0, 1.0, 2.0, 1.0, 3.0]), np.array([5.0, 6.0, 5.0, 5.0, 7.0])
    codes = alike(5, [lambda rows: cell_hashes(first[rows], 0), lambda rows: cell_hashes(second[rows], 1)])
    assert codes[0] == codes[3]
    assert sorted(set(codes.tolist())) == [0, 1, 2, 3]
    assert alike(0, []).tolist() == []


def test_places_mix_differently_and_hardly_anything_collides() -> None:
    bits = np.arange(100_000).astype(np.uint64)
    assert len(np.unique(np.concatenate([mix(bits, 0), mix(bits, 1)]))) == 200_000
