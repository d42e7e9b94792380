"""Whether a column is tied to the others only through the target: then it was made from it, not the other way round.

What causes the target, as other columns do, is dependent on them once the target is known: where one of two causes is
weak, the other must have been strong. What was written from the target with some error is tied to the other columns as
far as they are to the target, and to nothing of them once it is known (Pearl 2009, Causality, 1.2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.checks.evidence.answer import Answer, bins_of
from journeyman.table.columns import Integers, Numbers

#: Standard errors: as much as column and others go together as they must; that they do not once the target is known;
#: and how far from that they would be if both caused the target.
TOGETHER, APART, EXPECTED = 4.0, 3.0, 10.0
#: From here on the column makes up for the others, once the target is known: it is a cause beside them.
CAUSE = -5.0


@dataclass(frozen=True)
class Tie:
    """How what a column says goes together with what the others say of the target, in standard errors.

    Parameters
    ----------
    together : in all rows
    given : in rows of one target
    expected : the same, if both were causes that have nothing to do with each other
    """

    together: float
    given: float
    expected: float

    @property
    def is_through_target(self) -> bool:
        """Whether they go together, not once the target is known, and this would be seen if it were otherwise."""
        far = self.expected <= -EXPECTED and abs(self.given) <= max(APART, 0.05 * abs(self.expected))
        return far and self.together >= TOGETHER

    @property
    def is_cause(self) -> bool:
        """Whether, once the target is known, the column says the less the more the others say, as causes do."""
        return self.given <= CAUSE


def tie_of(column: Numbers, others: Numbers, answer: Answer) -> Tie:
    """How two guesses (rows,) at a target of one output are tied.

    Parameters
    ----------
    column : what a column says out of fold
    others : what the other columns say out of fold
    """
    target = answer.values[:, 0]
    levels = bins_of(target, np.zeros(len(target), np.bool_)) if answer.is_number else target.astype(np.int64)
    mine, theirs = _correlation(column, target), _correlation(others, target)
    expected = -mine * theirs / float(np.sqrt(max((1 - mine**2) * (1 - theirs**2), 1e-12)))
    given = _correlation(_within(column, levels), _within(others, levels))
    root = float(np.sqrt(len(target)))
    return Tie(_correlation(column, others) * root, given * root, expected * root)


def _within(values: Numbers, levels: Integers) -> Numbers:
    """Values less the mean of their level."""
    return np.asarray(values - (np.bincount(levels, values) / np.maximum(np.bincount(levels), 1))[levels])


def _correlation(first: Numbers, second: Numbers) -> float:
    return float(np.corrcoef(first, second)[0, 1]) if np.ptp(first) > 0 and np.ptp(second) > 0 else 0.0
