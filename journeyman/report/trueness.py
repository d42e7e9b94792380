"""Whether predictions come true: the check over all rows in a headline and a sentence, the same for every chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import about

#: Chance shows it less often than this where a check fails (`journeyman.evaluation.calibration`).
_SURE = 0.01
#: What to do about predictions that are off.
RANKING = "Read them as a ranking, not as amounts."
#: In which sense numbers are to come true, by the metric that judged; else on average.
_SENSES = {
    "mae": "as the middle of what came: about as much lies above as below",
    "rmsle": "as ratios, on average: of a long tail their sum is below what comes",
}
#: Predictions of classes that differ by no more than this are nearly the same.
_NEARLY_SAME = 0.1


@dataclass(frozen=True)
class Trueness:
    """The headline of the chart, the check in one sentence (empty where it cannot be told), whether all is well."""

    headline: str
    sentence: str
    comes_true: bool


def trueness(summary: Mapping[str, Any]) -> Trueness:
    """The check of a run in words."""
    check = part(summary, "calibration_check")
    off_by, p_value = check.get("off_by"), check.get("p_value")
    is_class, sense = bool(summary.get("classes")), _SENSES.get(str(summary.get("metric")), "on average")
    what = "probabilities" if is_class else "answers"
    if not is_number(off_by) or not is_number(p_value):
        return Trueness(f"What came, against its {what}", "", True)
    off = f"{100 * off_by:.1f} percentage points" if is_class else about(off_by)
    chance = _by_chance(p_value)
    if not check.get("comes_true"):
        # Single answers are farther off than all of them together: say which of the two is meant.
        headline = f"Its {what} are off by {off} {sense}{'' if is_class else ', all of them together'}"
        return Trueness(headline, f"{headline}; {chance}. {RANKING}", False)
    if p_value < _SURE:
        chance += ", but it is too little to matter"
    if not is_class:
        headline = f"Its answers come true {sense}"
        return Trueness(
            headline, f"{headline}: put right in level and spread they would move by {off}; {chance}.", True
        )
    is_same = _spread(summary) < _NEARLY_SAME
    headline = "It answers nearly the same for every row" if is_same else "Its probabilities come true"
    return Trueness(headline, f"Its probabilities are off by {off} on average; {chance}.", True)


def _by_chance(p_value: float) -> str:
    times = min(99, round(100 * p_value))
    often = f"in {times} of 100" if p_value >= _SURE else "in fewer than 1 of 100"
    return f"chance alone would show that {often} such tables"


def _spread(summary: Mapping[str, Any]) -> float:
    predicted = [one["predicted"] for one in summary.get("calibration") or () if is_number(one.get("predicted"))]
    return max(predicted, default=1.0) - min(predicted, default=0.0)
