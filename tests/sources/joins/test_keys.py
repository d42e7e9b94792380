"""Which rows belong together: by equal keys first, then by those that are only spelt differently."""

from __future__ import annotations

import datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeyman.sources.joins.keys import find, spelt, together


def rows_of(left: list[Any], right: list[Any]) -> list[int | None]:
    return find([pl.Series(left)], [pl.Series(right)]).rows.to_list()


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (["a"], ["a"], "exact"),
        ([7], [7.0], "exact"),
        ([" a "], ["a"], "blanks"),
        (["EWR"], ["ewr"], "case"),
        (["007"], [7], "zeros"),
        (["7.0"], ["7"], "zeros"),
        (["+7"], [7], "zeros"),
        (["-0"], [0], "zeros"),
        (["2013-01-01T05:00:00Z"], ["2013-01-01 05:00"], "moment"),
        ([datetime.date(2024, 1, 2)], [datetime.datetime(2024, 1, 2)], "moment"),
        (["2024-01-02"], [datetime.datetime(2024, 1, 2)], "moment"),
    ],
)
def test_a_key_is_found_at_the_strictest_level_that_finds_it(left: list[Any], right: list[Any], level: str) -> None:
    found = find([pl.Series(left)], [pl.Series(right)])
    assert (found.rows.to_list(), found.counts) == ([0], {level: 1})


@pytest.mark.parametrize(
    ("left", "right"), [(["7"], ["70"]), (["1e2"], [100]), (["a"], ["b"]), (["0x7"], [7]), ([None], [None])]
)
def test_other_keys_are_not_taken_for_one_another(left: list[Any], right: list[Any]) -> None:
    assert rows_of(left, right) == [None]


def test_an_exact_key_always_wins() -> None:
    assert rows_of(["007", "7", "07"], ["7", "007"]) == [1, 0, None]
    assert rows_of(["AB", "ab", "Ab"], ["ab", "AB"]) == [1, 0, None]


def test_what_two_rows_answer_to_is_nobodys() -> None:
    """A looser spelling counts only where a single row has it."""
    assert rows_of(["A "], ["a", "A  "]) == [1]
    assert rows_of(["0007"], ["07", "7"]) == [None]


def test_several_columns_are_one_key() -> None:
    left = [pl.Series(["a", "a", "b"]), pl.Series([1, 2, None])]
    right = [pl.Series(["a", "b"]), pl.Series([2.0, 1.0])]
    assert find(left, right).rows.to_list() == [None, 0, None]
    split = find([pl.Series(["a\x1f"]), pl.Series(["b"])], [pl.Series(["a"]), pl.Series(["\x1fb"])])
    assert split.rows.to_list() == [None]


def test_keys_are_spelt_alike_whatever_their_type() -> None:
    assert spelt(pl.Series([1.0, 2.5, None, float("nan"), 1e300])).to_list()[:4] == ["1", "2.5", None, None]
    zoned = pl.Series([datetime.datetime(2024, 1, 1, 2)]).dt.replace_time_zone("Europe/Oslo")
    assert spelt(zoned).to_list()[0].startswith("2024-01-01T01:00:00")
    assert spelt(pl.Series(["", "a"])).to_list() == [None, "a"]
    assert together([pl.Series(["a"]), pl.Series([None], dtype=pl.String)]).to_list() == [None]


KEYS = st.lists(st.one_of(st.none(), st.text("aA 07", max_size=3)), min_size=1, max_size=8)


@given(left=KEYS, right=KEYS)
def test_exact_matches_are_those_of_equality_and_order_changes_nothing(left: list[Any], right: list[Any]) -> None:
    unique = list(dict.fromkeys(one for one in right if one)) or ["z"]
    kinds = {"left": pl.Series(left, dtype=pl.String), "right": pl.Series(unique, dtype=pl.String)}
    found = find([kinds["left"]], [kinds["right"]]).rows.to_list()
    assert len(found) == len(left)
    for key, row in zip(left, found, strict=True):
        if key in unique:
            assert row == unique.index(key)
        elif row is not None:
            assert unique[row].strip().lower().lstrip("0") == str(key).strip().lower().lstrip("0")
    backwards = find([kinds["left"].reverse()], [kinds["right"]]).rows.to_list()
    assert backwards[::-1] == found
