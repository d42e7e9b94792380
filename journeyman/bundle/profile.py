"""How surprising a cell is in its column: small marginals as data, and the surprise that follows from them.

The surprise of a cell is −ln of the share of training cells that are as far out, or as rare: about exponential with
mean 1 for cells that come as they came. Batches and single rows take it from the same tables with the same
arithmetic, so that a row alone is as strange as it is among others.
"""

from __future__ import annotations

import math
import sys
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from journeyman.table.columns import Flags, Numbers

#: Shares of cells below the quantiles that are kept: dense where cells are rare.
_BELOW = (0.0, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.42)
SHARES = (*_BELOW, 0.5, *(1.0 - one for one in reversed(_BELOW)))
#: Levels of a category with shares of their own; the others share one.
MOST_LEVELS = 64
#: Out of the range, every doubling of the distance, in these parts of the range, is half as likely.
_PART, _DOUBLINGS = 8.0, 64


@dataclass(frozen=True)
class NumberProfile:
    """Numbers, flags, dates (microseconds) or the number of a text's terms.

    Parameters
    ----------
    rows : cells that were looked at
    quantiles : (len(SHARES),) of the cells that are there, never falling
    missing : share of cells that are missing
    """

    rows: int
    quantiles: tuple[float, ...]
    missing: float

    def as_data(self) -> dict[str, Any]:
        """The profile as JSON holds it."""
        return {"kind": "number", "rows": self.rows, "quantiles": list(self.quantiles), "missing": self.missing}


@dataclass(frozen=True)
class LevelProfile:
    """The words of a category.

    Parameters
    ----------
    rows : cells that were looked at
    shares : share of each of the column's first levels, at most `MOST_LEVELS`, in their order
    rest : share of all further levels together
    once : share of cells whose level comes once: about the chance that the next level is new (Good 1953)
    missing : share of cells that are missing
    """

    rows: int
    shares: tuple[float, ...]
    rest: float
    once: float
    missing: float

    def as_data(self) -> dict[str, Any]:
        """The profile as JSON holds it."""
        told = {"shares": list(self.shares), "rest": self.rest, "once": self.once, "missing": self.missing}
        return {"kind": "levels", "rows": self.rows, **told}


Profile = NumberProfile | LevelProfile


def number_profile(cells: Numbers, missing: Flags) -> NumberProfile | None:
    """The profile of numbers, (rows,) each; None where no cell is there, or their range is beyond floats."""
    there = np.sort(cells[~missing])
    if not len(there):
        return None
    # Cells that were there, not values between them.
    quantiles = there[np.maximum(np.ceil(np.array(SHARES) * len(there)).astype(np.int64) - 1, 0)]
    with np.errstate(over="ignore"):
        width = quantiles[-1] - quantiles[0]
    if not np.isfinite(width):
        return None
    return NumberProfile(len(cells), tuple(quantiles.tolist()), float(missing.mean()))


