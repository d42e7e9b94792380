"""Splitting rows so that the score of a fold is the score of new rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from journeyman.table.columns import Integers

FoldKind = Literal["random", "stratified", "entity", "forward"]


@dataclass(frozen=True)
class Folds:
    """Which rows a model is fitted on, and which rows judge it.

    ``number`` (rows,) is the fold in which a row is scored, −1 where it never is: the first block of forward folds, and
    rows of folds that are not scored at all. Those are learnt from in every fold of a kind that does not go forward.
    """

    kind: FoldKind
    count: int
    number: Integers
    order: Integers | None = None

    def training(self, fold: int) -> Integers:
        """Positions of the rows that fold ``fold`` is fitted on: forward folds see only earlier blocks."""
        if self.kind == "forward":
            return np.flatnonzero(self.number < fold)
        return np.flatnonzero(self.number != fold)

    def scored(self, fold: int) -> Integers:
        """Positions of the rows that judge fold ``fold``."""
        return np.flatnonzero(self.number == fold)

    def scoring(self, most: int) -> Folds:
        """The same split, of which at most so many folds are scored: the first; of forward folds the last."""
        if most >= self.count:
            return self
        if self.kind == "forward":
            number = np.maximum(self.number - (self.count - most), -1)
        else:
            number = np.where(self.number < most, self.number, -1)
        return Folds(self.kind, most, number, self.order)

    @property
    def usable(self) -> tuple[int, ...]:
        """The folds that have rows to learn from and rows to judge."""
        return tuple(fold for fold in range(self.count) if len(self.training(fold)) and len(self.scored(fold)))

    @property
    def all_scored(self) -> Integers:
        """Positions of all rows that are scored in some fold."""
        return np.flatnonzero(self.number >= 0)


def make_folds(
    kind: FoldKind,
    count: int,
    *,
    rows: int,
    classes: Integers | None = None,
    groups: Integers | None = None,
    order: Integers | None = None,
    seed: int = 0,
    first: float | None = None,
) -> Folds:
    """Split rows into folds; rows of one group are never on both sides.

    Parameters
    ----------
    kind : ``random`` and ``stratified`` shuffle (the latter keeps the shares of ``classes``); ``entity`` spreads
        whole groups; ``forward`` cuts by ``order`` into ``count + 1`` blocks, the first of which is never scored
    groups : (rows,) codes, or None; honoured by every kind but ``forward``
    order : (rows,) times, for ``forward``; rows of one time stay in one block
    first : the share of rows in the first block of ``forward``; None for blocks of equal size
    """
    random = np.random.default_rng(np.random.PCG64(seed))
    if kind == "forward":
        if order is None:
            raise ValueError("forward folds need the time of each row")
        return Folds(kind, count, _forward(order, count, first), order)
    units = np.arange(rows) if groups is None else groups
    _, unit_of_row = np.unique(units, return_inverse=True)
    sizes = np.bincount(unit_of_row)
    shuffled = random.permutation(len(sizes))
    labels = np.zeros(len(sizes), np.int64)
    if classes is not None:
        # A unit counts for the class of its last row in table order; exact for single rows, near enough for groups.
        labels[unit_of_row] = classes
    fold_of_unit = np.empty(len(sizes), np.int64)
    if groups is None:
        ordered = shuffled[np.argsort(labels[shuffled], kind="stable")]
        fold_of_unit[ordered] = np.arange(len(ordered)) % count
    else:
        _spread(shuffled, labels, sizes, count, fold_of_unit)
    return Folds(kind, count, fold_of_unit[unit_of_row])


def _spread(shuffled: Integers, labels: Integers, sizes: Integers, count: int, fold_of_unit: Integers) -> None:
    """Large groups first, each to the fold that has the fewest rows of its class, then the fewest rows in all."""
    per_class = np.zeros((int(labels.max(initial=0)) + 1, count), np.int64)
    totals = np.zeros(count, np.int64)
    for unit in shuffled[np.argsort(-sizes[shuffled], kind="stable")].tolist():
        held = per_class[labels[unit]]
        fold = min(range(count), key=lambda place: (held[place], totals[place], place))
        fold_of_unit[unit] = fold
        held[fold] += sizes[unit]
        totals[fold] += sizes[unit]


def _forward(order: Integers, count: int, first: float | None) -> Integers:
    if not len(order):
        return np.empty(0, np.int64)
    _, row_time = np.unique(order, return_inverse=True)
    ends = np.cumsum(np.bincount(row_time))
    # The fold of a time is where the middle of its rows falls among equal shares of what is behind the first block.
    begin = 1 / (count + 1) if first is None else first
    middles = (ends - np.bincount(row_time) / 2) / ends[-1]
    folds = np.floor((middles - begin) / (1 - begin) * count).astype(np.int64)
    numbers: Integers = np.clip(folds, -1, count - 1)[row_time]
    return numbers
