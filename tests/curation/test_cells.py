from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.curation.cells import chance_of_equal, codes_of, ranks_of
from journeyman.table.table import Table


def test_codes_follow_the_order_of_values_and_gaps_have_none(table_of: Callable[..., Table]) -> None:
    day = np.array(["2024-01-03", "NaT", "2024-01-01"], "datetime64[D]")
    table = table_of({"n": [7.5, None, -1.0], "d": day, "w": ["b", None, "b"]})
    assert codes_of(table, "n").tolist() == [1, -1, 0]
    assert codes_of(table, "d").tolist() == [1, -1, 0]
    assert codes_of(table, "w").tolist() == [0, -1, 0]


def test_ranks_are_centred_and_ties_share_one() -> None:
    ranks = ranks_of(np.array([0, 1, 1, 2]))
    assert ranks.tolist() == [-0.375, 0.0, 0.0, 0.375]


def test_chance_of_equal_cells() -> None:
    assert chance_of_equal(np.array([0, 0, 1, 1])) == 0.5
