"""A number far from the others of its column, or just beside the one value that nearly all cells hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from journeyman.repairs.grid import Grid, Written
from journeyman.repairs.rule import Doubts, Rule, Verdict, by_level
from journeyman.table import said
from journeyman.table.columns import Numbers

STAGE = 1
#: So much of the cells hold the one value, and so much of the rest are different numbers near it.
_MODE, _DISTINCT, _NEAR = 0.75, 0.7, 0.6
#: What stands for "none" is far from zero, and nines: nothing measured lies around it.
_FAR_FROM_ZERO, _NINES = 100, re.compile(r"-?9{3,}(?:\.0*)?")
#: Further than so many robust deviations, in numbers as in their logarithms, is far.
_FAR = 6.0
#: Numbers of fewer different values are codes.
_FEWEST_VALUES = 20
#: More cells than this share are no slips.
_MOST = 0.07
#: A number that more cells hold is no slip.
_MOST_EACH = 5
_LARGEST = 1.7e308


def learn(grid: Grid) -> Iterator[Rule]:
    """A rule for each column of numbers: the value that nearly all cells hold, or where the others lie."""
    for name, column in grid.columns.items():
        if not column.is_numeric:
            continue
        found = _beside(column) or _bounds(column)
        if found:
            yield Rule("number", name, found)


def apply(rule: Rule, grid: Grid) -> Doubts | None:
    """The cells beside the usual value, or out of the bounds.

    The usual value repairs them only where it stands for "none": the one value may be what gaps were filled with, and
    the others the true ones.
    """
    column = grid.columns[rule.column]
    values = column.numbers
    if "usual" in rule.knows:
        usual = rule.knows["usual"]
        value = float(usual)
        odd = ~np.isnan(values) & (values != value) & (np.abs(values - value) <= _NEAR * abs(value))
        why = f"{said.share(rule.knows['share'])} of the cells hold {usual}, and no two of the others the same"
        verdict = Verdict(0.85, usual, 0.85, why) if _NINES.fullmatch(usual) else Verdict(0.55, None, 0.0, why)
    else:
        low, high = rule.knows["low"], rule.knows["high"]
        odd = (values < low) | (values > high)
        verdict = Verdict(0.65, None, 0.0, f"it lies far from the others, which {_between(low, high)}")
    odd &= (column.counts > 0) & (column.counts <= _MOST_EACH)
    return by_level(rule, column, dict.fromkeys(np.flatnonzero(odd).tolist(), verdict))


def _between(low: float, high: float) -> str:
    if low > -_LARGEST and high < _LARGEST:
        return f"lie between {low:.6g} and {high:.6g}"
    return f"lie above {low:.6g}" if low > -_LARGEST else f"lie below {high:.6g}"


def _beside(column: Written) -> Mapping[str, Any] | None:
    """The value that nearly all cells hold, where the others scatter around it; None where there is no such value."""
    most = int(np.argmax(np.where(np.isnan(column.numbers), -1, column.counts)))
    share = float(column.counts[most] / column.filled)
    value = float(column.numbers[most])
    others = ~np.isnan(column.numbers) & (column.numbers != value) & (column.counts > 0)
    if share < _MODE or share == 1.0 or value == 0:
        return None
    near = others & (np.abs(column.numbers - value) <= _NEAR * abs(value))
    cells = column.counts[near]
    if not len(cells) or abs(value) < _FAR_FROM_ZERO or len(cells) < _DISTINCT * cells.sum():
        return None
    return {"usual": column.levels[most], "share": share}


def _bounds(column: Written) -> Mapping[str, Any] | None:
    """Between which values the numbers lie, but for few that lie far; None where none does."""
    is_number = ~np.isnan(column.numbers) & (column.counts > 0)
    values, counts = column.numbers[is_number], column.counts[is_number].astype(np.float64)
    if len(values) < _FEWEST_VALUES:
        return None
    order = np.argsort(values)
    values, counts = values[order], counts[order]
    low, high = _spread(values, counts)
    positive = values > 0
    if values[0] >= 0 and positive.mean() > 0.95:
        # what is far among sizes may be near among their logarithms: it must be far in both
        lowest, highest = np.exp(np.clip(np.array(_spread(np.log(values[positive]), counts[positive])), -700, 700))
        low, high = min(low, float(lowest)), max(high, float(highest))
    return _apart(values, counts, low, high)


def _apart(values: Numbers, counts: Numbers, low: float, high: float) -> Mapping[str, Any] | None:
    """The bounds beyond which numbers lie, as many as halfway to them or more: a tail thins out, slips lie apart."""
    middle = float(values[np.searchsorted(np.cumsum(counts), counts.sum() / 2)])
    found: dict[str, float] = {"low": -_LARGEST, "high": _LARGEST}
    for side, bound in (("low", low), ("high", high)):
        beyond = values < bound if side == "low" else values > bound
        halfway = (values - (middle + bound) / 2) * (bound - middle) > 0
        cells = counts[beyond].sum()
        if 0 < cells <= _MOST * counts.sum() and cells >= counts[halfway & ~beyond].sum():
            found[side] = bound
    return found if found != {"low": -_LARGEST, "high": _LARGEST} else None


def _spread(values: Numbers, counts: Numbers) -> tuple[float, float]:
    """How low and how high numbers can be by their quartiles; no bounds where half of them are the same."""
    passed = np.cumsum(counts)
    low, middle, high = (float(values[np.searchsorted(passed, part * passed[-1])]) for part in (0.25, 0.5, 0.75))
    down, up = max(middle - low, 0.25 * (high - low)), max(high - middle, 0.25 * (high - low))
    return (middle - _FAR * down, middle + _FAR * up) if high > low else (-np.inf, np.inf)
