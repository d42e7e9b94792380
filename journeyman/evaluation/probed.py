"""What each column adds to the score of a model that adds up, found by asking it: for linear models, splines or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from journeyman.bundle.factors import summable
from journeyman.plan.step import State, Step
from journeyman.table.columns import MISSING_WORD, Columns, Numbers, Strings

#: Points of a line: quantiles of the training rows. And levels that are asked for, those with most rows.
POINTS, LEVELS = 41, 200
#: Of more columns nobody looks at all lines, and asking for them would take long.
MOST_COLUMNS = 200
#: Rows of which the one in the middle is taken.
_ROWS = 200
#: A chance this near 0 has the logarithm of that.
_NEAREST = 1e-15


@dataclass(frozen=True, kw_only=True)
class Probed:
    """What a column adds: at ``points`` of a number, or for each of ``levels``, and at last where it is missing.

    Shapes: ``values`` (points or levels and one more, outputs), whose mean over the training rows is 0; ``rows`` the
    training rows nearest to each.
    """

    name: str
    points: tuple[float, ...] = ()
    levels: tuple[str, ...] = ()
    values: Numbers
    rows: Numbers


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What all columns add; the score where each adds its mean, (outputs,); the columns that are not told."""

    sums: tuple[Probed, ...]
    intercept: Numbers
    untold: tuple[str, ...]


def probe(plan: Step, state: State, columns: Columns, scale: str) -> Sums | None:
    """Ask a fitted plan for one row with one cell changed after another.

    Only where scores are a sum over columns does one row stand for all. None where there are too many columns.

    Parameters
    ----------
    columns : the training rows
    scale : of the score: "log odds", "log rate", or the answers themselves
    """
    asked = _asked(columns)
    if not asked or len(asked) > MOST_COLUMNS:
        return None
    # In the middle of all answers no answer is held back by the ends of their range.
    some = columns.take(np.unique(np.linspace(0, columns.rows - 1, _ROWS).astype(np.int64)))
    order = np.argsort(_score(plan, state, some, scale)[:, 0], kind="stable")
    own = some.take(order[[len(order) // 2]])
    scores = _score(plan, state, _changed(own, asked), scale)
    intercept, begin, sums = scores[0], 1, []
    for one in asked:
        values = scores[begin : begin + len(one.rows)]
        begin += len(one.rows)
        mean = one.rows @ values / max(float(one.rows.sum()), 1.0)
        # The row itself has the score that the first answer tells; its own cell adds this less than the mean.
        intercept = intercept + mean - scores[begin]
        begin += 1
        sums.append(Probed(name=one.name, points=one.points, levels=one.levels, values=values - mean, rows=one.rows))
    return Sums(sums=tuple(sums), intercept=intercept, untold=(*columns.date_names, *columns.texts))


def _score(plan: Step, state: State, columns: Columns, scale: str) -> Numbers:
    answers = plan.apply(state, columns).numbers
    if answers.shape[1] > 1:
        logs = np.log(np.maximum(answers, _NEAREST))
        return np.asarray(logs - logs.mean(axis=1, keepdims=True))
    changed = summable(lambda _: answers, scale)
    return answers if changed is None else changed(columns)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """The cells of a column to be asked for: its points or levels, and missing; and the training rows near each."""

    name: str
    rows: Numbers
    points: tuple[float, ...] = ()
    levels: tuple[str, ...] = ()


def _asked(columns: Columns) -> list[_Asked]:
    found = [_points(name, columns.numbers[:, place]) for place, name in enumerate(columns.number_names)]
    named = zip(columns.word_names, columns.words, strict=True)
    return found + [_levels(name, column) for name, column in named if name not in columns.text_names]


def _points(name: str, cells: Numbers) -> _Asked:
    known = cells[~np.isnan(cells)]
    points = np.unique(np.quantile(known, np.linspace(0, 1, POINTS), method="nearest")) if len(known) else known
    near = np.searchsorted((points[1:] + points[:-1]) / 2, known)
    counts = np.append(np.bincount(near, minlength=len(points)), len(cells) - len(known))
    return _Asked(name=name, rows=counts.astype(np.float64), points=tuple(points.tolist()))


def _levels(name: str, column: Strings) -> _Asked:
    counts = dict(zip(column.levels, column.counts().tolist(), strict=True))
    known = sorted((one for one in counts if one != MISSING_WORD and counts[one]), key=lambda one: (-counts[one], one))
    levels = tuple(known[:LEVELS])
    rows = np.array([*(counts[one] for one in levels), counts.get(MISSING_WORD, 0)], np.float64)
    return _Asked(name=name, rows=rows, levels=levels)


def _changed(own: Columns, asked: Sequence[_Asked]) -> Columns:
    """The row itself; then for each column the row with each cell asked for, and once more as it is."""
    rows = own.take(np.zeros(1 + sum(len(one.rows) + 1 for one in asked), np.int64))
    numbers, words, begin = rows.numbers.copy(), list(rows.words), 1
    for one in asked:
        end = begin + len(one.rows)
        if one.name in rows.number_names:
            numbers[begin:end, rows.number_names.index(one.name)] = [*one.points, np.nan]
        else:
            place = rows.word_names.index(one.name)
            cells = Strings.of([*one.levels, MISSING_WORD])
            codes = (rows.words[place].codes + len(cells.levels)).astype(np.int32)
            codes[begin:end] = cells.codes
            # The row's own word may be twice among the levels, which nothing here minds.
            words[place] = Strings(codes, (*cells.levels, *rows.words[place].levels))
        begin = end + 1
    return replace(rows, numbers=numbers, words=tuple(words))
