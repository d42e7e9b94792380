"""What a detector learnt, as data: it can be written down, and applied to rows that were not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import numpy as np

from journeyman.repairs.grid import Grid, Written
from journeyman.table.columns import Integers, Numbers, Objects

#: Below this a cell is not told, and a repair not made.
LIKELY = 0.5


class Verdict(NamedTuple):
    """What is thought of one text: how likely it is wrong, what it should be (None: unknown), how sure that is."""

    strength: float
    after: str | None
    sure: float
    why: str


@dataclass(frozen=True)
class Rule:
    """One thing that was learnt of a column.

    Parameters
    ----------
    detector : the file that learnt it
    column : whose cells it judges
    knows : what was learnt, as JSON holds it
    """

    detector: str
    column: str
    knows: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The rule as JSON holds it."""
        return {"detector": self.detector, "column": self.column, "knows": dict(self.knows)}


@dataclass(frozen=True)
class Doubts:
    """The doubted cells of one column by one rule.

    Shapes: all (cells,); ``rows`` positions; ``strength`` and ``sure`` in 0…1; ``after`` a text, or None where nobody
    knows; ``why`` a phrase.
    """

    detector: str
    column: str
    rows: Integers
    strength: Numbers
    after: Objects
    sure: Numbers
    why: Objects


class Detector(Protocol):
    """What a module on the shelf has. ``stage`` says when it looks: one that compares columns looks at cells that the
    earlier ones have repaired.
    """

    STAGE: int

    def learn(self, grid: Grid) -> Iterable[Rule]:
        """What can be said of the columns of a table; it must not depend on the order of rows."""

    def apply(self, rule: Rule, grid: Grid) -> Doubts | None:
        """The cells of a table that a rule doubts."""


def by_level(rule: Rule, column: Written, verdicts: Mapping[int, Verdict]) -> Doubts | None:
    """Verdicts on texts (by code) → on the cells that hold them."""
    if not verdicts:
        return None
    place = np.full(len(column.levels), -1, np.int64)
    place[list(verdicts)] = np.arange(len(verdicts))
    rows = np.flatnonzero(place[column.codes] >= 0)
    return at_rows(rule, rows, list(verdicts.values()), place[column.codes[rows]])


def at_rows(rule: Rule, rows: Integers, verdicts: Sequence[Verdict], which: Integers) -> Doubts | None:
    """Verdicts on rows: ``which`` (cells,) says which verdict each of them gets."""
    if not len(rows):
        return None
    after, why = np.empty(len(verdicts), object), np.empty(len(verdicts), object)
    after[:], why[:] = [one.after for one in verdicts], [one.why for one in verdicts]
    strength = np.array([one.strength for one in verdicts])
    sure = np.array([one.sure if one.after is not None else 0.0 for one in verdicts])
    return Doubts(rule.detector, rule.column, rows, strength[which], after[which], sure[which], why[which])
