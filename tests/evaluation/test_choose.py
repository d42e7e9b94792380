from __future__ import annotations

import numpy as np

from journeyman.evaluation.choose import as_good, choose, standings, tied, told_apart_from

APART = np.full((4, 4), 0.01)
ALIKE = np.full((4, 4), 0.1)
SCORES = np.array([0.80, 0.84, 0.86, 0.60])


def test_the_best_is_shipped_where_candidates_can_be_told_apart():
    np.testing.assert_array_equal(tied(SCORES, APART), [False, False, True, False])
    assert choose(SCORES, APART, [1, 2, 10, 0]) == 2


def test_the_simplest_of_those_that_give_next_to_nothing_up_is_shipped():
    scores = np.array([0.80, 0.852, 0.86, 0.60])
    np.testing.assert_array_equal(tied(scores, ALIKE), [True, True, True, False])
    np.testing.assert_array_equal(as_good(scores, ALIKE, np.nan), [False, True, True, False])
    assert choose(scores, ALIKE, [1, 2, 10, 3]) == 1


def test_what_is_next_to_nothing_also_depends_on_what_is_gained_at_all():
    scores, errors = np.array([0.89945, 0.9]), np.full((2, 2), 0.0015)
    np.testing.assert_array_equal(as_good(scores, errors, 0.5), [False, True])
    np.testing.assert_array_equal(as_good(scores, errors, 0.3), [True, True])


def test_where_always_the_same_answer_ties_with_the_best_it_is_shipped():
    assert choose(SCORES, ALIKE, [0, 2, 10, 3]) == 0
    assert choose(SCORES, APART, [0, 2, 10, 3]) == 2


def test_of_equal_weight_the_better_then_the_first_is_shipped():
    assert choose(SCORES, ALIKE, [9, 2, 2, 0]) == 2
    assert choose(np.array([0.5, 0.5]), np.zeros((2, 2)), [3, 3]) == 0


def test_it_is_the_error_against_the_best_that_counts():
    errors = APART.copy()
    errors[2, 0] = errors[0, 2] = 0.7
    assert choose(SCORES, errors, [1, 2, 10, 0]) == 0


def test_missing_is_worst():
    assert choose(np.array([np.nan, 0.1]), np.full((2, 2), 9.0), [0, 5]) == 1
    assert choose(np.array([np.nan, np.nan]), np.zeros((2, 2)), [2, 1]) == 1


def test_answers_that_are_the_same_tie_however_rounded():
    scores = np.array([0.1 + 0.2, 0.3])
    assert tied(scores, np.zeros((2, 2))).all()


def test_standings_start_with_the_shipped_and_go_on_by_ties_and_scores():
    scores = np.array([0.80, 0.858, 0.86, 0.60, 0.59])
    errors = np.full((5, 5), 0.03)
    first = choose(scores, errors, [1, 2, 10, 9, 1])
    assert standings(scores, errors, first) == [(1, 1), (2, 1), (0, 2), (3, 3), (4, 3)]


def test_standings_hold_everybody_once_also_where_the_shipped_is_in_no_first_tie():
    order = standings(np.array([0.5, 0.9, 0.4]), np.full((3, 3), 0.01), first=0)
    assert sorted(place for place, _ in order) == [0, 1, 2]
    assert order[0] == (0, 1)


def test_of_all_that_tie_the_simplest_is_shipped_where_the_user_prefers_that():
    assert choose(SCORES, ALIKE, [1, 2, 10, 3], simplest=1.0) == 0
    assert choose(SCORES, APART, [1, 2, 10, 3], simplest=1.0) == 2
    assert choose(SCORES, APART, [1, 2, 10, 3], simplest=2.5) == 1


def test_hedges_that_tie_with_the_best_are_all_that_is_looked_at():
    scores, hedges = np.array([0.80, 0.842, 0.86, 0.84]), np.array([False, True, False, True])
    assert choose(scores, ALIKE, [1, 9, 2, 8]) == 2
    # Of two hedges that are as good the lighter one.
    assert choose(scores, ALIKE, [1, 9, 2, 8], hedges=hedges) == 3
    assert choose(scores, APART, [1, 9, 2, 8], hedges=hedges) == 2
    assert choose(scores, ALIKE, [1, 9, 2, 8], hedges=~hedges & False) == 2


def test_a_hedge_takes_no_constants_place_and_none_where_the_simplest_is_asked_for():
    hedges = np.array([False, True, False, False])
    assert choose(SCORES, ALIKE, [0, 9, 2, 3], hedges=hedges) == 0
    assert choose(SCORES, ALIKE, [1, 9, 2, 3], simplest=1.0, hedges=hedges) == 0


def test_more_candidates_without_a_difference_take_a_larger_one_to_be_told_apart():
    random = np.random.default_rng(0)

    def apart(count):
        rows = random.normal(size=(400, count))
        draws = random.multinomial(400, np.full(400, 1 / 400), size=300)
        replayed = draws @ rows / 400
        spread = np.sqrt(((rows[:, :, None] - rows[:, None, :]) ** 2).mean(axis=0) / 400)
        return told_apart_from(rows.mean(axis=0), replayed, np.broadcast_to(spread, (300, count, count)))

    two, twenty = apart(2), apart(20)
    assert 1.6 < two < 2.2
    # Of 19 differences from one candidate the largest is beyond about 2.6 errors in one table of twenty.
    assert 2.3 < twenty < 3.1


def test_told_apart_keeps_its_error_rate_where_nothing_differs():
    random = np.random.default_rng(1)
    wrong = 0
    for _ in range(200):
        rows = random.normal(size=(200, 8))
        draws = random.multinomial(200, np.full(200, 1 / 200), size=200)
        spread = np.sqrt(((rows[:, :, None] - rows[:, None, :]) ** 2).mean(axis=0) / 200)
        times = told_apart_from(rows.mean(axis=0), draws @ rows / 200, np.broadcast_to(spread, (200, 8, 8)))
        # The truth: candidate 0 is as good as any; is it shown to be worse than the best?
        wrong += not tied(rows.mean(axis=0), spread, times)[0]
    assert wrong <= 20


def test_nobody_to_compare_with_is_no_error():
    assert told_apart_from(np.array([0.5]), np.full((5, 1), 0.5), np.zeros((5, 1, 1))) > 1
