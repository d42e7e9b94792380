"""Which class an answer names: the likeliest, or, where a metric is better served, another rule over the chances."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.table.columns import Integers, Numbers


@dataclass(frozen=True)
class LabelRule:
    """The class with the largest ``scale * chance - shift`` is named: of equal ones the second of two, else the first.

    Parameters
    ----------
    scale, shift : one number a class, in the order of the classes

    >>> LabelRule.from_chance(0.2).one([0.75, 0.25])
    1
    """

    scale: tuple[float, ...]
    shift: tuple[float, ...]

    @classmethod
    def from_chance(cls, least: float) -> LabelRule:
        """Of two classes: the positive one is named from this probability on."""
        return cls((0.0, 1.0), (0.0, least))

    @property
    def least_chance(self) -> float:
        """Of two classes, from which probability on the positive one is named; NaN of more."""
        if len(self.scale) > 2:
            return math.nan
        # scale1·p − shift1 ≥ scale0·(1 − p) − shift0
        return (self.scale[0] - self.shift[0] + self.shift[1]) / (self.scale[0] + self.scale[1])

    def named(self, chances: Numbers) -> Integers:
        """The places, (rows,), of the classes that chances (rows, classes) name; any where a chance is missing."""
        worth = chances * np.array(self.scale) - np.array(self.shift)
        if len(self.scale) == 2:
            return np.asarray(worth[:, 1] >= worth[:, 0], np.int64)
        return np.asarray(worth.argmax(axis=1), np.int64)

    def one(self, chances: Sequence[float]) -> int:
        """The same of one row."""
        worth = [scale * chance - shift for chance, scale, shift in zip(chances, self.scale, self.shift, strict=True)]
        return int(worth[1] >= worth[0]) if len(worth) == 2 else worth.index(max(worth))

    def as_data(self) -> dict[str, Any]:
        """The rule as JSON holds it."""
        return {"scale": list(self.scale), "shift": list(self.shift)}


def label_rule_from_data(data: Any, classes: int) -> LabelRule | None:
    """What `LabelRule.as_data` wrote, trusting none of it; None for None.

    Raises
    ------
    ValueError : it is nothing that we write, or does not fit so many classes
    """
    if data is None:
        return None
    if not isinstance(data, Mapping) or set(data) != {"scale", "shift"}:
        raise ValueError("its rule of labels is not one that we write")
    for values in data.values():
        if not isinstance(values, list) or len(values) != classes or not all(map(_is_number, values)):
            raise ValueError("its rule of labels does not hold a number for each class")
    # A class with a scale of 0 or less would be named for being improbable.
    if not all(one >= 0 for one in data["scale"]) or not any(data["scale"]):
        raise ValueError("its rule of labels names what is improbable")
    return LabelRule(tuple(map(float, data["scale"])), tuple(map(float, data["shift"])))


def labels(answer: Numbers, rule: LabelRule | None = None) -> Integers:
    """The class that an answer (rows, outputs) names, (rows,): by a rule, or the likeliest.

    ``answer`` holds the positive class's probability, or one probability a class.
    """
    if rule is not None:
        return rule.named(chances_of(answer))
    if answer.shape[1] == 1:
        return (answer[:, 0] >= 0.5).astype(np.int64)
    likeliest: Integers = answer.argmax(axis=1).astype(np.int64)
    return likeliest


def chances_of(answer: Numbers) -> Numbers:
    """Probabilities (rows, classes) from an answer (rows, outputs)."""
    return np.column_stack([1.0 - answer[:, 0], answer[:, 0]]) if answer.shape[1] == 1 else answer


def certain(places: Integers, outputs: int) -> Numbers:
    """Answers (rows, outputs) that are sure of the classes named."""
    if outputs == 1:
        return places[:, None].astype(np.float64)
    return np.eye(outputs)[places]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max
