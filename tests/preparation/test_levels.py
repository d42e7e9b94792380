"""Levels and their places in stacked tables."""

from __future__ import annotations

import numpy as np

from journeyman.preparation.encode.levels import codes, frequent_levels, pack_levels, places, starts, unpack_levels
from journeyman.table.columns import Strings

WORDS = Strings.of(["b", "a", "c", "c", "d"])


def test_levels_by_falling_frequency_then_letters_and_only_those_that_occur() -> None:
    assert frequent_levels(WORDS) == ("c", "a", "b", "d")
    assert frequent_levels(WORDS.take(np.array([4, 0]))) == ("b", "d")
    assert frequent_levels(Strings.of([])) == ()


def test_levels_survive_packing() -> None:
    levels = (("ä", "", "\x1fmissing"), (), ("x\0",))
    assert unpack_levels(pack_levels(levels)) == levels
    assert unpack_levels(pack_levels([])) == ()


def test_other_words_have_the_place_behind_the_last_level() -> None:
    assert codes(WORDS, ("c", "b")).tolist() == [1, 2, 0, 0, 2]
    assert codes(WORDS, ()).tolist() == [0] * 5
    assert codes(Strings.of([]), ("c",)).tolist() == []


def test_tables_are_stacked() -> None:
    levels = (("c", "b"), (), ("d",))
    assert starts(levels) == [0, 3, 4, 6]
    assert places([WORDS, WORDS, WORDS], levels, 5).tolist() == [[1, 3, 5], [2, 3, 5], [0, 3, 5], [0, 3, 5], [2, 3, 4]]
    assert places([], (), 2).shape == (2, 0)
