from __future__ import annotations

import numpy as np
import pytest

from journeyman.curation.propose import Proposal
from journeyman.learners.best_rule import BestRule
from journeyman.learners.constant import Constant
from journeyman.plan.combine import Chain, Thin
from journeyman.plan.retarget import Retargeted
from journeyman.statistics.folds import make_folds
from journeyman.trials.clock import SEEN, UNSEEN, Clock, learner_of, side_by_side

FOLDS = make_folds("random", 5, rows=100)
ONE = Proposal(plan=BestRule(), name="a", floor=False, weight=1, seconds=2.0)
OTHER = Proposal(plan=Chain(steps=(BestRule(),)), name="b", floor=False, weight=1, seconds=4.0)
THIRD = Proposal(plan=Constant(), name="c", floor=False, weight=1, seconds=1.0)


def test_before_anything_is_known_the_guess_counts_with_some_room() -> None:
    clock = Clock(FOLDS, 100)
    assert clock.seconds(ONE, 0) == pytest.approx(2.0 * UNSEEN)
    assert clock.seconds(ONE) == pytest.approx(2.5 * UNSEEN), "all rows are five fourths of a fold's"


def test_what_was_seen_corrects_guesses_the_nearest_most() -> None:
    clock = Clock(FOLDS, 100)
    clock.learn(ONE, 0, 6.0)
    assert clock.seconds(ONE, 1) == pytest.approx(6.0 * SEEN)
    # Of two forms of a learner, half as large counts half as a factor, and half as what every fit has to bear.
    assert clock.seconds(OTHER, 1, safely=False) == pytest.approx((12.0 + 8.0) / 2)
    assert clock.seconds(OTHER, 1) == pytest.approx(10.0 * UNSEEN)
    assert clock.seconds(THIRD, 1) == pytest.approx(3.0 * UNSEEN), "and so is any other, as far as is known"


def test_forward_folds_of_few_rows_are_quick() -> None:
    folds = make_folds("forward", 4, rows=100, order=np.arange(100))
    clock = Clock(folds, 100)
    assert clock.seconds(ONE, 0) == pytest.approx(clock.seconds(ONE, 3) / 4)


def test_a_plans_learner_is_its_last_step() -> None:
    plan = Thin(inner=Retargeted(inner=Chain(steps=(Constant(), BestRule())), form="log"), rows=10)
    assert learner_of(plan) == "learners.best_rule"


def test_a_tiny_form_says_little_of_a_large_one_by_its_factor() -> None:
    clock = Clock(FOLDS, 100)
    tiny = Proposal(plan=BestRule(), name="tiny", floor=False, weight=1, seconds=0.1)
    clock.learn(tiny, 0, 1.1)
    assert clock.seconds(OTHER, 1, safely=False) < 6.5, "a second more, not eleven times as many"


def test_a_form_that_was_quicker_than_guessed_makes_larger_ones_as_much_quicker() -> None:
    clock = Clock(FOLDS, 100)
    clock.learn(ONE, 0, 0.5)
    assert clock.seconds(OTHER, 1, safely=False) == pytest.approx(1.0)


def test_jobs_are_shared_as_they_come_and_none_is_cut() -> None:
    assert side_by_side([1.0] * 5, 4) == 2.0
    assert side_by_side([4.0, 1.0, 1.0, 1.0], 2) == 4.0
    assert side_by_side([3.0, 2.0], 1) == 5.0
    assert side_by_side([], 2) == 0.0
