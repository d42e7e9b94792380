"""What teachers said, and what it cost to deploy their students in their stead, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import interval, metric, number


def taught(summary: Mapping[str, Any]) -> tuple[str, ...]:
    """A sentence a teacher, and one a student; none where no teacher was asked."""
    found = []
    for one in summary.get("distillation") or ():
        name, measure = str(one.get("teacher", "")), metric(one.get("metric", ""))
        students = one.get("students") or ()
        told = f"The teacher {name}, which cannot be deployed, has {measure} {number(one.get('score'))} in the folds."
        found.append(told if students else f"{told} No plan that can be deployed learnt from it.")
        found += [_student(student, name, measure) for student in students]
    return tuple(found)


def _student(student: Mapping[str, Any], teacher: str, measure: str) -> str:
    """What it cost not to deploy the teacher, and what the teacher earned."""
    cost, gain = part(student, "cost"), part(student, "gain")
    name, score = student.get("name", ""), number(student.get("score"))
    low, value = cost.get("low"), cost.get("value")
    if is_number(value) and value <= 0:
        paid = f"no worse than {teacher} itself ({interval(cost, with_sign=True)})"
    else:
        unsure = "" if is_number(low) and low > 0 else ", which may be chance"
        paid = f"to deploy it in the stead of {teacher} costs {interval(cost)} of {measure}{unsure}"
    if not gain:
        return f"{name}: {score}; {paid}."
    return f"{name}: {score}; {paid}; over the same plan without a teacher it gains {interval(gain, with_sign=True)}."
