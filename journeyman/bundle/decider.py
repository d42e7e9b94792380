"""Decisions of a deployed model: the cells that amounts read, beside the graph's inputs, and the rule over both."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.one_decision import OneDecision
from journeyman.bundle.reader import MOST_TROUBLES, Cells, Reader, Trouble
from journeyman.table.columns import Flags, Numbers, Objects
from journeyman.table.schema import Column

_MISSING = "it is missing, and what an action is worth hangs on it"
_NO_AMOUNT = "what an action is worth cannot be computed from these cells"


@dataclass(frozen=True)
class Read:
    """The cells that the amounts read: (rows,) by column, where they are odd, and why."""

    values: Mapping[str, Numbers]
    unusual: Flags
    troubles: tuple[Trouble, ...]


class Decider:
    """A decision rule with the reader of what its amounts read.

    A cell that is missing or cannot be read leaves the row without an action, and unusual; the prediction stands.
    A row alone is decided as it is among others.

    Parameters
    ----------
    columns : what the amounts read, features of the model or not
    features : the names of the features, of which the model's own reader tells what is odd
    classes : empty where a number is predicted
    """

    def __init__(
        self, rule: DecisionRule, columns: Sequence[Column], features: Sequence[str], classes: Sequence[str]
    ) -> None:
        self._rule, self._classes, self._features = rule, tuple(classes), frozenset(features)
        self._reader = Reader(columns, beside=features) if columns else None
        self._one = OneDecision(rule, classes)

    def read(self, cells: Mapping[str, Cells], rows: int) -> Read:
        """Read what the amounts need.

        Raises
        ------
        InputError : a column is missing, or of another type now
        """
        if self._reader is None:
            return Read({}, np.zeros(rows, np.bool_), ())
        batch = self._reader.batch(cells, rows)
        values = {name: batch.columns.numbers[:, place] for place, name in enumerate(batch.columns.number_names)}
        told = {(one.row, one.column) for one in batch.troubles}
        unusual: Flags = batch.status != "ok"
        found = [one for one in batch.troubles if one.column not in self._features]
        for name, cell in values.items():
            missing = np.isnan(cell)
            unusual |= missing
            lost = np.flatnonzero(missing)[:MOST_TROUBLES].tolist()
            found += [Trouble(row, name, "", _MISSING) for row in lost if (row, name) not in told]
        return Read(values, unusual, tuple(found))

    def decide(self, answers: Numbers, read: Read) -> tuple[Objects, Flags, tuple[Trouble, ...]]:
        """The action of each row, where what actions are worth could not be computed though all is there, and why.

        Shapes: ``answers`` (rows, classes) probabilities, or (rows,) predicted numbers; results (rows,).
        """
        if self._rule.is_for_numbers:
            promises = self._rule.promises_numbers(answers, read.values)
            there: Flags = np.isfinite(answers)
        else:
            promises = self._rule.promises(answers, self._classes, read.values)
            there = np.asarray(np.isfinite(answers).all(axis=1), np.bool_)
        for cells in read.values.values():
            there = there & ~np.isnan(cells)
        lost: Flags = there & ~np.isfinite(promises).all(axis=1)
        troubles = tuple(Trouble(row, "", "", _NO_AMOUNT) for row in np.flatnonzero(lost)[:MOST_TROUBLES].tolist())
        return self._rule.choose(promises)[0], lost, troubles

    def one(self, row: Mapping[str, Any], answers: Sequence[float]) -> tuple[str, tuple[Trouble, ...], bool]:
        """The action of one row, what is odd in the cells that the amounts read, and whether the row is unusual for it.

        Parameters
        ----------
        answers : the probability of each class, or the predicted number alone

        Raises
        ------
        InputError : a column is not there but one of nearly its name is
        """
        values: dict[str, float] = {}
        found: list[Trouble] = []
        is_unusual = False
        if self._reader is not None:
            feeds, status, troubles = self._reader.one(row)
            values = dict(zip(self._reader.number_names, feeds["numbers"][0].tolist(), strict=True))
            is_unusual = status != "ok" or any(map(math.isnan, values.values()))
            told = {one.column for one in troubles}
            found = [one for one in troubles if one.column not in self._features]
            found += [
                Trouble(0, name, "", _MISSING)
                for name, value in values.items()
                if math.isnan(value) and name not in told
            ]
        if self._rule.is_for_numbers:
            action, is_known = self._one.of_number(answers[0], values)
        else:
            action, is_known = self._one.of_classes(answers, values)
        if not is_known and not any(map(math.isnan, (*values.values(), *answers))):
            found.append(Trouble(0, "", "", _NO_AMOUNT))
            is_unusual = True
        return action, tuple(found), is_unusual
