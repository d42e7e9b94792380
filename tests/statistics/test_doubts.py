from __future__ import annotations

import numpy as np

from journeyman.statistics.doubts import contradicted, doubted_labels, doubted_numbers, doubted_together


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


def noisy(flips: np.ndarray, strength: float = 3.0) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """Codes of which some are wrong, which ones, and three noisy opinions of the chances."""
    random = np.random.default_rng(2)
    rows = 4000
    score = strength * random.normal(size=rows)
    truth = random.uniform(size=rows) < 1 / (1 + np.exp(-score))
    wrong = random.uniform(size=rows) < flips[truth.astype(int)]
    opinions = [1 / (1 + np.exp(-(score + random.normal(scale=2, size=rows)))) for _ in range(3)]
    return (truth ^ wrong).astype(np.int64), wrong, [np.column_stack([1 - one, one]) for one in opinions]


def found_among_the_first(strength: np.ndarray, wrong: np.ndarray) -> float:
    return float(wrong[np.argsort(-strength)[: wrong.sum()]].mean())


def test_several_opinions_find_more_than_one() -> None:
    codes, wrong, opinions = noisy(np.array([0.1, 0.1]))
    together = found_among_the_first(doubted_together(codes, opinions).strength, wrong)
    alone = [found_among_the_first(doubted_labels(codes, one).strength, wrong) for one in opinions]
    assert together > max(alone) + 0.02


def test_mistakes_that_are_often_made_are_doubted_first() -> None:
    codes, wrong, opinions = noisy(np.array([0.25, 0.01]))
    found = doubted_together(codes, opinions)
    mean = np.mean(opinions, axis=0)
    alone = found_among_the_first(doubted_labels(codes, mean).strength, wrong)
    assert found_among_the_first(found.strength, wrong) > alone + 0.02
    assert wrong[found.doubted].mean() > 0.6
    assert (codes[found.doubted] == 1).mean() > 0.9
    assert found.margin is not None
    assert found.margin[found.doubted].min() > 0


def test_together_a_class_that_nobody_bears_is_no_alternative() -> None:
    chances = np.array([[0.4, 0.1, 0.5], [0.3, 0.2, 0.5]])
    found = doubted_together(np.array([0, 1]), [chances], [chances])
    assert found.other.tolist() == [1, 0]
    assert not doubted_together(np.array([0, 0]), [chances]).doubted.any()


def test_the_rarer_of_two_classes_that_nothing_tells_apart_is_no_mistake_if_so_wanted() -> None:
    random = np.random.default_rng(3)
    codes = (random.uniform(size=3000) < 0.08).astype(np.int64)
    yes = np.clip(0.08 + 0.02 * random.normal(size=3000), 0.01, 0.99)
    chances = np.column_stack([1 - yes, yes])
    assert doubted_together(codes, [chances]).doubted.sum() > 20
    assert not doubted_together(codes, [chances], told_apart=0.5).doubted.any()
    codes, wrong, opinions = noisy(np.array([0.1, 0.1]))
    found = doubted_together(codes, opinions, told_apart=0.5).doubted
    assert wrong[found].mean() > 0.5
    assert found.sum() > 20
