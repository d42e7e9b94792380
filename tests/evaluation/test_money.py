from __future__ import annotations

import numpy as np
import pytest

from journeyman.brief.gain import gain_rule
from journeyman.evaluation.board import make_board
from journeyman.evaluation.choice import make_choice
from journeyman.evaluation.money import Money
from journeyman.evaluation.replays import Replays
from journeyman.evaluation.stakes import Incumbent, Stakes
from journeyman.learners.constant import Constant
from journeyman.plan.target import Target
from journeyman.statistics.bbc import Bootstrap, make_units
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.trial import Trial

ROWS = 200
TARGET = Target(task="binary", values=np.tile([0.0, 0.0, 0.0, 1.0], 50), classes=("no", "yes"))
FOLDS = make_folds("stratified", 4, rows=ROWS, classes=TARGET.codes)
RULE = gain_rule({"call": {"true": 30.0, "false": -20.0}}, TARGET.classes, "yes")
LOG_LOSS = metric_named("log_loss")


def money(**options) -> Money:
    knows = Trial(plan=Constant(), name="knows", key="k", status="done", answers=TARGET.values[:, None] * 0.98 + 0.01)
    return Money(make_board([knows], TARGET, FOLDS), Stakes(RULE, **options), 0)


def replayed(one: Money, *, exact=True):
    bootstrap = Bootstrap.draw(make_units(ROWS), seed=0, exact=exact)
    replays = Replays.of(one.board, bootstrap, LOG_LOSS)
    return one.replay(bootstrap, replays, make_choice(one.board, bootstrap, replays, LOG_LOSS))


def test_who_knows_earns_what_there_is_to_earn() -> None:
    one = money()
    assert one.own.payoffs.mean() == pytest.approx(0.25 * 30)
    assert [rival.name for rival in one.rivals] == ["doing nothing", "'call' for every row"]
    assert one.rivals[one.best].name == "doing nothing", "calling everybody costs more than it brings"


@pytest.mark.parametrize("exact", [True, False])
def test_replays_give_the_payoff_and_that_of_the_best_rival(exact: bool) -> None:
    mine, best, theirs = replayed(money(), exact=exact)
    assert mine.mean() == pytest.approx(7500, rel=0.05)
    assert not best.any()
    assert theirs.shape == (len(mine), 2)
    assert theirs[:, 1].mean() == pytest.approx(1000 * (0.25 * 30 - 0.75 * 20), rel=0.1)


def test_whoever_decides_today_is_a_rival_by_name() -> None:
    right = np.where(TARGET.values == 1, "call", "none").astype(object)
    one = money(incumbent=Incumbent("done", actions=right))
    assert one.rivals[one.best].name == "today's way ('done')"
    mine, best, _ = replayed(one)
    assert mine == pytest.approx(best)


def test_todays_score_is_used_from_the_threshold_on_that_pays_best() -> None:
    random = np.random.default_rng(0)
    score = TARGET.values + 0.3 * random.normal(size=ROWS)
    score[:5] = np.nan
    one = money(incumbent=Incumbent("score", score=score))
    _, _, theirs = replayed(one)
    assert 5000 < theirs[:, 0].mean() < 7500
    noise = money(incumbent=Incumbent("score", score=random.normal(size=ROWS)))
    # Chosen on the rows drawn and judged by the others, a threshold of noise earns nothing on average.
    assert replayed(noise)[2][:, 0].mean() < 500


def test_capacity_holds_for_everybody() -> None:
    one = money(share=0.1, incumbent=Incumbent("score", score=TARGET.values + np.arange(ROWS) / 1000))
    assert (one.own.actions == "call").mean() <= 0.1
    assert 0 < np.count_nonzero(one.rival_payoffs[0]) <= 0.1 * ROWS
