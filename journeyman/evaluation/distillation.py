"""What it cost to deploy a student in a teacher's stead, and what the teacher earned it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from journeyman.evaluation.estimate import Estimate, difference, plain
from journeyman.plan.distilled import Distilled
from journeyman.plan.target import Target
from journeyman.plan.teacher import teacher_of
from journeyman.statistics.folds import Folds
from journeyman.statistics.metrics.metric import Metric
from journeyman.trials.paired import paired
from journeyman.trials.trial import Trial


@dataclass(frozen=True)
class Taught:
    """A student that can be deployed, and the teacher that it learnt from; more is better in both differences.

    Parameters
    ----------
    name, twin : the student, and the same plan without a teacher
    score : the student's in the metric
    cost : by how much the teacher is better, with its paired 95 % interval
    gain : by how much the student is better than its twin, likewise; None where that did not finish
    """

    name: str
    twin: str
    score: float
    cost: Estimate
    gain: Estimate | None


@dataclass(frozen=True)
class Distillation:
    """What a teacher answered, which is never deployed, and what others learnt of it.

    Parameters
    ----------
    teacher : its name
    metric : of all scores
    score, seconds : what it scored in the folds, and what that took on one core
    students : what learnt from it; none where its answers promised nothing, or time was short
    """

    teacher: str
    metric: str
    score: float
    seconds: float
    students: tuple[Taught, ...]

    def as_data(self) -> dict[str, Any]:
        """What ``run.json`` holds of it."""
        return {
            "teacher": self.teacher,
            "metric": self.metric,
            "score": plain(self.score),
            "seconds": self.seconds,
            "students": [
                {
                    "name": one.name,
                    "twin": one.twin,
                    "score": plain(one.score),
                    "cost": one.cost.as_data(),
                    "gain": None if one.gain is None else one.gain.as_data(),
                }
                for one in self.students
            ],
        }


def distillations(trials: Sequence[Trial], metric: Metric, target: Target, folds: Folds) -> tuple[Distillation, ...]:
    """One a teacher that answered all rows, in the order of the trials.

    Scores are those of the folds, before any correction for having chosen among candidates.
    """
    by_plan = {one.plan: one for one in trials if one.status in ("done", "asked") and not one.members}
    found = []
    for teacher in trials:
        if teacher.status != "asked" or teacher_of(teacher.plan) is None:
            continue
        students = [
            one
            for one in by_plan.values()
            if isinstance(one.plan, Distilled) and one.plan.teacher == teacher.plan and one.status == "done"
        ]
        twins = [by_plan.get(one.plan.inner) for one in students if isinstance(one.plan, Distilled)]
        compared = [teacher, *students, *(one for one in twins if one is not None)]
        places = {one.key: place for place, one in enumerate(compared)}
        scores, errors = paired([one.answers for one in compared], metric, target, folds)
        taught = []
        for one, twin in zip(students, twins, strict=True):
            at = places[one.key]
            gain = None if twin is None else difference(scores, errors, at, places[twin.key])
            cost = difference(scores, errors, 0, at)
            score = metric.sign * float(scores[at])
            taught.append(Taught(one.name, "" if twin is None else twin.name, score, cost, gain))
        own = metric.sign * float(scores[0])
        found.append(Distillation(teacher.name, metric.name, own, teacher.seconds, tuple(taught)))
    return tuple(found)
