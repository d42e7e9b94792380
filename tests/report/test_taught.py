from __future__ import annotations

from typing import Any

from journeyman.report.taught import taught


def told(cost: dict[str, float], gain: dict[str, float] | None) -> tuple[str, ...]:
    student: dict[str, Any] = {"name": "trees, taught by t", "twin": "trees", "score": 0.85, "cost": cost, "gain": gain}
    return taught({"distillation": [{"teacher": "t", "metric": "roc_auc", "score": 0.86, "students": [student]}]})


def test_the_price_of_not_deploying_the_teacher_and_what_it_earned_are_said_with_intervals() -> None:
    gain = {"value": 0.02, "low": 0.01, "high": 0.03}
    teacher, student = told({"value": 0.01, "low": 0.002, "high": 0.018}, gain)
    assert teacher == "The teacher t, which cannot be deployed, has AUC 0.860 in the folds."
    assert student == (
        "trees, taught by t: 0.850; to deploy it in the stead of t costs 0.010 [0.002, 0.018] of AUC; "
        "over the same plan without a teacher it gains +0.020 [+0.010, +0.030]."
    )
    assert "chance" in told({"value": 0.01, "low": -0.002, "high": 0.02}, gain)[1]
    better = told({"value": -0.01, "low": -0.02, "high": 0.0}, None)[1]
    assert "no worse than t itself" in better
    assert "without a teacher" not in better


def test_a_teacher_without_students_is_told_and_none_is_not() -> None:
    (sentence,) = taught({"distillation": [{"teacher": "t", "metric": "rmse", "score": 2.0, "students": []}]})
    assert "No plan that can be deployed learnt from it." in sentence
    assert taught({}) == ()
