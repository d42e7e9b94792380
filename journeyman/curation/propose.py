"""Which plans are worth a trial on this table: every learner's forms, behind the steps that answer its needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from journeyman.errors import PlanError
from journeyman.learners.learner import Candidate, Learner, Problem
from journeyman.plan import needs
from journeyman.plan.combine import Chain, Thin
from journeyman.plan.retarget import Retargeted
from journeyman.plan.shelf import steps
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A candidate bound to these columns: its whole plan, and the seconds of one core that a fold should take."""

    plan: Step
    name: str
    floor: bool
    weight: int
    seconds: float
    worth: float = 0.5


#: A fold of a floor takes about this share of the budget at most, or else learns from fewer rows, but from no fewer
#: than these.
FLOOR_FOLD_SHARE, FLOOR_ROWS = 0.03, 5_000


def propose(columns: Columns, target: Target, metric: str = "", seconds: float | None = None) -> tuple[Proposal, ...]:
    """Plans for a table, floors first, the simplest first; then the others, the most worth for their time first.

    Parameters
    ----------
    columns : the feature columns, for their number and kinds
    target : for the task, the number of rows and the seed
    metric : what candidates are judged by; a learner may have a form for it
    seconds : the budget of the whole job; None where it does not matter
    """
    problem = Problem.of(columns, target, metric)
    found: list[Proposal] = []
    for kind in steps("learners"):
        if issubclass(kind, Learner) and target.task in kind.tasks:
            found += [_proposal(one, columns, problem, seconds) for one in kind.candidates(problem)]
    floors = sorted((one for one in found if one.floor), key=lambda one: one.weight)
    others = [one for one in found if not one.floor]
    others.sort(key=lambda one: (-promise(one.worth, one.seconds), one.name))
    return (*floors, *others)


def promise(worth: float, seconds: float) -> float:
    """What a candidate is worth for its time; any takes a tenth of a second, lest the cheapest always come first."""
    return worth / (seconds + 0.1)


def _proposal(candidate: Candidate, columns: Columns, problem: Problem, budget: float | None) -> Proposal:
    most = _most_rows(candidate, problem, budget)
    rows = problem.rows if most is None else min(problem.rows, most)
    plan = plan_for(candidate, columns)
    # Squared logarithmic errors are squared errors of logarithms, whoever learns.
    form = "log" if problem.metric == "rmsle" and candidate.form == "plain" else candidate.form
    if form != "plain":
        plan = Retargeted(inner=plan, form=form)
    if most is not None and problem.rows > most:
        plan = Thin(inner=plan, rows=most)
    cells = rows * (problem.columns + 1) * problem.outputs
    return Proposal(
        plan=plan,
        name=candidate.name,
        floor=candidate.floor,
        weight=candidate.weight,
        seconds=0.02 + candidate.seconds_per_million * cells / 1e6,
        worth=candidate.worth,
    )


def _most_rows(candidate: Candidate, problem: Problem, budget: float | None) -> int | None:
    """How many rows a candidate learns from; None for all."""
    most = candidate.most_rows
    if budget is None or not candidate.floor:
        return most
    a_row = candidate.seconds_per_million * (problem.columns + 1) * problem.outputs / 1e6
    in_time = max(FLOOR_ROWS, int(FLOOR_FOLD_SHARE * budget / max(a_row, 1e-9)))
    return in_time if in_time < (problem.rows if most is None else most) else most


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
    if need in (needs.TEXT_AS_SCORES, needs.TEXT_AS_TOPICS):
        return bool(columns.texts)
    if need in (needs.DATES_AS_NUMBERS, needs.DATES_AS_CYCLES):
        return bool(columns.date_names)
    if need == needs.DATES_APART:
        return len(columns.date_names) > 1
    if need in (needs.RARE_LEVELS_JOINED, needs.WORDS_AS_TARGET_MEANS, needs.WORDS_AS_INDICATORS, needs.WORDS_AS_CODES):
        return len(columns.word_names) > len(columns.texts)
    return True
