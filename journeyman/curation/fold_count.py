"""How many folds the rows allow, by their classes and by what has to stay together."""

from __future__ import annotations

import numpy as np

from journeyman.errors import BriefError
from journeyman.plan.target import Target
from journeyman.table.columns import Integers

#: With few rows a fold less to learn from shows: a model of nine tenths is nearer to the one that is shipped than a
#: model of four fifths, and fits are cheap. With many rows neither holds.
MOST_FOLDS, MOST_FOLDS_OF_FEW, FEW_ROWS = 5, 10, 2_000


def most_folds(rows: int) -> int:
    """The number of folds that so many rows get, if nothing else says less."""
    return MOST_FOLDS_OF_FEW if rows <= FEW_ROWS else MOST_FOLDS


def units_of(target: Target, groups: Integers | None) -> int:
    """How many folds the rows allow: the units (rows, or groups) that hold the smaller class; of many, the middle one.

    Of two classes each must be on both sides of every split; of many, rare ones cannot always be.
    """
    if not target.classes:
        return len(np.unique(groups)) if groups is not None else len(target)
    classes = target.codes
    if groups is None:
        counts = np.bincount(classes, minlength=len(target.classes))
    else:
        pairs = np.unique(np.column_stack([classes, groups]), axis=0)
        counts = np.bincount(pairs[:, 0], minlength=len(target.classes))
    smallest = counts.min() if len(counts) == 2 else np.median(counts)
    units = len(np.unique(groups)) if groups is not None else len(classes)
    return int(min(smallest, units))


def count_of(target: Target, groups: Integers | None, what: str) -> int:
    """Into how many folds rows are split.

    Raises
    ------
    BriefError : ``what``, as people call it, is too few to be on both sides
    """
    units = units_of(target, groups)
    if units < 2:
        raise BriefError(
            f"the rows cannot be split by {what}",
            because=f"at most one {what} holds all rows, or all rows of a class",
            remedy="leave --entity out, or give rows of more of them",
            code="groups",
        )
    return min(most_folds(len(target)), units)
