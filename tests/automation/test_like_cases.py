from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.automation.like_cases import near_cases, no_pairs, repeated_cases
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_equal_rows_are_paired_each_case_counting_for_its_decisions(table_of: Make) -> None:
    table = table_of({"x": [1, 2, 1, 1, None, None], "w": ["a", "a", "a", "a", None, None], "y": list("abcdef")})
    found = repeated_cases(table, ["x", "w"])
    pairs = {frozenset(one) for one in zip(found.one.tolist(), found.other.tolist(), strict=True)}
    assert pairs == {frozenset({0, 2}), frozenset({0, 3}), frozenset({2, 3}), frozenset({4, 5})}
    assert np.bincount(found.cluster, found.weight).tolist() == [3, 2]


def test_copied_rows_are_no_second_decision(table_of: Make) -> None:
    table = table_of({"x": [1, 1, 1], "actor": ["a", "a", "b"]})
    found = repeated_cases(table, ["x"], ["actor"])
    assert (found.one.tolist(), found.other.tolist()) == ([0], [2])


def test_nothing_to_compare_gives_no_pairs(table_of: Make) -> None:
    table = table_of({"x": [1, 2, 3]})
    assert len(repeated_cases(table, ["x"])) == len(repeated_cases(table, [])) == len(no_pairs()) == 0
    assert len(near_cases(table, [])) == 0


def test_near_cases_have_the_same_words_and_all_but_the_same_numbers(table_of: Make) -> None:
    random = np.random.default_rng(1)
    first = random.uniform(size=300)
    words = random.choice(["a", "b"], 300).tolist()
    table = table_of({"x": [*first, *(first + 1e-4)], "w": [*words, *words]})
    found = near_cases(table, ["x", "w"])
    cells = np.array([*words, *words])
    assert len(found) > 200
    assert (cells[found.one] == cells[found.other]).all()
    assert np.abs(np.array([*first, *first])[found.one] - np.array([*first, *first])[found.other]).max() < 0.1
    rows = np.concatenate([found.one, found.other])
    assert len(np.unique(rows)) == len(rows), "no case is in two pairs"


def test_far_cases_are_not_paired(table_of: Make) -> None:
    random = np.random.default_rng(2)
    table = table_of({f"x{place}": random.uniform(size=100) for place in range(8)})
    assert len(near_cases(table, list(table.values))) == 0
    one_missing = table_of({"x": [None, 1.0, 2.0, 3.0]})
    assert 0 not in near_cases(one_missing, ["x"]).one
