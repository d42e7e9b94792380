from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from journeyman.errors import InputError
from journeyman.job.newest_block import newest_block
from journeyman.sources.read import read_raw

PLAIN: dict[str, Any] = {"folds": {"kind": "stratified", "entity": "", "time": ""}, "schema": []}


def table(rows: int, start: int = 0) -> pl.DataFrame:
    places = range(start, start + rows)
    return pl.DataFrame(
        {
            "a": list(places),
            "who": [f"p{one // 2}" for one in places],
            "day": [f"2025-01-{28 - one % 28:02d}" for one in places],
        }
    )


def test_the_last_half_judges_and_the_rest_is_learnt_from() -> None:
    block = newest_block([read_raw(table(60)), read_raw(table(40, 60))], PLAIN)
    assert block.newest.frame["a"].to_list() == list(range(50, 100))
    assert sorted(value for one in block.earlier for value in one.frame["a"].to_list()) == list(range(50))
    assert block.by == "by their order"
    assert len(set(block.units.tolist())) == 50


def test_where_rows_have_a_time_the_newest_by_it_judge() -> None:
    schema = [{"name": "day", "role": "time"}]
    block = newest_block([read_raw(table(28))], {**PLAIN, "schema": schema})
    assert sorted(block.newest.frame["a"].to_list()) == list(range(14))
    assert block.by == "by 'day'"


def test_copies_and_others_of_an_entity_do_not_judge_what_learnt_from_them() -> None:
    doubled = pl.concat([table(20), table(20), table(40, 100)])
    block = newest_block([read_raw(doubled)], PLAIN)
    assert block.left_out == 0
    copied = pl.concat([table(40), table(10), table(30, 100)])
    assert newest_block([read_raw(copied)], PLAIN).left_out == 10
    folds = {"kind": "entity", "entity": "who", "time": ""}
    block = newest_block([read_raw(table(42))], {**PLAIN, "folds": folds})
    assert block.left_out == 1
    assert len(set(block.units.tolist())) == 10


def test_sources_of_other_shapes_are_refused() -> None:
    with pytest.raises(InputError, match="not of one shape"):
        newest_block([read_raw(table(10)), read_raw(table(10).drop("a"))], PLAIN)
