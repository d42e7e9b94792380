"""A number in a sentence, with how it is counted: anybody can count it again in the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from journeyman.insights.condition import Condition, bare, holds
from journeyman.insights.material import Outcome
from journeyman.statistics.contrast import wilson
from journeyman.statistics.rank_correlation import rank_correlation
from journeyman.table.columns import Flags, Strings
from journeyman.table.table import Table

Measure = Literal["mean", "rate", "share_of_rows", "share_of_sum", "share_beyond", "rank_correlation"]


@dataclass(frozen=True)
class Claim:
    """A number counted in the rows where all conditions hold.

    Parameters
    ----------
    measure : the ``mean`` of a column, the ``rate`` of its ``level``, the ``share_of_rows`` and of a column's sum
        that these rows hold, the share of them in which the column is ``far`` out (``share_beyond``), or its
        ``rank_correlation`` with ``other``
    column, level, other : what it is of; rows in which the column (or the other) is missing do not count
    where : the conditions
    but : rows in which all conditions of one of these groups hold are left out
    value, rows : the number, and the rows that it was counted in
    bounds : of a mean or rate, its 95 % interval, were every row one piece of evidence; for pictures
    """

    measure: Measure
    column: str
    where: tuple[Condition, ...]
    but: tuple[tuple[Condition, ...], ...]
    value: float
    rows: int
    level: float | str | None = None
    other: str = ""
    bounds: tuple[float, float] | None = None
    far: Condition | None = None

    def as_data(self) -> dict[str, Any]:
        """The claim as JSON."""
        return {
            "measure": self.measure,
            "column": self.column,
            "level": self.level,
            "other": self.other,
            "where": [one.as_data() for one in self.where],
            "but": [[one.as_data() for one in group] for group in self.but],
            "value": self.value,
            "rows": self.rows,
            "far": None if self.far is None else self.far.as_data(),
        }


def average(table: Table, outcome: Outcome, where: Sequence[Condition] = (), *but: tuple[Condition, ...]) -> Claim:
    """The outcome's mean, or its rate, in the rows where conditions hold; NaN where there is none."""
    cells = table.values[outcome.column]
    kept = _kept(table, where, but) & ~table.missing(outcome.column)
    rows = int(kept.sum())
    if isinstance(cells, Strings):
        numbers = np.array([float(level == outcome.level) for level in cells.levels] or [0.0])[cells.codes][kept]
    else:
        numbers = bare(cells)[kept]
        numbers = (numbers == outcome.level).astype(np.float64) if outcome.is_rate else numbers
    value = float(numbers.mean()) if rows else float("nan")
    measure: Measure = "rate" if outcome.is_rate else "mean"
    bounds = None
    if rows:
        half = 1.96 * float(numbers.std()) / rows**0.5
        bounds = wilson(value, rows, 1.96) if outcome.is_rate else (value - half, value + half)
    return Claim(measure, outcome.column, tuple(where), but, value, rows, outcome.level, bounds=bounds)


def share_of_rows(table: Table, column: str, where: Sequence[Condition]) -> Claim:
    """Which share of the rows that have a column meet the conditions."""
    known = ~table.missing(column)
    kept = _kept(table, where, ()) & known
    return Claim(
        "share_of_rows", column, tuple(where), (), float(kept.sum()) / max(int(known.sum()), 1), int(kept.sum())
    )


def share_of_sum(table: Table, column: str, where: Sequence[Condition]) -> Claim:
    """Which share of a column's sum is held by the rows that meet the conditions."""
    numbers = np.nan_to_num(bare(table.values[column]))
    kept = _kept(table, where, ()) & ~table.missing(column)
    return Claim("share_of_sum", column, tuple(where), (), float(numbers[kept].sum() / numbers.sum()), int(kept.sum()))


def share_beyond(
    table: Table, name: str, far: Condition, where: Sequence[Condition], *but: tuple[Condition, ...]
) -> Claim:
    """In which share of the rows where conditions hold, and a column is known, that column is far out."""
    kept = _kept(table, where, but) & ~table.missing(name)
    rows = int(kept.sum())
    value = float(holds(table, (far,))[kept].mean()) if rows else float("nan")
    return Claim("share_beyond", name, tuple(where), but, value, rows, far=far)


def correlation(table: Table, outcome: Outcome, other: str, where: Sequence[Condition] = ()) -> Claim:
    """The rank correlation of an outcome and another column in the rows that meet the conditions."""
    kept = _kept(table, where, ()) & ~table.missing(outcome.column) & ~table.missing(other)
    cells = table.values[outcome.column]
    if isinstance(cells, Strings):
        first = np.array([float(level == outcome.level) for level in cells.levels] or [0.0])[cells.codes]
    else:
        first = bare(cells)
        first = (first == outcome.level).astype(np.float64) if outcome.is_rate else first
    found = rank_correlation(first[kept], bare(table.values[other])[kept])
    value = found.value if found else float("nan")
    return Claim("rank_correlation", outcome.column, tuple(where), (), value, int(kept.sum()), outcome.level, other)


def _kept(table: Table, where: Sequence[Condition], but: Sequence[Sequence[Condition]]) -> Flags:
    kept = holds(table, where)
    for group in but:
        kept &= ~holds(table, group)
    return kept
