from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from journeyman.bundle.decision import DecisionRule
from journeyman.evaluation.calibration import Calibration
from journeyman.evaluation.cost_range import CostRange
from journeyman.evaluation.estimate import Estimate
from journeyman.evaluation.evaluation import Beside, Evaluation
from journeyman.evaluation.slices import Slice
from journeyman.evaluation.standing import Standing
from journeyman.evaluation.verdict import decide, rows_needed
from journeyman.table.finding import Cost, Finding, Remedy

GOOD = Evaluation(
    chosen=1,
    name="trees",
    metric="log_loss",
    estimates={"log_loss": Estimate(0.4, 0.38, 0.42), "payoff": Estimate(63_400, 58_100, 68_500)},
    leaderboard=(),
    gain=Estimate(5000, 3000, 7000),
    gain_probability=0.99,
    against="doing nothing",
    improvement=Estimate(0.1, 0.08, 0.12),
    optimism=0.001,
    calibration=Calibration((), 0.004, 0.004, 0.4),
    weakest=None,
    cost_ranges=(CostRange("call", "no", -20.0, -61.0, None), CostRange("call", "yes", 300.0, 120.0, 2400.0)),
    beside=(),
    over_floor=Estimate(0.02, 0.01, 0.03),
    floor="linear model",
    rule=None,
    is_constant=False,
    too_few=False,
    too_few_reason="",
    rows=1000,
    form="rows",
    replays=200,
)


def leak(severity):
    return Finding(
        code="single_column_leak",
        severity=severity,
        message="'closed' knows the target.",
        columns=("closed",),
        remedy=Remedy(action="review", words="Say --ignore closed if it is known only afterwards."),
    )


def test_a_sure_gain_is_deployed_and_says_what_would_change_it():
    verdict = decide(GOOD, [])
    assert (verdict.decision, verdict.probability) == ("deploy", 0.99)
    assert verdict.reasons == (
        "Gain over doing nothing: +5,000 [+3,000, +7,000] per 1,000 rows, probability of a gain 99 %.",
    )
    assert verdict.would_change == (
        "Were 'call' for 'no' (now −20) worth below −61, a fixed rule would do as well.",
        "Were 'call' for 'yes' (now 300) worth below 120 or above 2,400, a fixed rule would do as well.",
    )
    json.dumps(verdict.as_data(), allow_nan=False)


@pytest.mark.parametrize(
    ("probability", "decision"),
    [(1, "deploy"), (0.95, "deploy"), (0.949, "pilot"), (0.6, "pilot"), (0.59, "do_not_deploy"), (0, "do_not_deploy")],
)
def test_thresholds(probability, decision):
    verdict = decide(replace(GOOD, gain_probability=probability))
    assert verdict.decision == decision
    assert verdict.reasons
    assert verdict.would_change


def test_an_improvement_that_may_be_none_is_a_pilot():
    verdict = decide(replace(GOOD, improvement=Estimate(0.01, -0.001, 0.02)))
    assert verdict.decision == "pilot"
    assert "+0.010 [−0.001, +0.020], includes 0" in verdict.reasons[0]
    assert decide(replace(GOOD, improvement=Estimate(np.nan, np.nan, np.nan))).decision == "pilot"


def test_money_without_a_better_metric_is_no_reason_for_a_pilot():
    verdict = decide(replace(GOOD, gain_probability=0.8, improvement=Estimate(-0.01, -0.03, 0.01)))
    assert verdict.decision == "do_not_deploy"
    assert "No signal" in verdict.reasons[0]


def test_no_model_and_too_few_rows_are_never_deployed():
    assert decide(replace(GOOD, is_constant=True)).decision == "do_not_deploy"
    verdict = decide(replace(GOOD, too_few=True, too_few_reason="20 rows are scored"))
    assert verdict.decision == "do_not_deploy"
    assert "20 rows" in verdict.reasons[0]


