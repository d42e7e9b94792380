from __future__ import annotations

import numpy as np

from journeyman.statistics.doubts import contradicted, doubted_labels, doubted_numbers


def test_a_label_is_doubted_where_another_class_is_as_likely_as_where_it_is_borne() -> None:
    codes = np.array([0, 0, 0, 1, 1, 1])
    yes = np.array([0.1, 0.2, 0.9, 0.9, 0.8, 0.7])
    found = doubted_labels(codes, np.column_stack([1 - yes, yes]))
    assert found.doubted.tolist() == [False, False, True, False, False, False]
    assert found.other[2] == 1
    assert found.strength.argmax() == 2


def test_a_class_that_nobody_bears_is_no_alternative() -> None:
    chances = np.array([[0.4, 0.5, 0.1], [0.9, 0.05, 0.05]])
    assert not doubted_labels(np.array([0, 0]), chances).doubted.any()


def test_numbers_are_compared_with_errors_at_like_answers() -> None:
    random = np.random.default_rng(0)
    answers = np.linspace(1, 100, 2000)
    truth = answers + random.normal(size=2000) * answers / 10
    truth[3] += 10  # far for a small amount
    truth[1990] += 10  # nothing for a large one
    found = doubted_numbers(truth, answers)
    assert found.doubted[3]
    assert not found.doubted[1990]
    assert found.doubted.sum() <= 3
    assert not len(doubted_numbers(np.empty(0), np.empty(0)).doubted)


def test_the_surest_tenth_says_how_many_labels_can_be_wrong() -> None:
    random = np.random.default_rng(1)
    yes = random.uniform(size=20_000)
    truth = random.uniform(size=20_000) < yes
    flipped = random.uniform(size=20_000) < 0.1
    recorded = 0.1 + 0.8 * yes
    count, of = contradicted((truth ^ flipped).astype(np.int64), np.column_stack([1 - recorded, recorded]))
    assert 0.1 < count / of < 0.16
