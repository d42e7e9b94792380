"""Past cases like a row, with what became of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.bundle.cases import Cases
from journeyman.bundle.reasons import mixed
from journeyman.bundle.shown import shown_cell, typed_cell
from journeyman.table.columns import MISSING_WORD, TERM_END, Columns, Flags, Numbers
from journeyman.table.schema import Column

#: Answers that are asked for at most to weigh the columns.
_ASKED = 8000
#: A column counts as different where it is further away than this.
_DIFFERENT = 0.25


@dataclass(frozen=True)
class Case:
    """A past case.

    Parameters
    ----------
    outcome : what became of it: a class label or a number
    distance : 0 where it is equal in all that the model uses, 1 where it differs in all of that as far as can be
    cells : what it was, by column, in words; empty is missing
    differs : columns in which it is not like the row, those that weigh most first
    """

    outcome: float | str
    distance: float
    cells: Mapping[str, str]
    differs: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """The case as JSON holds it."""
        return {
            "outcome": self.outcome,
            "distance": round(self.distance, 6),
            "cells": dict(self.cells),
            "differs": list(self.differs),
        }


class Neighbours:
    """Finds past cases like a row: Gower's distance (1971), columns weighed by how far they move the model's answers.

    Numbers and dates are as far apart as the share of cases between them, words are equal or not, texts differ by the
    share of terms that only one of them has (Jaccard), and what is missing is like what is missing.

    Parameters
    ----------
    background : made-up typical rows
    answer : the model; it weighs the columns on the made-up rows
    """

    def __init__(
        self,
        cases: Cases,
        features: Sequence[Column],
        background: Columns,
        answer: Callable[[Columns], Numbers],
    ) -> None:
        self._cases, self._features = cases, {column.name: column for column in features}
        self._columns = cases.columns(features)
        self._weights = column_weights(answer, background)
        self._numbers = [np.sort(one[~np.isnan(one)]) for one in self._columns.numbers.T]
        self._dates = [
            np.sort(one[~gone]) for one, gone in zip(self._columns.dates.T, self._columns.dates_missing.T, strict=True)
        ]

    def nearest(self, row: Columns, most: int) -> tuple[Case, ...]:
        """The most similar cases, nearest first; of equal ones the first."""
        apart = self._apart(row)
        distances = apart @ self._weights
        found = []
        for case in np.argsort(distances, kind="stable")[: max(most, 0)].tolist():
            by_weight = np.argsort(-self._weights * apart[case], kind="stable")
            differs = [
                place for place in by_weight.tolist() if apart[case, place] > _DIFFERENT and self._weights[place]
            ]
            names = self._columns.names
            cells = {
                name: shown_cell(column, typed_cell(self._columns, name, case))
                for name, column in self._features.items()
            }
            outcome, distance = self._cases.outcomes[case], float(distances[case])
            found.append(Case(outcome, distance, cells, tuple(names[place] for place in differs)))
        return tuple(found)

    def _apart(self, row: Columns) -> Numbers:
        """How far each case is from the row in each column, (cases, columns), 0 to 1."""
        there, parts = self._columns, []
        for place, ordered in enumerate(self._numbers):
            cells, own = there.numbers[:, place], row.numbers[0, place]
            parts.append(_between(ordered, cells, own, np.isnan(cells), bool(np.isnan(own))))
        for place, ordered in enumerate(self._dates):
            gone = bool(row.dates_missing[0, place])
            parts.append(
                _between(ordered, there.dates[:, place], row.dates[0, place], there.dates_missing[:, place], gone)
            )
        for name, column, other in zip(there.word_names, there.words, row.words, strict=True):
            own_word = other.levels[other.codes[0]]
            unlike = _no_shared_terms if name in there.text_names else _unequal
            parts.append(np.array([unlike(level, own_word) for level in column.levels], np.float64)[column.codes])
        return np.column_stack(parts)


def column_weights(answer: Callable[[Columns], Numbers], background: Columns) -> Numbers:
    """How far each column moves the answers on typical rows, as shares, (columns,) in the order of `Columns.names`.

    Each cell is replaced by that of some other row, for a few rotations of the rows. Equal shares where no column
    moves anything, or the table is too wide to ask.
    """
    rows, names = background.rows, background.names
    count = len(names)
    turns = min(4, _ASKED // max(rows * count, 1), rows - 1)
    if turns < 1:
        return np.full(count, 1.0 / max(count, 1))
    base, moves = answer(background), np.zeros(count)
    for row in range(rows):
        # Each of the other rows gives this one a single cell.
        donors = [(row + turn * 7 + 1) % rows for turn in range(turns)]
        for donor in donors:
            asked = mixed(
                background.take(np.array([donor])), background, np.full(count, row), np.eye(count, dtype=np.bool_)
            )
            moves += np.abs(answer(asked) - base[row]).sum(axis=1)
    total = float(moves.sum())
    return moves / total if total > 0 else np.full(count, 1.0 / count)


def _between(ordered: Any, cells: Any, own: Any, gone: Flags, own_gone: bool) -> Numbers:
    """The share of cases between each case's cell and the row's."""
    if own_gone:
        return (~gone).astype(np.float64)
    # Where a cell stands among all, ties in the middle.
    low, high = np.searchsorted(ordered, cells, side="left"), np.searchsorted(ordered, cells, side="right")
    own_low, own_high = np.searchsorted(ordered, own, side="left"), np.searchsorted(ordered, own, side="right")
    share: Numbers = np.abs((low + high) - (own_low + own_high)) / 2.0 / max(len(ordered), 1)
    return np.where(gone, 1.0, share)


def _unequal(word: str, other: str) -> bool:
    return word != other


def _no_shared_terms(text: str, other: str) -> float:
    """The share of the terms of two texts that only one of them has."""
    if MISSING_WORD in (text, other):
        return float(text != other)
    one, two = set(text.split(TERM_END)), set(other.split(TERM_END))
    return 1.0 - len(one & two) / len(one | two)
