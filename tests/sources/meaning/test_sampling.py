from __future__ import annotations

import numpy as np

from journeyman.sources.meaning.sampling import some_numbers, some_of

RANDOM = np.random.default_rng(0)


def test_few_texts_are_all_taken_in_their_order() -> None:
    assert [("b", "a", "c")[place] for place in some_of(("b", "a", "c"), 9)] == ["a", "b", "c"]
    assert some_of((), 9) == []


def test_of_many_the_same_are_taken_in_whatever_order() -> None:
    texts = [f"customer {place:06}" for place in range(5000)]
    mixed = [texts[place] for place in RANDOM.permutation(len(texts))]
    first = [texts[place] for place in some_of(texts, 100)]
    assert first == [mixed[place] for place in some_of(mixed, 100)]
    assert len(first) == 100
    # from everywhere
    assert 0.3 < np.mean([int(text[-6:]) for text in first]) / 5000 < 0.7


def test_texts_that_differ_in_their_middle_only_are_still_bounded() -> None:
    texts = [f"abcd{place:05}efghijkl" for place in range(3000)]
    found = [texts[place] for place in some_of(texts, 50)]
    assert found == texts[:50]


def test_numbers_are_drawn_by_their_value_alone() -> None:
    values = RANDOM.normal(size=100_000)
    repeated = np.concatenate([values, values[::-1]])
    first = some_numbers(values, 20)
    assert first.tolist() == some_numbers(RANDOM.permutation(repeated), 20).tolist()
    assert len(first) == 20
    assert set(first.tolist()) <= set(values.tolist())
    assert some_numbers(np.array([3.0, 1.0, 3.0]), 20).tolist() == [1.0, 3.0]
    assert some_numbers(np.repeat([1.0, 2.0], 50_000), 20).tolist() == [1.0, 2.0]
