"""One 0/1 column a level."""

from __future__ import annotations

import numpy as np

from journeyman.plan.target import Target
from journeyman.preparation.encode.one_hot import OneHot
from journeyman.preparation.encode.rare_levels import RARE_WORD
from journeyman.table.columns import MISSING_WORD, Columns, Strings

TARGET = Target(task="regression", values=np.zeros(4))


def words(*cells: str) -> Columns:
    return Columns.of(rows=len(cells), words=[Strings.of(cells)], word_names=["w"])


def test_one_column_a_level_and_none_for_the_unseen() -> None:
    step = OneHot()
    state = step.fit(words("b", "a", "a", MISSING_WORD), TARGET)
    done = step.apply(state, words("b", "new", MISSING_WORD, "a"))
    assert done.number_names == ("w = a", "w is missing", "w = b")
    assert done.numbers.tolist() == [[0, 0, 1], [0, 0, 0], [0, 1, 0], [1, 0, 0]]


def test_missing_that_training_did_not_hold_is_0_in_every_column() -> None:
    step = OneHot()
    assert step.apply(step.fit(words("a", "b"), TARGET), words(MISSING_WORD)).numbers.tolist() == [[0, 0]]


def test_the_most_frequent_levels_only() -> None:
    step = OneHot(maximum=1)
    done = step.apply(step.fit(words("a", RARE_WORD, RARE_WORD), TARGET), words("a", RARE_WORD))
    assert done.number_names == ("w is rare",)
    assert done.numbers.tolist() == [[0], [1]]
