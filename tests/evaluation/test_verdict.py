from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from journeyman.evaluation.evaluation import BreakEven, Estimate, Evaluation
from journeyman.evaluation.verdict import decide, rows_needed
from journeyman.table.finding import Finding, Remedy

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
    calibration=(),
    break_even=(BreakEven("call", "no", -20.0, -61.0), BreakEven("call", "yes", 300.0, 120.0)),
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
    assert verdict.would_change[0] == "The gain would be gone if 'call' for 'no' were worth -61 instead of -20."
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
    assert "includes 0" in verdict.reasons[0]
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
