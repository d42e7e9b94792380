from __future__ import annotations

from collections.abc import Callable
from typing import Any

from journeyman.report.weakest import weakest

Summary = Callable[..., dict[str, Any]]


def group(value: float, *, is_loss: bool = False, **changes: Any) -> dict[str, Any]:
    gain = {"value": value, "low": value - 10.0, "high": value + 10.0}
    told = {"column": "region", "words": "north", "rows": 2400, "gain": gain, "looked_at": 9, "is_loss": is_loss}
    return {"weakest": told | changes}


def test_harm_is_said_with_what_to_do(made_up: Summary) -> None:
    found = weakest(made_up(**group(-30.0, is_loss=True)))
    assert found is not None
    assert found.is_loss
    assert found.sentence == "Where “region” is “north” (2,400 rows) it does harm: −30 [−40, −20] per 1,000 of them."
    assert found.advice == "Leave these rows to today's way."
    assert found.found.startswith("Of 9 groups that single columns cut out, a gain above treating all rows alike")


def test_a_gain_that_may_be_none_is_no_harm_and_a_sure_one_is_praised(made_up: Summary) -> None:
    unsure, sure = weakest(made_up(**group(5.0))), weakest(made_up(**group(15.0)))
    assert unsure is not None
    assert sure is not None
    assert "no gain is shown: +5 [−5, +15]" in unsure.sentence
    assert "even there it helps: +15 [+5, +25]" in sure.sentence
    assert (unsure.is_loss, sure.is_loss, sure.advice) == (False, False, "")


def test_units_and_ranges_are_those_of_the_run(regression: Summary, made_up: Summary) -> None:
    found = weakest(regression(**group(15.0, words="up to 3", column="age")))
    assert found is not None
    assert found.sentence.startswith("Where “age” is up to 3 (")
    assert found.sentence.endswith("of squared error.")
    assert "always giving the same answer" in found.found
    summary = made_up(**group(15.0, words="missing"))
    del summary["evaluation"]["payoff"]
    told = weakest(summary)
    assert told is not None
    assert told.sentence.startswith("Where “region” is missing (")
    assert told.sentence.endswith("of log loss.")


def test_without_a_group_nothing_is_said(made_up: Summary) -> None:
    assert weakest(made_up()) is None
    assert weakest(made_up(weakest={"column": "x"})) is None
