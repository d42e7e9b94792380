"""Amounts that differ by row: a small language over the cells of a row, of numbers, names and arithmetic only.

``amount * 0.2 - 12``, ``min(`credit limit`, 500)``, and where a number is predicted ``abs(actual - prediction)``.
Nothing in it can call, loop or reach anything else: it is read into a tree of known nodes, never
run.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from journeyman.bundle.expression_text import parse_tree, spell
from journeyman.bundle.expression_tree import (
    ANSWERS,
    Cell,
    Node,
    Told,
    as_data,
    evaluate,
    evaluate_one,
    from_data,
    walk,
)
from journeyman.errors import InputError, nearest
from journeyman.table.columns import Numbers


@dataclass(frozen=True)
class Expression:
    """An amount computed from the cells of a row; for a number as target from ``prediction`` and ``actual``, too.

    Missing cells, division by zero and results beyond all numbers give NaN: an unknown amount, never a warning.

    >>> amount = Expression.parse("min(price, 500) * 0.2 - 12")
    >>> amount.names, amount.evaluate({"price": np.array([100.0, 900.0, np.nan])}, 3)
    (('price',), array([ 8., 88., nan]))
    """

    tree: Node

    @classmethod
    def parse(cls, text: str) -> Expression:
        """Read an amount as people write it.

        A name of letters, digits and ``_`` stands as it is; any other in back-ticks (a back-tick within doubled), and
        so does a column whose name means something here: `` `prediction` `` is a column, ``prediction`` is not.

        Raises
        ------
        InputError : it cannot be read (the place is told), or is too long
        """
        return cls(parse_tree(text))

    @classmethod
    def from_data(cls, data: Any) -> Expression:
        """The amount that `as_data` wrote; nothing in it is trusted.

        Raises
        ------
        InputError : no amount is written so, or it is too large
        """
        return cls(from_data(data))

    def as_data(self) -> Any:
        """The tree as JSON holds it: ``["-", {"column": "amount"}, 12.0]``."""
        return as_data(self.tree)

    @property
    def text(self) -> str:
        """The amount in its one spelling; `parse` reads it back to an equal one."""
        return spell(self.tree)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns that it reads, in the order of their first mention."""
        return tuple(dict.fromkeys(node.column for node in walk(self.tree) if isinstance(node, Cell)))

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """Which of ``prediction`` and ``actual`` it reads."""
        return tuple(dict.fromkeys(node.answer for node in walk(self.tree) if isinstance(node, Told)))

    def evaluate(
        self, values: Mapping[str, Numbers], rows: int, *, prediction: Numbers | None = None, actual: Any = None
    ) -> Numbers:
        """The amount of each row, (rows,); NaN where a cell that it reads is missing, or it has no value.

        Parameters
        ----------
        values : (rows,) float64 of every column in `names`; missing is NaN
        prediction, actual : (rows,) where a number is predicted

        Raises
        ------
        InputError : a column that it reads is not among the values, or it asks for an answer that is not there
        """
        answers: dict[str, Any] = {
            name: one for name, one in zip(ANSWERS, (prediction, actual), strict=True) if one is not None
        }
        self._require(values, answers)
        with np.errstate(all="ignore"):
            return np.broadcast_to(_known(evaluate(self.tree, values, answers)), rows).astype(np.float64)

    def evaluate_one(
        self, values: Mapping[str, float], *, prediction: float = math.nan, actual: float = math.nan
    ) -> float:
        """The amount of one row: the same bits as `evaluate` gives it among others. Columns not given: KeyError."""
        found = evaluate_one(self.tree, values, {"prediction": prediction, "actual": actual})
        return found if math.isfinite(found) else math.nan

    def _require(self, values: Mapping[str, Numbers], answers: Mapping[str, Any]) -> None:
        for name in self.names:
            if name not in values:
                raise InputError(
                    f"the amount {self.text!r} cannot be computed",
                    because=f"there is no column {name!r}",
                    remedy=nearest(name, values) if values else "give the columns that the amounts read",
                    code="column_missing",
                )
        for name in self.answers:
            if name not in answers:
                raise InputError(
                    f"the amount {self.text!r} cannot be computed",
                    because=f"{name!r} is known only where a number is predicted",
                    remedy=f"write `{name}` in back-ticks if it is a column",
                )


def _known(found: Any) -> Any:
    return np.where(np.isfinite(found), found, np.nan)
