"""Levels with few rows become one."""

from __future__ import annotations

import numpy as np

from journeyman.plan.target import Target
from journeyman.preparation.encode.rare_levels import RARE_WORD, UNSEEN_WORD, RareLevels
from journeyman.table.columns import MISSING_WORD, Columns, Strings

TARGET = Target(task="regression", values=np.zeros(4))


def words(*cells: str) -> Columns:
    return Columns.of(rows=len(cells), words=[Strings.of(cells)], word_names=["w"])


def after(step: RareLevels, train: list[str], new: list[str]) -> list[str]:
    cells: list[str] = step.apply(step.fit(words(*train), TARGET), words(*new)).words[0].cells().tolist()
    return cells


def test_few_rows_make_a_level_rare_and_unseen_words_join_it() -> None:
    train = ["a"] * 5 + ["b"] * 4 + ["c"]
    assert after(RareLevels(), train, ["a", "b", "c", "new"]) == ["a", RARE_WORD, RARE_WORD, RARE_WORD]


def test_where_no_level_is_rare_unseen_words_stay_unseen() -> None:
    assert after(RareLevels(), ["a"] * 5, ["a", "new"]) == ["a", UNSEEN_WORD]


def test_missing_is_kept_however_rare() -> None:
    assert after(RareLevels(), ["a"] * 5 + [MISSING_WORD], ["a", MISSING_WORD]) == ["a", MISSING_WORD]
    assert after(RareLevels(), ["a"] * 5, [MISSING_WORD]) == [MISSING_WORD]


def test_at_most_so_many_levels() -> None:
    step = RareLevels(minimum=1, maximum=2)
    assert after(step, list("aaabbcd"), list("abcd")) == ["a", "b", RARE_WORD, RARE_WORD]


def test_levels_stay_distinct() -> None:
    step = RareLevels()
    done = step.apply(step.fit(words(*"aaaaabc"), TARGET), words(*"abcde")).words[0]
    assert done.levels == ("a", RARE_WORD)
    assert done.codes.dtype == np.int32