def test_an_open_leak_is_never_deployed_and_a_closed_one_may_be():
    verdict = decide(GOOD, [leak("error")])
    assert verdict.decision == "do_not_deploy"
    assert "closed" in verdict.reasons[0]
    assert "--ignore closed" in verdict.would_change[0]
    assert decide(GOOD, [leak("warning")]).decision == "deploy"


def test_a_gain_that_cannot_be_told_is_not_deployed():
    gone = Estimate(np.nan, np.nan, np.nan)
    verdict = decide(replace(GOOD, gain=gone, improvement=gone, gain_probability=0.0))
    assert verdict.decision == "do_not_deploy"
    assert "nan" not in " ".join((*verdict.reasons, *verdict.would_change))


def test_rows_needed():
    # Half the width 2000, error 1020: at four times the rows the error halves.
    assert rows_needed(Estimate(1000, -1000, 3000), 1000) == pytest.approx(1000 * (2.8 * 1.02041) ** 2 - 1000, rel=0.05)
    assert rows_needed(Estimate(-1, -2, 3), 1000) is None
    assert rows_needed(Estimate(0.001, -1000, 1000), 1000) is None
    assert rows_needed(Estimate(1000, 999, 1001), 1000) == 100


def test_where_the_model_does_harm_is_said_though_it_is_deployed():
    harmful = Slice("region", "north", 240, Estimate(-30, -50, -10), looked_at=9)
    verdict = decide(replace(GOOD, weakest=harmful))
    assert verdict.decision == "deploy"
    assert verdict.reasons[1] == "It does harm where region = north (240 rows): leave these rows to today's way."
    unsure = replace(harmful, gain=Estimate(3, -5, 11))
    assert "Weakest: region = north" in decide(replace(GOOD, weakest=unsure)).reasons[1]
    assert len(decide(replace(GOOD, weakest=replace(harmful, gain=Estimate(8, 2, 14)))).reasons) == 1


def test_predictions_that_are_off_are_said():
    verdict = decide(replace(GOOD, calibration=Calibration((), 0.06, 0.06, 1e-5)))
    assert "off by 6.0 percentage points" in verdict.reasons[1]


def test_a_pilot_says_how_many_cases_would_settle_it():
    verdict = decide(replace(GOOD, gain=Estimate(100, -20, 220), gain_probability=0.9))
    assert verdict.decision == "pilot"
    error = 240 / 3.92
    assert 1000 * (2.8 * error / 100) ** 2 == pytest.approx(2939, rel=0.01)
    assert verdict.would_change[0].startswith("A pilot on about 3,000 new cases")
    assert verdict.reasons[0] == "A gain has a probability of 90 %, and deploying takes 95 %."
    assert "+100 [−20, +220]" in verdict.reasons[1]


def test_what_was_not_tried_is_no_lack_of_signal():
    floor = Standing(rank=1, tie=1, name="constant", score=0.5, low=0.4, high=0.6, seconds=0.1, floor=True)
    verdict = decide(replace(GOOD, is_constant=True, leaderboard=(floor,)))
    assert verdict.reasons == ("There was no time to try a model: nothing but floors was finished.",)
    assert "--time" in verdict.would_change[0]
    tried = decide(replace(GOOD, is_constant=True, leaderboard=(floor, replace(floor, floor=False))))
    assert "No signal was found" in tried.reasons[0]


def test_a_wild_target_is_named_where_no_signal_was_found():
    floor = Standing(rank=1, tie=1, name="constant", score=0.5, low=0.4, high=0.6, seconds=0.1, floor=True)
    nothing = replace(GOOD, is_constant=True, leaderboard=(floor, replace(floor, floor=False)))
    wild = Finding(
        code="target_outliers",
        severity="warning",
        message="'y' holds 1 value 900 times as far out as any other: 5e9 in row 18",
        columns=("y",),
        remedy=Remedy(action="review", words="look whether it is a slip"),
    )
    assert decide(nothing, [wild]).would_change[0].endswith("in row 18. First look whether it is a slip.")
    assert len(decide(nothing).would_change) == 1


