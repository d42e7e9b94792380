from __future__ import annotations

from dataclasses import replace

import pytest

from journeyman.evaluation.estimate import Estimate
from journeyman.evaluation.learning_curve import FLATTEST, MORE, STEEPEST, LearningCurve, reach

CURVE = LearningCurve(
    metric="roc_auc",
    half_rows=2000.0,
    full_rows=4000.0,
    rows=5000,
    half=Estimate(0.80, 0.78, 0.82),
    full=Estimate(0.82, 0.80, 0.84),
    doubling=Estimate(0.02, 0.01, 0.03),
    whole=Estimate(0.824, 0.80, 0.85),
    more=Estimate(0.85, 0.81, 0.90),
    outlook="helps",
)


@pytest.mark.parametrize("exponent", [FLATTEST, 0.5, STEEPEST])
@pytest.mark.parametrize("half", [2000, 1900])
def test_along_a_power_law_the_reach_is_exact(exponent: float, half: int) -> None:
    def score(rows: float) -> float:
        return 0.9 - 3.0 * rows**-exponent

    gain = score(4000) - score(half)
    for to in (5000, 50_000):
        assert score(4000) + reach(half, 4000, to, exponent) * gain == pytest.approx(score(to))


def test_the_flattest_goes_furthest_and_the_rows_that_there_are_reach_nothing() -> None:
    assert reach(1, 2, 2, FLATTEST) == 0
    assert reach(2000, 4000, 5000, FLATTEST) == pytest.approx(0.2868, abs=1e-4)
    for to in (5000, 50_000):
        assert reach(2000, 4000, to, FLATTEST) > reach(2000, 4000, to, STEEPEST) > 0


def test_it_says_in_words_what_more_rows_would_do() -> None:
    assert CURVE.sentence.startswith("10 times the rows would give a roc_auc of about 0.850 [0.810, 0.900]: ")
    assert CURVE.sentence.endswith("the last doubling of the rows brought +0.020 [+0.010, +0.030] of roc_auc.")
    assert replace(CURVE, outlook="settled").sentence.startswith("More rows of this kind will not help: ")
    assert replace(CURVE, outlook="unclear").sentence.startswith("Whether more rows would help cannot be told: ")


def test_as_data_it_has_scores_by_rows() -> None:
    told = CURVE.as_data()
    assert [told[name]["rows"] for name in ("half", "full", "whole", "more")] == [2000, 4000, 5000, MORE * 5000]
    assert told["more"]["high"] == 0.90
    assert told["sentence"] == CURVE.sentence
