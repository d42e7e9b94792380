"""Columns read as keys."""

from __future__ import annotations

import numpy as np

from journeyman.preparation.derive.keys import number_codes, number_key, pack_keys, unpack_keys, word_key
from journeyman.table.columns import MISSING_WORD, Columns, Strings

CELLS = ["a", "b", "a", MISSING_WORD, "a", "b"]


def test_words_have_codes_by_frequency_and_one_for_every_other() -> None:
    key = word_key(0, Strings.of(CELLS))
    assert key.size == 4
    found = key.codes(Columns.of(rows=4, words=[Strings.of(["b", "new", "a", MISSING_WORD])], word_names=["w"]))
    assert found.tolist() == [1, 3, 0, 2]


def test_few_numbers_have_a_code_each_and_missing_one_of_its_own() -> None:
    key = number_key(0, np.array([3.0, 1.0, np.nan, 2.0, 1.0]))
    assert key.is_exact
    assert number_codes(np.array([1.0, 2.0, 3.0, np.nan, 0.0, 9.0]), key.edges).tolist() == [0, 1, 2, 3, 0, 2]


def test_many_numbers_fall_into_bins_of_like_many_rows() -> None:
    numbers = np.random.default_rng(0).lognormal(0, 3, 4000)
    key = number_key(0, numbers)
    counts = np.bincount(number_codes(numbers, key.edges), minlength=key.size)
    assert not key.is_exact
    assert counts[-1] == 0
    assert counts[:-1].min() > 0.8 * 4000 / len(counts[:-1])


def test_a_number_that_is_always_missing_has_one_code_besides() -> None:
    key = number_key(0, np.full(5, np.nan))
    assert key.size == 2
    assert number_codes(np.array([np.nan, 1.0]), key.edges).tolist() == [1, 0]


def test_packed_keys_come_back() -> None:
    keys = (word_key(1, Strings.of(CELLS)), number_key(0, np.arange(9.0)), word_key(0, Strings.of([])))
    back = unpack_keys(pack_keys(keys))
    assert [(one.place, one.levels, one.edges.tolist()) for one in back] == [
        (one.place, one.levels, one.edges.tolist()) for one in keys
    ]
    assert unpack_keys(pack_keys(())) == ()
