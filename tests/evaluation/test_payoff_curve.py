from __future__ import annotations

import numpy as np
import pytest

from journeyman.brief.gain import gain_rule
from journeyman.bundle.decision import DecisionRule
from journeyman.evaluation.payoff_curve import payoff_curve
from journeyman.evaluation.stakes import Stakes
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds, make_folds
from journeyman.table.columns import Numbers

RULE = DecisionRule({"call": {"yes": 100.0, "no": -50.0}})


def made(rows: int = 2000, weights: Numbers | None = None) -> tuple[Numbers, Target, Folds]:
    random = np.random.default_rng(0)
    chance = random.uniform(size=rows)
    values = (random.uniform(size=rows) < chance).astype(np.float64)
    target = Target(task="binary", values=values, classes=("no", "yes"), weights=weights)
    return chance[:, None], target, make_folds("random", 5, rows=rows)


def test_true_probabilities_are_worth_most_where_the_rule_stands() -> None:
    curve = payoff_curve(*made(), Stakes(RULE), RULE)
    assert curve is not None
    assert curve.by == "probability"
    assert curve.chosen.share == pytest.approx(2 / 3, abs=0.04)
    assert curve.chosen.threshold == pytest.approx(1 / 3, abs=0.01)
    best = max(one.payoff for one in curve.points)
    assert curve.chosen.payoff > 0.97 * best


def test_the_ends_are_nobody_and_everybody() -> None:
    answers, target, folds = made()
    curve = payoff_curve(answers, target, folds, Stakes(RULE), RULE)
    assert curve is not None
    first, last = curve.points[0], curve.points[-1]
    assert (first.share, first.payoff, first.threshold) == (0.0, 0.0, None)
    yes = float(target.values.mean())
    assert last.share == pytest.approx(1.0)
    assert last.payoff == pytest.approx(1000 * (100 * yes - 50 * (1 - yes)))
    assert curve.flat == (("call", pytest.approx(last.payoff)),)


def test_the_chosen_point_is_the_rule_s_own_payoff() -> None:
    answers, target, folds = made()
    curve = payoff_curve(answers, target, folds, Stakes(RULE), RULE)
    assert curve is not None
    actions, _ = RULE.decide(np.column_stack([1 - answers, answers]), target.classes)
    assert curve.chosen.payoff == pytest.approx(1000 * RULE.payoff(actions, target.codes, target.classes).mean())
    assert sum(one.payoff for one in curve.outcomes) == pytest.approx(curve.chosen.payoff)
    assert sum(one.rows for one in curve.outcomes) == pytest.approx(1000)


def test_weights_count() -> None:
    answers, target, folds = made(weights=np.where(np.arange(2000) < 1000, 1.0, 0.0))
    curve = payoff_curve(answers, target, folds, Stakes(RULE), RULE)
    half = payoff_curve(
        answers[:1000], target.take(slice(0, 1000)), make_folds("random", 5, rows=1000), Stakes(RULE), RULE
    )
    assert curve is not None
    assert half is not None
    assert curve.points[-1].payoff == pytest.approx(half.points[-1].payoff)


def test_several_actions_go_by_what_they_promise() -> None:
    rule = DecisionRule({"call": {"yes": 100.0, "no": -50.0}, "mail": {"yes": 20.0, "no": -2.0}})
    curve = payoff_curve(*made(), Stakes(rule), rule)
    assert curve is not None
    assert curve.by == "promise"
    assert {one.action for one in curve.outcomes if one.rows} == {"call", "mail", "none"}


def test_rows_that_are_not_scored_have_no_curve() -> None:
    answers, target, folds = made()
    nobody = Folds("random", 5, np.full(2000, -1))
    assert payoff_curve(answers, target, nobody, Stakes(RULE), RULE) is None
    assert payoff_curve(answers * np.nan, target, folds, Stakes(RULE), RULE) is None


def test_numbers_have_a_curve_without_outcomes() -> None:
    truth = np.random.default_rng(0).normal(size=500)
    number = Target(task="regression", values=truth)
    rule = gain_rule("buy = actual - 0.5", (), "")
    curve = payoff_curve(truth[:, None], number, make_folds("random", 5, rows=500), Stakes(rule), rule)
    assert curve is not None
    assert curve.outcomes == ()
    assert curve.chosen.payoff == pytest.approx(1000 * np.maximum(truth - 0.5, 0).mean())


def test_it_is_plain_data() -> None:
    curve = payoff_curve(*made(), Stakes(RULE), RULE)
    assert curve is not None
    assert set(curve.as_data()["points"][3]) == {"share", "threshold", "payoff"}
