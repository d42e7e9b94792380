"""What each column alone says of the target, by its values and by which of its cells are empty; found once a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.checks.evidence.answer import (
    Answer,
    answer_of,
    area_under,
    bins_of,
    error_of,
    out_of_fold,
    ranks_of,
    score_of,
)
from journeyman.checks.evidence.remembered import Remembered
from journeyman.table.columns import Flags, Numbers, Strings
from journeyman.table.finding import Skip
from journeyman.table.table import Dates, Table, Values

#: What one honest column does not reach: area under the curve, or share of the ranks' variance explained.
TOO_GOOD = 0.985
#: What a column with no more values than the target has classes (and one for "unknown") does not reach, and which
#: cells are empty does not tell: where so coarse a thing agrees so well, it was written down after the event.
COARSE_TOO_GOOD = 0.95


@dataclass(frozen=True)
class Alone:
    """How good a column alone is at telling the target: area under the curve, or share of the ranks' variance.

    Parameters
    ----------
    score, error : by its values, gaps among them as one, and the standard error
    gaps, gaps_error : by which of its cells are empty; 0 where none is, or all are
    is_coarse : whether it has no more values than the target has classes, and one for "unknown"
    """

    score: float
    error: float
    gaps: float
    gaps_error: float
    is_coarse: bool

    @property
    def low(self) -> float:
        """The score, less its standard error."""
        return self.score - self.error

    @property
    def gaps_low(self) -> float:
        """The score by empty cells, less its standard error."""
        return self.gaps - self.gaps_error

    @property
    def gives_away(self) -> bool:
        """Whether an honest column does not reach as much."""
        return self.gaps_low > COARSE_TOO_GOOD or self.low > (COARSE_TOO_GOOD if self.is_coarse else TOO_GOOD)


_KNOWN: Remembered[Brief, Mapping[str, Alone] | Skip] = Remembered()


def alone_of(table: Table, brief: Brief) -> Mapping[str, Alone] | Skip:
    """What each column that could become a feature says, by name, in the order of the table; why not, where it cannot.

    Measured out of fold on at most 10,000 rows: by rank and by 64 bins for numbers and dates, by level for words.
    """
    return _KNOWN.of(table, brief, lambda: _all(table, brief))


def _all(table: Table, brief: Brief) -> Mapping[str, Alone] | Skip:
    answer = answer_of(table, brief)
    if isinstance(answer, Skip):
        return answer
    return {column.name: _alone(table, column.name, answer) for column in looked_at(table, brief)}


def _alone(table: Table, name: str, answer: Answer) -> Alone:
    rows = answer.rows
    gaps = table.missing(name)[rows]
    by_gaps = score_of(out_of_fold(gaps.astype(np.int64), answer), answer) if gaps.any() and not gaps.all() else 0.0
    value = table.values[name]
    score = score_of(guess_alone(table, name, answer), answer)
    if not isinstance(value, Strings) and answer.values.shape[1] == 1:
        score = max(score, _by_rank(_numbers(value)[rows], gaps, answer))
    return Alone(score, error_of(score, answer), by_gaps, error_of(by_gaps, answer), _is_coarse(value, answer))


def guess_alone(table: Table, name: str, answer: Answer) -> Numbers:
    """The target (rows, outputs) as told out of fold by a column's level or bin."""
    rows, value = answer.rows, table.values[name]
    if isinstance(value, Strings):
        return out_of_fold(value.codes[rows].astype(np.int64), answer)
    return out_of_fold(bins_of(_numbers(value)[rows], table.missing(name)[rows]), answer)


def _numbers(value: Numbers | Dates) -> Numbers:
    return np.asarray(value.at if isinstance(value, Dates) else value, np.float64)


def _is_coarse(value: Values, answer: Answer) -> bool:
    if answer.is_number:
        return False
    cells = value.codes if isinstance(value, Strings) else value.at if isinstance(value, Dates) else value
    distinct = len(np.unique(cells[answer.rows]))
    return bool(distinct <= max(2, answer.values.shape[1]) + 1)


def _by_rank(cells: Numbers, gaps: Flags, answer: Answer) -> float:
    """Ranks lose nothing to bins, and need no fitting but the choice of a direction and of a place for gaps."""
    best = 0.0
    truth = answer.values[:, 0]
    for filled in (-np.inf, np.inf):
        guess = np.where(gaps, filled, cells)
        if answer.is_number:
            ranks = ranks_of(guess)
            best = max(best, float(np.corrcoef(ranks, truth)[0, 1] ** 2) if np.ptp(ranks) else 0.0)
        else:
            area = area_under(truth, guess)
            best = max(best, area, 1 - area)
    return best
