"""Which repairs of columns are worth a trial before a plan: a repair is a judgement, so held-out rows decide."""

from __future__ import annotations

from dataclasses import replace

from journeyman.curation.propose import Proposal, answering
from journeyman.curation.wishes import LEAVE_NUMBERS
from journeyman.plan import needs
from journeyman.plan.combine import Chain, Each
from journeyman.plan.repaired import Repaired
from journeyman.plan.step import Step
from journeyman.plan.treatment import FEWEST_SCORED
from journeyman.statistics.folds import Folds
from journeyman.table.columns import Columns

#: What a repair is worth beside the plan that it changes: strong learners need few.
_WORTH = 0.4
#: How much longer a repaired plan takes.
_LONGER = 1.15


def repair_choices(base: Proposal, columns: Columns, folds: Folds) -> list[Proposal]:
    """The repairs that are worth a trial before a plan: those for which some column gives reason.

    What gives reason is looked for in the columns alone, without the target; what a repair does is learnt anew in each
    fold.
    """
    if base.weight == 0 or len(folds.all_scored) < FEWEST_SCORED:
        return []
    found = []
    for need in needs.REPAIRS:
        kind = type(answering(need))
        names = kind.worth_trying(columns)
        keeps = need in LEAVE_NUMBERS or not _has_direction(base.plan)
        if names and keeps and not _has(base.plan, kind):
            found.append(with_repair(base, Each(inner=kind(), columns=names)))
    return found


def with_repair(base: Proposal, repair: Step) -> Proposal:
    """A proposal with the same plan behind a repair. It weighs more than its twin, which is preferred when they tie."""
    plan = Repaired(inner=base.plan, repair=repair)
    return replace(
        base,
        plan=plan,
        name=f"{base.name}, {plan.in_words}",
        floor=False,
        weight=base.weight + 1,
        seconds=_LONGER * base.seconds,
        worth=_WORTH * base.worth,
    )


def _has(plan: Step, kind: type[Step]) -> bool:
    """Whether a plan does so already."""
    return any(isinstance(one, kind) for one in _steps(plan))


def _has_direction(plan: Step) -> bool:
    """Whether the answer was asked to rise or fall with some numbers: then none of them may be changed before."""
    return any(getattr(one, "rising", ()) or getattr(one, "falling", ()) for one in _steps(plan))


def _steps(plan: Step) -> tuple[Step, ...]:
    """The steps of a plan, below what it is wrapped in."""
    while not isinstance(plan, Chain) and isinstance(inner := getattr(plan, "inner", None), Step):
        plan = inner
    return plan.steps if isinstance(plan, Chain) else (plan,)
