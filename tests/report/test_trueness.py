from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from journeyman.report.trueness import trueness

Summary = Callable[..., dict[str, Any]]


def check(off_by: float, p_value: float, *, comes_true: bool) -> dict[str, Any]:
    return {"off_by": off_by, "share": off_by, "p_value": p_value, "comes_true": comes_true}


@pytest.mark.parametrize(
    ("told", "headline", "sentence"),
    [
        (
            check(0.004, 0.4, comes_true=True),
            "Its probabilities come true",
            (
                "Its probabilities are off by 0.4 percentage points on average;"
                " chance alone would show that in 40 of 100 such tables."
            ),
        ),
        (
            check(0.06, 1e-5, comes_true=False),
            "Its probabilities are off by 6.0 percentage points on average",
            "in fewer than 1 of 100 such tables. Read them as a ranking, not as amounts.",
        ),
        (check(0.01, 1e-5, comes_true=True), "Its probabilities come true", "but it is too little to matter."),
        (check(0.0001, 0.999, comes_true=True), "Its probabilities come true", "in 99 of 100 such tables."),
    ],
)
def test_headline_and_sentence_agree_with_the_check(
    told: dict[str, Any], headline: str, sentence: str, made_up: Summary
) -> None:
    found = trueness(made_up(calibration_check=told))
    assert found.headline == headline
    assert found.sentence.endswith(sentence)
    assert found.comes_true == told["comes_true"]


def test_answers_that_are_all_alike_are_called_so(made_up: Summary) -> None:
    bins = [{"predicted": 0.21 + place / 100, "observed": 0.2, "rows": 10} for place in range(5)]
    told = check(0.004, 0.4, comes_true=True)
    assert trueness(made_up(calibration=bins, calibration_check=told)).headline.startswith("It answers nearly")
    told = check(0.06, 1e-5, comes_true=False)
    assert "off by 6.0" in trueness(made_up(calibration=bins, calibration_check=told)).headline


def test_numbers_are_off_in_their_own_unit(regression: Summary) -> None:
    fine = trueness(regression(calibration_check=check(0.0578, 0.19, comes_true=True)))
    assert fine.sentence == (
        "Its answers come true on average: put right in level and spread they would move by 0.0578;"
        " chance alone would show that in 19 of 100 such tables."
    )
    off = trueness(regression(calibration_check=check(1234.5, 0.0001, comes_true=False)))
    assert off.headline == "Its answers are off by 1,230 on average, all of them together"


def test_without_a_check_nothing_is_claimed(made_up: Summary) -> None:
    found = trueness(made_up(calibration_check={"off_by": None, "p_value": None, "comes_true": True}))
    assert (found.headline, found.sentence) == ("What came, against its probabilities", "")


@pytest.mark.parametrize(
    ("metric", "sense"), [("mae", "as the middle of what came"), ("rmsle", "as ratios, on average")]
)
def test_numbers_come_true_in_the_sense_of_their_metric(metric: str, sense: str, made_up: Summary) -> None:
    good, bad = check(0.3, 0.4, comes_true=True), check(0.3, 1e-5, comes_true=False)
    numbers = {"classes": [], "metric": metric}
    assert trueness(made_up(calibration_check=good, **numbers)).headline.startswith(f"Its answers come true {sense}")
    found = trueness(made_up(calibration_check=bad, **numbers))
    assert found.headline.startswith(f"Its answers are off by 0.3 {sense}")
    plain = trueness(made_up(calibration_check=good, classes=[], metric="rmse"))
    assert plain.headline == "Its answers come true on average"