def test_a_floor_that_ships_because_nothing_else_was_finished_is_told():
    floor = Standing(rank=1, tie=1, name="rule", score=0.5, low=0.4, high=0.6, seconds=0.1, floor=True)
    alone = decide(replace(GOOD, name="rule", leaderboard=(floor,)))
    assert any("Nothing but floors was finished, and 'rule' is one" in one for one in alone.reasons)
    tried = decide(replace(GOOD, name="rule", leaderboard=(floor, replace(floor, floor=False))))
    assert not any("Nothing but floors" in one for one in tried.reasons)


def test_a_model_that_knows_something_and_pays_nothing_more_is_told_apart_from_none():
    verdict = decide(replace(GOOD, gain=Estimate(0, 0, 0), gain_probability=0.0))
    assert verdict.decision == "do_not_deploy"
    assert verdict.reasons[0].startswith(
        "The model knows something, but at these amounts it brings nothing above doing"
    )


def test_without_a_payoff_the_best_floor_is_what_it_must_beat_in_words():
    plain = replace(GOOD, estimates={"log_loss": Estimate(0.4, 0.38, 0.42)})
    assert decide(plain).reasons[1] == (
        "Above the best floor, linear model, it brings +0.020 [+0.010, +0.030] of log_loss."
    )
    unsure = replace(plain, over_floor=Estimate(0.002, -0.01, 0.014))
    assert decide(unsure).reasons[1].endswith("which may be none.")


def test_candidates_that_came_too_late_are_named():
    verdict = decide(replace(GOOD, too_late=("blend", "network", "trees", "linear")))
    assert "could not be fitted on all rows: blend, network, trees, …." in verdict.reasons[1]


def test_a_floor_that_pays_nearly_as_much_is_said():
    nearly = Beside("linear model", Estimate(63_000, 58_000, 68_000), Estimate(400, -350, 1100), 0.8)
    verdict = decide(replace(GOOD, beside=(nearly,)))
    assert verdict.reasons[1].startswith("Above the best floor, linear model, it brings +400")
    assert verdict.reasons[1].endswith("per 1,000 rows, which may be none.")
    sure = replace(nearly, gain=Estimate(700, 350, 1100))
    assert len(decide(replace(GOOD, beside=(sure,))).reasons) == 1


def test_an_action_that_never_costs_anything_needs_a_price_and_no_columns():
    free = DecisionRule({"call": {"yes": 300.0}})
    nothing = replace(GOOD, gain=Estimate(-1, -9, 7), gain_probability=0.2, rule=free)
    assert "--gain" in decide(nothing).would_change[0]
    priced = replace(nothing, rule=DecisionRule({"call": {"yes": 300.0, "no": -5.0}}))
    assert "--gain" not in decide(priced).would_change[0]


def test_what_moved_in_the_newest_rows_is_told_beside_the_gain():
    moved = Finding(code="drift", severity="warning", message="in the newest fifth 1 column lies elsewhere")
    assert "In the newest fifth 1 column lies elsewhere." in decide(GOOD, [moved]).reasons
    assert decide(GOOD, [moved]).decision == decide(GOOD).decision


def test_an_open_question_whom_rows_are_about_is_told_with_what_it_costs():
    asked = Finding(
        code="groups",
        severity="warning",
        message="rows of one 'rate' are alike",
        columns=("rate",),
        numbers={"asked": "a measurement is no id"},
        remedy=Remedy(action="review", words="say --entity rate if new rows are of new 'rate'"),
    )
    assert decide(GOOD, [asked]).reasons == decide(GOOD, []).reasons
    told = decide(GOOD, [replace(asked, cost=Cost(measure="R²", ignored=0.77, heeded=0.47, words=""))])
    assert told.decision == "deploy"
    assert told.reasons[-1].startswith("Rows of one 'rate' are alike: say --entity rate if")
    assert told.reasons[-1].endswith("Of those a small model has R² 0.47, of rows at random 0.77.")
