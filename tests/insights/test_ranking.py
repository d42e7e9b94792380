from __future__ import annotations

import numpy as np

from journeyman.insights.kind import Candidate
from journeyman.insights.ranking import Ranked, best, likeness, normed

RANDOM = np.random.default_rng(0)


def ranked(place: int, score: float, signature: np.ndarray | None, *columns: str, outcome: int = 0) -> Ranked:
    return Ranked(place, Candidate(f"kind {place % 2}", columns, outcome), score, normed(signature))


def test_the_best_comes_first_and_what_says_the_same_is_left_out() -> None:
    signature, other = RANDOM.normal(size=200), RANDOM.normal(size=200)
    found = [
        ranked(0, 0.3, signature, "a"),
        ranked(1, 0.5, signature + 0.1 * other, "b"),
        ranked(2, 0.1, other, "c"),
    ]
    assert [one.place for one in best(found)] == [1, 2]


def test_only_so_many_are_told() -> None:
    found = [ranked(place, 1.0, RANDOM.normal(size=200), f"c{place}") for place in range(30)]
    assert len(best(found, 5)) == 5


def test_pairs_that_others_already_join_are_left_out() -> None:
    found = [
        ranked(0, 0.9, None, "a", "b", outcome=-1),
        ranked(1, 0.8, None, "b", "c", outcome=-1),
        ranked(2, 0.7, None, "a", "c", outcome=-1),
        ranked(3, 0.6, None, "d", "e", outcome=-1),
    ]
    assert [one.place for one in best(found)] == [0, 1, 3]


def test_the_same_group_of_another_outcome_is_less_alike() -> None:
    signature = RANDOM.normal(size=200)
    first, second = ranked(0, 1, signature, "a"), ranked(1, 1, signature, "a", outcome=1)
    assert likeness(first, first) > 0.99
    assert 0 < likeness(first, second) < likeness(first, first)
