"""Columns that follow on which side of one point the target lies, and nothing else of it: a decision, not a cause.

Where what is recorded as the outcome is, for some rows, what somebody decided, the column by which they decided tells
the side and nothing within it. What causes a number, or is measured with it, goes on telling on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.checks.evidence.alone import alone_of
from journeyman.checks.evidence.answer import Answer, answer_of
from journeyman.table import said
from journeyman.table.columns import Flags, Numbers, Strings
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table, Values

#: Points of the target that are tried, by the share of rows below; rows near the point, as a share on each side.
POINTS = tuple(np.round(np.arange(0.1, 0.901, 0.02), 2).tolist())
NEAR = 0.08
#: Levels of a column that are tried, each against all others.
MOST_LEVELS = 3
#: Fewer rows, fewer different targets, and fewer rows of a level say nothing.
FEWEST_ROWS, FEWEST_TARGETS, FEWEST_OF_LEVEL = 300, 50, 0.05
#: How much more frequent a level is on one side; of that, how much comes at the point itself; standard errors of the
#: jump at the point.
STEP, AT_ONCE, JUMP = 0.25, 0.7, 5.0
#: What is left of order within a side: within so many standard errors, or so much of the step as a correlation; a level
#: that changed steadily would have three times as much.
FLAT, FLAT_SHARE = 3.0, 0.2
#: Different targets near the point, as a share of the rows there, and the gap at the point against the mean one:
#: rounded targets, and those that lie apart, are of different kinds of things.
DISTINCT, WIDEST = 0.2, 30.0


@dataclass(frozen=True)
class Step:
    """A level of a column that changes at one point of the target.

    Parameters
    ----------
    share : how many of the rows lie below the point
    below, above : how frequent the level is there
    errors : how far the jump is beyond chance
    """

    level: str
    share: float
    below: float
    above: float
    errors: float


def look(table: Table, brief: Brief) -> tuple[Finding, ...] | Skip:
    """A finding for each column of two or three values that changes at one point of the target, and nowhere else."""
    answer, alone = answer_of(table, brief), alone_of(table, brief)
    if isinstance(answer, Skip) or isinstance(alone, Skip):
        return answer if isinstance(answer, Skip) else Skip("no column can be asked")
    target = np.asarray(table.values[brief.predict], np.float64)[answer.rows] if answer.is_number else np.empty(0)
    if not answer.is_number or len(target) < FEWEST_ROWS or len(np.unique(target)) < FEWEST_TARGETS:
        return Skip("the target is no number, or there are too few different ones")
    found = []
    for column in looked_at(table, brief):
        if alone[column.name].gives_away:
            continue
        steps = [_step(word, flags, target) for word, flags in _levels(table.values[column.name], answer)]
        seen = [one for one in steps if one is not None]
        if seen:
            found.append(_finding(table, brief, column.name, max(seen, key=lambda one: one.errors), answer))
    return tuple(found)


def _levels(value: Values, answer: Answer) -> Iterator[tuple[str, Flags]]:
    if isinstance(value, Dates):
        return
    cells = value.codes[answer.rows] if isinstance(value, Strings) else np.asarray(value)[answer.rows]
    levels, counts = np.unique(cells[~np.isnan(cells.astype(np.float64))], return_counts=True)
    if not 2 <= len(levels) <= MOST_LEVELS:
        return
    for level, count in zip(levels[: 1 if len(levels) == 2 else None], counts, strict=False):
        if min(count, len(cells) - count) >= FEWEST_OF_LEVEL * len(cells):
            word = value.levels[int(level)] if isinstance(value, Strings) else f"{level:g}"
            yield word, np.asarray(cells == level)


def _step(word: str, flags: Flags, target: Numbers) -> Step | None:
    """The point at which a level changes; None where it does not, or changes elsewhere too."""
    order = np.argsort(target, kind="stable")
    level, rows = flags[order].astype(np.float64), len(target)
    sums = np.concatenate([[0.0], np.cumsum(level)])
    at = np.array([round(share * rows) for share in POINTS])
    below, above = sums[at] / at, (sums[-1] - sums[at]) / (rows - at)
    best = int(np.argmax(np.abs(above - below) * np.sqrt(at * (rows - at))))
    cut = _finer(sums, rows, at[best], int(0.03 * rows))
    low, high = float(sums[cut] / cut), float((sums[-1] - sums[cut]) / (rows - cut))
    near = max(int(NEAR * rows), 20)
    if abs(high - low) < STEP or cut < 2 * near or cut > rows - 2 * near:
        return None
    if not _goes_on(target[order[cut - near : cut + near]]):
        return None
    left, right = level[cut - near : cut], level[cut : cut + near]
    jump = float(right.mean() - left.mean())
    middle = (float(left.mean()) + float(right.mean())) / 2
    errors = abs(jump) / max(float(np.sqrt(2 * middle * (1 - middle) / near)), 1e-9)
    if jump * (high - low) <= 0 or abs(jump) < AT_ONCE * abs(high - low) or errors < JUMP:
        return None
    for side in (level[:cut], level[cut:]):
        if _slope(side) > max(FLAT / np.sqrt(len(side)), FLAT_SHARE * abs(high - low)):
            return None
    return Step(word, cut / rows, low, high, errors)


def _finer(sums: Numbers, rows: int, around: int, width: int) -> int:
    at = np.arange(max(1, around - width), min(rows - 1, around + width))
    apart = np.abs((sums[-1] - sums[at]) / (rows - at) - sums[at] / at) * np.sqrt(at * (rows - at))
    return int(at[np.argmax(apart)])


def _goes_on(values: Numbers) -> bool:
    """Whether sorted targets around a point are many, without a gap in the middle: else they are kinds of things."""
    gaps, middle = np.diff(values), len(values) // 2
    distinct = int((gaps > 0).sum()) + 1
    # Where levels err, the best point is a few rows from the gap.
    widest = float(gaps[middle - middle // 4 : middle + middle // 4].max())
    return bool(distinct >= DISTINCT * len(values) and widest <= WIDEST * float(gaps.mean()))


def _slope(level: Numbers) -> float:
    """Correlation of the level with the place in the order of the target within a side."""
    return abs(float(np.corrcoef(level, np.arange(len(level)))[0, 1])) if np.ptp(level) > 0 else 0.0


def _finding(table: Table, brief: Brief, name: str, step: Step, answer: Answer) -> Finding:
    value = np.asarray(table.values[brief.predict], np.float64)
    point = float(np.nanquantile(value, step.share))
    below, above = said.share(step.below), said.share(step.above)
    message = (
        f"{name!r} is {step.level!r} in {below} of the rows with {brief.predict!r} below {point:.4g}, in {above} of "
        "those above, and says nothing more of it: as a decision about it would"
    )
    return Finding(
        code="leak",
        severity="warning",
        message=f"{message}; what is recorded may be the decision, not the outcome",
        columns=(name,),
        numbers={
            "kind": "decision",
            "point": point,
            "below": round(step.below, 4),
            "above": round(step.above, 4),
            "errors": round(step.errors, 1),
        },
        remedy=Remedy(action="review", words="if it is decided about the same thing, leave it out with --ignore"),
    )
