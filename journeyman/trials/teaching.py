"""When teachers are asked in a search, and when plans that can be deployed are to learn from them.

A teacher is asked once there is a model to compare it with. A student costs several times as much as its teacher alone,
so it is begun only where the teacher knows what the student does not: where both their answers together, or the
teacher's alone, are better than those of the same plan without a teacher. A second student, of another learner, comes
only after the first was better than its twin.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from journeyman.curation.distillation import student, teachers, times_asked
from journeyman.curation.propose import Proposal
from journeyman.plan.combine import Thin
from journeyman.plan.distilled import Distilled
from journeyman.plan.step import Step
from journeyman.plan.teacher import teacher_of
from journeyman.plan.treatment import Treatment
from journeyman.trials.clock import learner_of
from journeyman.trials.race import Entry, Race
from journeyman.trials.trial import Trial

#: By which share the error has to be lower for a student to be worth a trial.
_LEAST = 0.003
#: A student is no further behind the best candidate than by this share of the error.
_NEAR = 0.1
#: So many students of one teacher at most.
_STUDENTS = 2


class Teaching:
    """Says which proposals to add; each is given once."""

    def __init__(self) -> None:
        self._teachers: tuple[Proposal, ...] | None = None
        #: Of each teacher, the plans that became its students, as they are without it.
        self._students: dict[Step, list[Step]] = {}
        self._finished = -1

    def due(self, race: Race) -> list[Proposal]:
        """What to add now, given what has finished; mostly nothing."""
        if self._teachers is None:
            if race.best() is None:
                return []
            data = race.laboratory.data
            self._teachers = teachers(data.columns, data.target, race.laboratory.metric.name)
            return list(self._teachers)
        finished = sum(one.trial is not None for one in race.entries.values()) if self._teachers else 0
        if finished == self._finished:
            return []
        self._finished = finished
        found = (self._next_student(race, one) for one in self._teachers)
        return [one for one in found if one is not None]

    def times(self, proposal: Proposal) -> float:
        """How many times its own time there has to be for a candidate: for a teacher, so that a student can follow."""
        if teacher_of(proposal.plan) is None:
            return 1.0
        return 1.0 + times_asked(Distilled(inner=proposal.plan, teacher=proposal.plan))

    def _next_student(self, race: Race, teacher: Proposal) -> Proposal | None:
        asked = _entry_of(race, teacher.plan)
        if asked is None or asked.trial is None or asked.trial.status != "asked":
            return None
        had = self._students.setdefault(teacher.plan, [])
        if len(had) >= _STUDENTS:
            return None
        for base in self._bases(race, had, teacher.plan):
            if _would_learn(race, base, asked.trial):
                had.append(base.proposal.plan)
                folds = len(race.folds)
                fit, answer = base.seconds / folds, asked.seconds / folds
                return student(base.proposal, teacher, race.laboratory.data.target, fit=fit, answer=answer)
        return None

    @staticmethod
    def _bases(race: Race, had: Sequence[Step], teacher: Step) -> list[Entry]:
        """Candidates that may become the next student, the best first.

        The first is one of the best; the next is of another learner where the one before has learnt, else only what has
        become better since than that was.
        """
        near = _deployable(race)
        if not had:
            return near
        if _has_learnt(race, had[-1], teacher):
            learners = {learner_of(one) for one in had}
            return [one for one in near if learner_of(one.proposal.plan) not in learners]
        plans = [one.proposal.plan for one in near]
        return near[: plans.index(had[-1])] if had[-1] in plans else near


def _deployable(race: Race) -> list[Entry]:
    """Finished candidates that may become students, none far behind the best, the best first."""
    sign, best = race.laboratory.metric.sign, race.best()
    found = [
        one
        for one in race.entries.values()
        if one.trial is not None
        and one.trial.status == "done"
        and not one.proposal.floor
        and not isinstance(one.proposal.plan, Treatment | Thin | Distilled)
        and not math.isnan(one.trial.score)
        and (best is None or race.lower_error(one.trial, best) > -_NEAR)
    ]
    return sorted(found, key=lambda one: -sign * one.trial.score if one.trial else 0.0)


def _would_learn(race: Race, base: Entry, teacher: Trial) -> bool:
    """Whether the teacher, alone or together with the plan, is better than the plan."""
    if base.trial is None:
        return False
    together = (base.trial.answers + teacher.answers) / 2
    both = replace(teacher, answers=together, scores=race.laboratory.scores(together))
    return max(race.lower_error(one, base.trial) for one in (teacher, both)) > _LEAST


def _has_learnt(race: Race, plan: Step, teacher: Step) -> bool:
    """Whether a student has finished and is better than the same plan without a teacher."""
    entries = [_entry_of(race, plan), _entry_of(race, Distilled(inner=plan, teacher=teacher))]
    own, taught = (None if one is None else one.trial for one in entries)
    if own is None or taught is None or taught.status != "done":
        return False
    return race.lower_error(taught, own) > 0


def _entry_of(race: Race, plan: Step) -> Entry | None:
    """The candidate with a plan, None where it has not begun."""
    return next((one for one in race.entries.values() if one.proposal.plan == plan), None)
