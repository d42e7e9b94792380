"""Which plans are worth a trial on this table: every learner's forms, behind the steps that answer its needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from journeyman.curation.wishes import Wishes
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
    """A candidate bound to these columns: its whole plan, and the seconds of one core that a fold should take.

    ``twins`` are the same with one of its optional needs, which ``with_need`` names: they join a search only where such
    a thing has paid beside the proposal that ``tells`` (`journeyman.trials.feature_race`).
    """

    plan: Step
    name: str
    floor: bool
    weight: int
    seconds: float
    worth: float = 0.5
    twins: tuple[Proposal, ...] = ()
    with_need: str = ""
    tells: bool = False


#: Needs that only words give reason for.
_OF_WORDS = (
    needs.RARE_LEVELS_JOINED,
    needs.WORDS_AS_TARGET_MEANS,
    needs.WORDS_AS_INDICATORS,
    needs.WORDS_AS_CODES,
)
#: Seconds that it takes to look for combined columns: in all, and for each cell, where a table counts as so many
#: columns more; of so many rows, and so many cells, at most.
_FINDING, _FINDING_CELL, _FINDING_COLUMNS, _FINDING_ROWS, _FINDING_CELLS = 0.05, 2e-6, 5, 10_000, 1_500_000
#: A fold of a floor takes about this share of the budget at most, or else learns from fewer rows, but from no fewer
#: than these.
FLOOR_FOLD_SHARE, FLOOR_ROWS = 0.03, 5_000
#: A fold of the first model that is more than a floor takes about this share of the budget, and learns from no fewer
#: rows; what it is worth where others come after it.
FIRST_FOLD_SHARE, FIRST_ROWS, FIRST_WORTH = 0.03, 1_000, 0.3


def propose(
    columns: Columns,
    target: Target,
    metric: str = "",
    seconds: float | None = None,
    wishes: Wishes | None = None,
) -> tuple[Proposal, ...]:
    """Plans for a table, floors first, the simplest first; then the others, the most worth for their time first.

    Parameters
    ----------
    columns : the feature columns, for their number and kinds
    target : for the task, the number of rows and the seed
    metric : what candidates are judged by; a learner may have a form for it
    seconds : the budget of the whole job; None where it does not matter
    wishes : what every model has to be like; what cannot be is not proposed
    """
    wishes = wishes or Wishes()
    problem = replace(Problem.of(columns, target, metric), rising=wishes.rising, falling=wishes.falling)
    found: list[Proposal] = []
    for kind in steps("learners"):
        if issubclass(kind, Learner) and target.task in kind.tasks:
            allowed = [one for one in kind.candidates(problem) if wishes.allow(kind, one)]
            if wishes.is_readable:
                # A mean over each of hundreds of values is nothing that one can follow by hand.
                allowed = [replace(one, optional=()) for one in allowed]
            found += [_proposal(one, columns, problem, seconds) for one in allowed]
    floors = sorted((one for one in found if one.floor), key=lambda one: one.weight)
    others = [one for one in found if not one.floor]
    if seconds is not None:
        others += _first_model(others, problem.rows, seconds)
    others.sort(key=lambda one: (-promise(one.worth, one.seconds), one.name))
    return (*floors, *others)


def _first_model(others: Sequence[Proposal], rows: int, budget: float) -> list[Proposal]:
    """The quickest candidate on so few rows that it will be there soon, however slow the machine is just now.

    None where the quickest takes little of the budget as it is. It tells, too, how long fits take here.
    """
    quickest = min(others, key=lambda one: (one.seconds, one.name), default=None)
    if quickest is None or quickest.seconds <= FIRST_FOLD_SHARE * budget:
        return []
    few = max(FIRST_ROWS, int(rows * FIRST_FOLD_SHARE * budget / quickest.seconds))
    if few >= rows / 2:
        return []
    return [
        replace(
            quickest,
            plan=Thin(inner=quickest.plan, rows=few),
            name=f"{quickest.name}, on fewer rows",
            seconds=quickest.seconds * few / rows,
            worth=FIRST_WORTH,
            twins=(),
            tells=False,
        )
    ]


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
        tells=candidate.tells,
        twins=tuple(_twin(need, candidate, columns, problem, budget) for need in candidate.optional),
    )


def _twin(need: str, candidate: Candidate, columns: Columns, problem: Problem, budget: float | None) -> Proposal:
    """The candidate with one of its optional needs; it weighs more, so that it is shipped only where it is better."""
    twin = replace(
        candidate,
        needs=(*candidate.needs, need),
        optional=(),
        tells=False,
        name=f"{candidate.name}, {need}",
        weight=candidate.weight + 1,
        floor=False,
    )
    made = _proposal(twin, columns, problem, budget)
    cells = min(problem.rows, _FINDING_ROWS) * (problem.columns + _FINDING_COLUMNS) * problem.outputs
    return replace(made, with_need=need, seconds=made.seconds + _FINDING + _FINDING_CELL * min(cells, _FINDING_CELLS))


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
    return behind(candidate.needs, candidate.learner, columns)


def behind(wanted: Sequence[str], last: Step, columns: Columns) -> Step:
    """A step behind those that needs ask for and the table gives reason for."""
    before = [answering(need) for need in needs.ORDER if need in wanted and _arises(need, columns)]
    return Chain(steps=(*before, last)) if before else last


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
    if need in (needs.TEXT_AS_ITEMS, needs.TEXT_AS_SCORES, needs.TEXT_AS_TOPICS):
        return bool(columns.texts)
    if need in (needs.DATES_AS_NUMBERS, needs.DATES_AS_CYCLES):
        return bool(columns.date_names)
    if need == needs.LEVEL_EFFECTS:
        named = zip(columns.word_names, columns.words, strict=True)
        return any(len(word.levels) >= needs.MANY_LEVELS for name, word in named if name not in columns.text_names)
    if need == needs.DATES_APART:
        return len(columns.date_names) > 1
    if need in _OF_WORDS:
        return len(columns.word_names) > len(columns.texts)
    return True
