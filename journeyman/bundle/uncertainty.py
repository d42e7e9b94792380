"""How sure a model is of a row: bounds around a number, or the labels that it may well have; data in the manifest."""

from __future__ import annotations

import math
import sys
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from journeyman.table.columns import Flags, Integers, Numbers, Objects

#: More bins, or classes, than any bundle has.
MOST_NUMBERS = 4096


@dataclass(frozen=True)
class Spread:
    """Bounds around a predicted number: what is added to it, by the bin in which it lies.

    Parameters
    ----------
    nominal : the share of new rows between the bounds, while rows keep coming as they came
    cuts : (bins − 1,) rising; a prediction at a cut is in the bin below it
    low, high : (bins,) in units of the target; ``low`` is 0 or less, ``high`` 0 or more
    floor : no lower bound is below this, unless the prediction is; None where the target has no lowest value

    >>> Spread(0.9, (10.0,), (-1.0, -4.0), (2.0, 5.0)).one(10.0)
    (9.0, 12.0)
    """

    nominal: float
    cuts: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    floor: float | None = None

    def bounds(self, predicted: Numbers) -> tuple[Numbers, Numbers]:
        """Lower and upper bounds, (rows,) each, around the prediction; NaN where it is."""
        place = np.searchsorted(np.array(self.cuts), predicted, side="left")
        # NaN is sorted behind everything; whatever is added to it, it stays. Beyond the largest float is infinity.
        with np.errstate(over="ignore"):
            low, high = predicted + np.array(self.low)[place], predicted + np.array(self.high)[place]
        if self.floor is not None:
            # Of 0 and −0 either may come back as the larger: with 0 added, both are 0.
            low = np.maximum(low, np.minimum(self.floor, predicted)) + 0.0
        return low, high

    def one(self, predicted: float) -> tuple[float, float]:
        """The bounds of one prediction: the same floats as among many."""
        if math.isnan(predicted):
            return math.nan, math.nan
        place = bisect_left(self.cuts, predicted)
        low = predicted + self.low[place]
        if self.floor is not None:
            low = max(low, min(self.floor, predicted)) + 0.0
        return low, predicted + self.high[place]

    def as_data(self) -> dict[str, Any]:
        """The bounds as JSON holds them."""
        return {
            "kind": "spread",
            "nominal": self.nominal,
            "cuts": list(self.cuts),
            "low": list(self.low),
            "high": list(self.high),
            "floor": self.floor,
        }


@dataclass(frozen=True)
class SetRule:
    """The labels that a row may well have: the likeliest, that predicted, and all that are probable enough for theirs.

    Parameters
    ----------
    nominal : the share of new rows of each class whose set holds that class, while rows keep coming as they came
    least : (classes,) how probable a class must be to be in the set; 1 where it is there as the likeliest or
        the prediction only

    >>> SetRule(0.9, (0.4, 0.2)).one([0.7, 0.3], 0)
    (True, True)
    """

    nominal: float
    least: tuple[float, ...]

    def members(self, probabilities: Numbers, places: Integers, named: Integers | None = None) -> Flags:
        """Which classes are in the set, (rows, classes).

        ``places`` (rows,) are of the likeliest classes, ``named`` of those that are predicted, where these are others.
        """
        least = np.array(self.least)
        found: Flags = (probabilities >= least) & (least < 1.0)
        for one in (places, places if named is None else named):
            found[np.arange(len(one)), one] = True
        return found

    def labels(
        self, probabilities: Numbers, places: Integers, classes: Sequence[str], named: Integers | None = None
    ) -> Objects:
        """The labels in each set as tuples in the order of ``classes``, (rows,); else as `members`."""
        members = np.packbits(self.members(probabilities, places, named), axis=1)
        # Sets are few and rows are many: each is written out once.
        distinct, which = np.unique(members, axis=0, return_inverse=True)
        told = np.empty(len(distinct), dtype=object)
        for at, bits in enumerate(np.unpackbits(distinct, axis=1, count=len(classes)).tolist()):
            told[at] = tuple(label for label, bit in zip(classes, bits, strict=True) if bit)
        found: Objects = told[which.reshape(-1)]
        return found

    def one(self, probabilities: Sequence[float], place: int, named: int | None = None) -> tuple[bool, ...]:
        """Which classes are in the set of one row: the same as among many."""
        pairs = zip(probabilities, self.least, strict=True)
        return tuple(at in (place, named) or chance >= least < 1.0 for at, (chance, least) in enumerate(pairs))

    def as_data(self) -> dict[str, Any]:
        """The rule as JSON holds it."""
        return {"kind": "set", "nominal": self.nominal, "least": list(self.least)}


Uncertainty = Spread | SetRule


def uncertainty_from_data(data: Any, classes: Sequence[str]) -> Uncertainty | None:
    """What `as_data` wrote, trusting none of it; None for None.

    Raises
    ------
    ValueError : it is nothing that we write, or does not fit the classes
    """
    if data is None:
        return None
    if not isinstance(data, Mapping):
        raise ValueError("its uncertainty is no object")
    if classes:
        _require(set(data) == {"kind", "nominal", "least"} and data["kind"] == "set", "is no rule of sets")
        least = _numbers(data["least"])
        _require(len(least) == len(classes), "does not fit its classes")
        _require(all(0 <= one <= 1 for one in least), "is no probability")
        return SetRule(_share(data["nominal"]), least)
    names = {"kind", "nominal", "cuts", "low", "high", "floor"}
    _require(set(data) == names and data["kind"] == "spread", "has no bounds of numbers")
    cuts, low, high = _numbers(data["cuts"]), _numbers(data["low"]), _numbers(data["high"])
    _require(len(low) == len(high) == len(cuts) + 1, "has another number of bounds than of bins")
    _require(all(one < other for one, other in pairwise(cuts)), "has bins that do not rise")
    _require(all(one <= 0 for one in low) and all(one >= 0 for one in high), "has bounds that leave a prediction out")
    _require(data["floor"] is None or _is_number(data["floor"]), "has a floor that is no number")
    return Spread(_share(data["nominal"]), cuts, low, high, None if data["floor"] is None else float(data["floor"]))


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        raise ValueError(f"its uncertainty {otherwise}")


def _share(value: Any) -> float:
    _require(_is_number(value) and 0 < value < 1, "states no share of rows")
    return float(value)


def _numbers(data: Any) -> tuple[float, ...]:
    _require(isinstance(data, list) and len(data) <= MOST_NUMBERS and all(map(_is_number, data)), "holds no numbers")
    return tuple(float(one) for one in data)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max