class NumberSurprise:
    """Surprises of numbers: straight lines between knots."""

    def __init__(self, profile: NumberProfile) -> None:
        values = np.array(profile.quantiles)
        shares = np.array(SHARES)
        there, first = np.unique(values, return_index=True)
        last = np.append(first[1:], len(values)) - 1
        # A value that many rows have is as far out as the rows beyond it and itself together.
        rarest = 1.0 / (profile.rows + 1.0)
        tail = np.clip(2.0 * np.minimum(shares[last], 1.0 - shares[first]), rarest, 1.0)
        low, high = float(there[0]), float(there[-1])
        part = (high - low) / _PART or abs(high) / _PART or 1.0
        steps = np.exp2(np.arange(_DOUBLINGS)) - 1.0
        out = math.log(profile.rows + 1.0) + math.log(2.0) * np.arange(_DOUBLINGS)
        with np.errstate(over="ignore"):
            above, below = np.nextafter(high, np.inf) + part * steps, np.nextafter(low, -np.inf) - part * steps
        knots = np.concatenate([below[::-1], there, above])
        surprise = np.concatenate([out[::-1], -np.log(tail), out])
        fits = np.abs(knots) <= sys.float_info.max / 4
        knots, surprise = knots[fits], surprise[fits]
        # Far out, knots can fall together where floats are coarse.
        knots, kept = np.unique(knots, return_index=True)
        surprise = surprise[kept]
        is_common = profile.missing > 0.5
        surprise = surprise - (math.log(max(1.0 - profile.missing, rarest)) if is_common else 0.0)
        width = np.diff(knots)
        with np.errstate(over="ignore"):  # beside 0 the next float is as near as floats can be
            slopes = np.append(np.diff(surprise) / width, 0.0)
        # At both ends of the range surprise jumps.
        slopes[:-1][width <= np.spacing(np.abs(knots[:-1]))] = 0.0
        self._knots, self._surprise, self._slopes = knots, surprise, np.where(np.isfinite(slopes), slopes, 0.0)
        self.missing = 0.0 if is_common else -math.log(max(profile.missing, rarest / 2.0))
        self._lists = (tuple(knots.tolist()), tuple(surprise.tolist()), tuple(self._slopes.tolist()))

    @property
    def lines(self) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
        """Where each straight line begins, its height there, and its slope; before and behind them it is level."""
        return self._lists

    def many(self, cells: Numbers, missing: Flags) -> Numbers:
        """The surprise of cells, (rows,)."""
        knots = self._knots
        clipped = np.clip(np.where(missing, knots[0], cells), knots[0], knots[-1])
        place = np.searchsorted(knots, clipped, side="right") - 1
        found = self._surprise[place] + (clipped - knots[place]) * self._slopes[place]
        return np.where(missing, self.missing, found)

    def one(self, cell: float) -> float:
        """The surprise of one cell that is there: the same float as among many."""
        knots, surprise, slopes = self._lists
        cell = knots[0] if cell < knots[0] else min(cell, knots[-1])
        place = bisect_right(knots, cell) - 1
        found: float = surprise[place] + (cell - knots[place]) * slopes[place]
        return found


def level_surprise(profile: LevelProfile, levels: Sequence[str]) -> tuple[dict[str, float], float, float]:
    """The surprise of each level that a column knows, of any other word, and of a missing cell."""
    rarest = 1.0 / (profile.rows + 1.0)
    shares = np.array(profile.shares)
    # As rare as this level, or rarer.
    order = np.sort(shares)
    sums = np.cumsum(order)
    tail = sums[np.searchsorted(order, shares, side="right") - 1] + profile.rest if len(shares) else shares
    first = (-np.log(np.clip(tail, rarest, 1.0))).tolist()
    rest = -math.log(min(max(profile.rest, rarest), 1.0))
    is_common = profile.missing > 0.5
    more = -math.log(max(1.0 - profile.missing, rarest)) if is_common else 0.0
    known = {word: more + (first[place] if place < len(first) else rest) for place, word in enumerate(levels)}
    unseen = more - math.log(min(max(profile.once, rarest / 2.0), 1.0))
    return known, unseen, 0.0 if is_common else -math.log(max(profile.missing, rarest / 2.0))


def profile_from_data(data: Any) -> Profile:
    """What `as_data` wrote, trusting none of it.

    Raises
    ------
    ValueError : it is nothing that we write
    """
    if not isinstance(data, Mapping):
        raise ValueError("a profile of a column is no object")
    rows, missing = data.get("rows"), data.get("missing")
    if type(rows) is not int or not 0 < rows < 1 << 53:
        raise ValueError("a profile of a column stands on no rows")
    if set(data) == {"kind", "rows", "quantiles", "missing"} and data["kind"] == "number":
        quantiles = _numbers(data["quantiles"], len(SHARES))
        rises = all(one <= other for one, other in pairwise(quantiles))
        if len(quantiles) != len(SHARES) or not rises or not math.isfinite(quantiles[-1] - quantiles[0]):
            raise ValueError("a profile of numbers is not one that we write")
        return NumberProfile(rows, quantiles, _share(missing))
    if set(data) == {"kind", "rows", "shares", "rest", "once", "missing"} and data["kind"] == "levels":
        shares = tuple(map(_share, _numbers(data["shares"], MOST_LEVELS)))
        return LevelProfile(rows, shares, _share(data["rest"]), _share(data["once"]), _share(missing))
    raise ValueError("a profile of a column is not one that we write")


def _numbers(data: Any, most: int) -> tuple[float, ...]:
    if not isinstance(data, list) or len(data) > most or not all(map(_is_number, data)):
        raise ValueError("a profile of a column holds no numbers")
    return tuple(float(one) for one in data)


def _share(value: Any) -> float:
    if not _is_number(value) or not 0 <= value <= 1:
        raise ValueError("a profile of a column holds a share that is none")
    return float(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max
