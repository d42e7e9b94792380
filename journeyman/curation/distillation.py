"""Teachers that can be asked of a table, and plans that learn from them."""

from __future__ import annotations

from dataclasses import replace

from journeyman.curation.propose import Proposal, behind
from journeyman.plan.distilled import Distilled
from journeyman.plan.retarget import Retargeted
from journeyman.plan.shelf import TEACHERS, steps
from journeyman.plan.target import Target
from journeyman.plan.teacher import Teacher
from journeyman.table.columns import Columns

#: The share of the rows that a fold learns from, about.
_LEARNT = 0.8
#: Of classes a student learns from so many times the rows, one for each that has a chance.
_CHANCES = 1.7
#: What a student is worth beside the same plan without a teacher; it is proposed where the teacher knows better.
_WORTH = 1.1


def teachers(columns: Columns, target: Target, metric: str = "") -> tuple[Proposal, ...]:
    """The teachers on the shelf, ours and other people's, that can be asked of this table, the quickest first.

    They are tried like any candidate, on the same folds, but cannot be deployed.
    """
    found = []
    for kind in steps(TEACHERS):
        if issubclass(kind, Teacher) and kind.is_there(target.task) and _is_within(kind, columns, target):
            found.append(_proposal(kind.made_for(target.task, target.seed), columns, target, metric))
    return tuple(sorted(found, key=lambda one: (one.seconds, one.name)))


def student(base: Proposal, teacher: Proposal, target: Target, *, fit: float, answer: float) -> Proposal:
    """The same plan, taught. It weighs more than its twin without a teacher, which is preferred when they tie.

    Parameters
    ----------
    fit, answer : seconds that a fold of the plan, and one of the teacher, has taken
    """
    plan = Distilled(inner=base.plan, teacher=teacher.plan)
    times = (1 + plan.made) * (_CHANCES if target.classes else 1.0)
    return replace(
        base,
        plan=plan,
        name=f"{base.name}, taught by {teacher.name}",
        weight=base.weight + 1,
        seconds=times * fit + times_asked(plan) * answer,
        worth=_WORTH * base.worth,
        twins=(),
    )


def times_asked(plan: Distilled) -> float:
    """What asking the teacher costs inside a fold, as a multiple of a fold of the teacher itself.

    It reads ``folds`` times what stands in the fold, and once more beside all that is made.
    """
    return _LEARNT * (plan.folds + 1 + plan.made)


def _is_within(kind: type[Teacher], columns: Columns, target: Target) -> bool:
    """Whether a table is no larger than the teacher takes."""
    return (
        len(target) * _LEARNT <= kind.most_rows
        and 0 < len(columns.names) <= kind.most_columns
        and len(target.classes) <= kind.most_classes
    )


def _proposal(teacher: Teacher, columns: Columns, target: Target, metric: str) -> Proposal:
    rows, plan = len(target), behind(teacher.needs, teacher, columns)
    # Squared logarithmic errors are squared errors of logarithms, whoever learns.
    seconds = teacher.seconds(
        learnt=round(_LEARNT * rows),
        asked=round((1 - _LEARNT) * rows),
        columns=len(columns.names),
        outputs=target.outputs,
    )
    return Proposal(
        plan=Retargeted(inner=plan, form="log") if metric == "rmsle" else plan,
        name=teacher.name,
        floor=False,
        weight=10,
        seconds=seconds,
        worth=teacher.worth,
    )
