from __future__ import annotations

import numpy as np
import pytest

from journeyman.brief.gain import gain_rule
from journeyman.evaluation.board import make_board
from journeyman.evaluation.money import Money
from journeyman.learners.constant import Constant
from journeyman.plan.target import Target
from journeyman.statistics.bbc import Bootstrap, make_units
from journeyman.statistics.folds import make_folds
from journeyman.trials.trial import Trial

ROWS = 200
TARGET = Target(task="binary", values=np.tile([0.0, 0.0, 0.0, 1.0], 50), classes=("no", "yes"))
FOLDS = make_folds("stratified", 4, rows=ROWS, classes=TARGET.codes)
RULE = gain_rule({"call": {"true": 30.0, "false": -20.0}}, TARGET.classes, "yes")


def money() -> Money:
    knows = Trial(plan=Constant(), name="knows", key="k", status="done", answers=TARGET.values[:, None] * 0.98 + 0.01)
    return Money.of(make_board([knows], TARGET, FOLDS), RULE, 0)


def test_who_knows_earns_what_there_is_to_earn() -> None:
    one = money()
    assert one.values[0].mean() == pytest.approx(0.25 * 30 * 1000)
    assert one.against == "always the same answer"
    assert one.values[one.best_by_hand].mean() == 0, "calling everybody costs more than it brings"


def test_replays_give_the_payoff_and_what_it_is_above_doing_without() -> None:
    one = money()
    bootstrap = Bootstrap.draw(make_units(ROWS), seed=0)
    payoffs, gains = one.replay(bootstrap, np.zeros(bootstrap.replays, np.int64))
    assert payoffs.mean() == pytest.approx(7500, rel=0.05)
    assert np.array_equal(payoffs, gains)


def test_the_amount_at_which_the_gain_would_be_gone() -> None:
    one = money()
    assert one.break_even(RULE, 0, 0.0) == ()
    (first, *_) = one.break_even(RULE, 0, 7500.0)
    assert (first.action, first.outcome, first.at) == ("call", "yes", pytest.approx(0.0))
