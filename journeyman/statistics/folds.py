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
    classes = np.zeros(rows, np.int64) if classes is None else classes
    # Classes by how rare they are, the rarest last.
    rarity = np.argsort(np.argsort(-np.bincount(classes, minlength=1), kind="stable"), kind="stable")[classes]
    if groups is None:
        fold_of_unit = np.empty(len(sizes), np.int64)
        ordered = shuffled[np.argsort(rarity[shuffled], kind="stable")]
        fold_of_unit[ordered] = np.arange(len(ordered)) % count
    else:
        fold_of_unit = _spread(shuffled, unit_of_row, rarity, count)
    return Folds(kind, count, fold_of_unit[unit_of_row])


def _spread(shuffled: Integers, unit_of_row: Integers, classes: Integers, count: int) -> Integers:
    """The fold of each unit: large groups first, each to the fold that has the fewest rows of the rarest class that it
    holds, then the fewest rows in all. Folds without any row of a class would have no score.

    ``classes`` (rows,) are ranks, the rarest class last.
    """
    sizes = np.bincount(unit_of_row)
    fold_of_unit = np.empty(len(sizes), np.int64)
    several = shuffled[sizes[shuffled] > 1]
    per_class = np.zeros((int(classes.max(initial=0)) + 1, count), np.int64)
    grouped = np.flatnonzero(sizes[unit_of_row] > 1)
    held = unit_of_row[grouped] * len(per_class) + classes[grouped]
    pairs, rows = np.unique(held, return_counts=True)
    units, labels = np.divmod(pairs, len(per_class))
    begins, ends = np.searchsorted(units, np.arange(len(sizes))), np.searchsorted(units, np.arange(len(sizes)), "right")
    for unit in several[np.argsort(-sizes[several], kind="stable")].tolist():
        own = slice(begins[unit], ends[unit])
        rarest, totals = per_class[labels[own][-1]], per_class.sum(axis=0)
        fold = min(range(count), key=lambda place: (rarest[place], totals[place], place))
        fold_of_unit[unit] = fold
        per_class[labels[own], fold] += rows[own]
    # Rows of no group are many, and dealt at once.
    single = shuffled[sizes[shuffled] == 1]
    class_of_unit = np.zeros(len(sizes), np.int64)
    class_of_unit[unit_of_row] = classes
    for label in np.unique(class_of_unit[single]).tolist():
        alike = single[class_of_unit[single] == label]
        dealt = _levelled(per_class[label], per_class.sum(axis=0), len(alike))
        fold_of_unit[alike] = np.repeat(np.arange(count), dealt)
        per_class[label] += dealt
    return fold_of_unit


def _levelled(held: Integers, totals: Integers, rows: int) -> Integers:
    """How many of these rows each fold gets so that those that hold the fewest come level."""
    lowest = np.lexsort((totals, held))
    # The folds that get any are those that lie below the level at the end.
    filled = max(k for k in range(1, len(held) + 1) if k * held[lowest[k - 1]] - held[lowest[:k]].sum() <= rows)
    level, over = divmod(rows + int(held[lowest[:filled]].sum()), filled)
    dealt = np.zeros(len(held), np.int64)
    dealt[lowest[:filled]] = level - held[lowest[:filled]]
    fewest = lowest[:filled][np.argsort((totals + dealt)[lowest[:filled]], kind="stable")]
    dealt[fewest[:over]] += 1
    return dealt


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
