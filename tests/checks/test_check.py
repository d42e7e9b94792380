from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, row_numbers, sample, some
from journeyman.table.table import Table


def test_only_columns_that_could_become_features_are_looked_at(table_of: Callable[..., Table]) -> None:
    table = table_of({name: [1, 2, 3] for name in "abcdef"})
    brief = Brief(predict="a", entity="b", ignore=("c",), columns={"d": {"role": "weight"}, "e": {"role": "feature"}})
    assert [column.name for column in looked_at(table, brief)] == ["e", "f"]
    roles = table.with_schema(table.schema.with_role("f", "ignored", "said"))
    assert [column.name for column in looked_at(roles, brief)] == ["e"]


def test_a_sample_is_always_the_same_in_order_and_without_repeats() -> None:
    assert sample(5, 10).tolist() == [0, 1, 2, 3, 4]
    drawn = sample(1000, 100)
    assert drawn.tolist() == sample(1000, 100).tolist() == sorted(set(drawn.tolist()))
    assert len(drawn) == 100


def test_rows_are_told_by_their_number_in_the_source(table_of: Callable[..., Table]) -> None:
    table = table_of({"x": range(500)}).take(np.arange(100, 500))
    assert row_numbers(table, np.array([0, 5])) == (100, 105)
    assert len(row_numbers(table, np.arange(400))) == 100


def test_nouns() -> None:
    assert (some(1, "class", "classes"), some(3, "class", "classes")) == ("1 class", "3 classes")
