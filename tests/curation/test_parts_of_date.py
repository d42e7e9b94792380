from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.curation.parts_of_date import join_parts
from journeyman.table.table import Table


def test_year_month_and_day_make_one_order(table_of: Callable[..., Table]) -> None:
    table = table_of({"year": [2021, 2020, 2020, None], "month": ["Jan", "Dec", "Dec", "May"], "day": [1, 31, 2, 1]})
    found = join_parts(table, {one.name: one for one in table.schema})
    assert found is not None
    columns, order, missing = found
    assert columns == ("year", "month", "day")
    assert np.argsort(order[:3]).tolist() == [2, 1, 0]
    assert missing.tolist() == [False, False, False, True]


def test_what_cannot_be_a_part_ends_it(table_of: Callable[..., Table]) -> None:
    table = table_of({"year": [2021, 2020], "month": [13, 1], "day": [1, 2]})
    found = join_parts(table, {one.name: one for one in table.schema})
    assert found is not None
    assert found[0] == ("year",)
    halves = table_of({"year": [2020.5, 2021.0]})
    assert join_parts(halves, {"year": halves.schema["year"]}) is None
    words = table_of({"year": [2020, 2021], "month": ["x", "y"]})
    found = join_parts(words, {one.name: one for one in words.schema})
    assert found is not None
    assert found[0] == ("year",)
