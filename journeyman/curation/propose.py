"""Which plans are worth a trial on this table: every learner's forms, behind the steps that answer its needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from journeyman.errors import PlanError
from journeyman.learners.learner import Candidate, Learner
from journeyman.plan import needs
from journeyman.plan.combine import Chain, Thin
from journeyman.plan.shelf import steps
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


@dataclass(frozen=True, kw_only=True)
class Candidacy:
    """A candidate on this table: its plan, and the seconds that one fold should take on one core."""

    plan: Step
    name: str
    floor: bool
    weight: int
    seconds: float


def propose(columns: Columns, target: Target) -> tuple[Candidacy, ...]:
    """Plans for a table, floors first, then each learner's best form, then their second …

    Parameters
    ----------
    columns : the feature columns, for their number and kinds
    target : for the task, the number of rows and the seed
    """
    found: list[tuple[int, Candidate]] = []
    for kind in steps("learners"):
        if issubclass(kind, Learner) and target.task in kind.tasks:
            forms = kind.candidates(
                task=target.task,
                rows=len(target),
                columns=len(columns.names),
                classes=len(target.classes),
                seed=target.seed,
            )
            found += list(enumerate(forms))
    floors = sorted((one for _, one in found if one.floor), key=lambda one: one.weight)
    others = [one for _, one in sorted(found, key=lambda pair: pair[0]) if not one.floor]
    cells_a_row = (len(columns.names) + 1) * target.outputs
    return tuple(
        Candidacy(
            plan=_thinned(plan_for(candidate, columns), candidate, len(target)),
            name=candidate.name,
            floor=candidate.floor,
            weight=candidate.weight,
            seconds=0.02
            + candidate.seconds_per_million * cells_a_row * min(len(target), candidate.most_rows or len(target)) / 1e6,
        )
        for candidate in (*floors, *others)
    )


def _thinned(plan: Step, candidate: Candidate, rows: int) -> Step:
    most = candidate.most_rows
    return plan if most is None or rows <= most else Thin(inner=plan, rows=most)


def plan_for(candidate: Candidate, columns: Columns) -> Step:
    """The candidate's learner behind the steps that its needs ask for and the table gives reason for."""
    before = [answering(need) for need in needs.ORDER if need in candidate.needs and _arises(need, columns)]
    return Chain(steps=(*before, candidate.learner)) if before else candidate.learner


def answering(need: str) -> Step:
    """The first step on the shelf, by address, that answers a need.

    Raises
    ------
    PlanError : none does
    """
    for kind in _answers(need):
        return kind()
    raise PlanError(
        f"no step on the shelf answers the need {need!r}", remedy="put one into preparation/ that says so in `answers`"
    )


def _answers(need: str) -> Iterator[type[Step]]:
    return (kind for kind in steps("preparation") if kind.answers == need)


def _arises(need: str, columns: Columns) -> bool:
    if need == needs.DATES_AS_NUMBERS:
        return bool(columns.date_names)
    if need in (needs.NOTHING_MISSING, needs.LIKE_SCALES):
        return True
    return bool(columns.word_names)
