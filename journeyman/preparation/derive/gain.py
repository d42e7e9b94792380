"""How much of the rest a feature would explain, judged in each part of the rows by what the other parts taught."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from journeyman.plan.step import Array
from journeyman.preparation.derive.rest import Rest
from journeyman.preparation.encode.additive_effects import in_common
from journeyman.table.columns import Integers, Numbers

#: Bins of a made number, with so many rows each where that makes neither more nor fewer of them; and the rows that
#: their edges are learnt from at most.
_MOST_BINS, _FEWEST_BINS, _ROWS_IN_BIN, _ROWS_FOR_EDGES = 32, 8, 200, 1_000
#: How many rows without any effect count towards each bin, at least.
_DRAWN = 10.0
#: So much of a feature must be new beside the chosen ones.
_NEW = 0.2


class Gain(NamedTuple):
    """What a feature would bring of each output, (outputs,) each: the fall of the loss, and its standard error."""

    value: Numbers
    error: Numbers

    def surely(self, errors: float) -> float:
        """The fall summed over outputs, less so many standard errors."""
        return float(self.value.sum() - errors * np.sqrt((self.error**2).sum()))

    def only(self, output: int) -> Gain:
        """The same of one output."""
        here = np.arange(len(self.value)) == output
        return Gain(self.value * here, self.error * here)


class Judge:
    """Judges features given as bins, on rows in several parts, (rows,) from 0."""

    def __init__(self, rest: Rest, parts: Integers) -> None:
        self.curvature = rest.curvature
        self.parts = parts
        self._count = int(parts.max(initial=0)) + 1
        total = np.maximum(rest.curvature.sum(axis=0), 1e-300)
        self.slope = rest.slope - rest.curvature * (rest.slope.sum(axis=0) / total)
        self._noise = (self.slope**2).sum(axis=0) / total
        self._drawn = _DRAWN * rest.curvature.mean(axis=0)

    def gain(self, bins: Integers, size: int) -> Gain:
        """The gain of a step in each bin; ``bins`` (rows,) in ``range(size)``."""
        outputs = self.slope.shape[1]
        value, error = np.empty(outputs), np.empty(outputs)
        for output in range(outputs):
            step = self._steps(bins, size, output)
            brought = step * (self.slope[:, output] - 0.5 * step * self.curvature[:, output])
            value[output] = brought.sum()
            error[output] = brought.std() * np.sqrt(len(brought))
        return Gain(value, error)

    def loss(self) -> float:
        """What there is to explain: what the best step of each row alone would bring, roughly."""
        bend = np.maximum(self.curvature.mean(axis=0), 1e-300)
        return float((0.5 * self.slope**2 / bend).sum())

    def pursuit(self, features: Sequence[tuple[Integers, int, int | None]]) -> Pursuit:
        """Features, as bins, their number, and the only output that they are for, to be chosen together."""
        root = np.sqrt(self.curvature) + 1e-150
        moved = np.zeros((len(features), *self.slope.shape), np.float32)
        for place, (bins, size, only) in enumerate(features):
            for output in range(self.slope.shape[1]) if only is None else (only,):
                moved[place, :, output] = self._steps(bins, size, output) * root[:, output]
        return Pursuit((self.slope / root).astype(np.float32).ravel(), moved.reshape(len(features), self.slope.size))

    def _steps(self, bins: Integers, size: int, output: int) -> Numbers:
        """What the other parts teach of each row's bin, (rows,)."""
        own = bins + size * self.parts
        slope, curvature = self.slope[:, output], self.curvature[:, output]
        down, bend, down_alone, bend_alone = (
            self._of_others(own, one, size) for one in (slope, curvature, slope**2, curvature**2)
        )
        # Bins differ by chance, too: what the rows of a bin have in common beyond it, which products of two different
        # rows tell, says how far its step is to be believed. No one row weighs in it, however unlikely it was.
        common, pairs = in_common(down, bend, down_alone, bend_alone)
        drawn = self._noise[output] * pairs / np.maximum(common, 1e-300)
        steps = down / (bend + np.maximum(drawn, self._drawn[output])[:, None] + 1e-300)
        return np.asarray(np.where(common[:, None] > 0, steps, 0.0).ravel()[own])

    def _of_others(self, own: Integers, rows: Numbers, size: int) -> Numbers:
        """Sums over each bin's rows in the other parts, (parts, size)."""
        found = np.bincount(own, rows, self._count * size).reshape(self._count, size)
        return np.asarray(found.sum(axis=0) - found)


class Pursuit:
    """Takes one feature after another, always the one that explains most of what those before it leave.

    What features explain is put together by least squares with one factor each. So what two of them share counts once,
    and no part of the rows is judged by what it taught itself.

    Source of the method: Pati, Rezaiifar and Krishnaprasad, orthogonal matching pursuit, 1993.
    """

    def __init__(self, wanted: Array, moved: Array) -> None:
        self._wanted = wanted
        self._moved = moved
        self._whole = np.einsum("ij,ij->i", moved, moved).astype(np.float64)
        self._left = np.ones(len(moved), bool)

    def take(self, errors: float, least: float) -> int | None:
        """The next feature, or None where none explains more than ``least``, for sure by so many standard errors."""
        along = (self._moved @ self._wanted).astype(np.float64)
        length = np.einsum("ij,ij->i", self._moved, self._moved).astype(np.float64)
        # What is left of a feature that the chosen ones span already is noise.
        usable = self._left & (along > 0) & (length > _NEW * self._whole)
        brought = np.where(usable, 0.5 * along**2 / np.maximum(length, 1e-300), 0.0)
        for place in np.argsort(-brought, kind="stable").tolist():
            if brought[place] <= least:
                return None
            parts = self._moved[place] * self._wanted
            if along[place] > errors * float(parts.std()) * np.sqrt(len(parts)):
                self._take_off(place, along[place] / length[place], length[place])
                return int(place)
        return None

    def _take_off(self, place: int, factor: float, length: float) -> None:
        self._left[place] = False
        chosen = self._moved[place].copy()
        self._wanted = self._wanted - np.float32(factor) * chosen
        self._moved -= np.outer((self._moved @ chosen) / np.float32(length), chosen)


def binned(numbers: Numbers) -> tuple[Integers, int]:
    """A number in bins of like many rows, missing in one of its own."""
    step = -(-len(numbers) // _ROWS_FOR_EDGES) or 1
    some = numbers[::step]
    some = some[~np.isnan(some)]
    bins = min(max(len(numbers) // _ROWS_IN_BIN, _FEWEST_BINS), _MOST_BINS)
    edges = np.unique(np.quantile(some, np.arange(1, bins) / bins, method="inverted_cdf")) if len(some) else some
    found = np.searchsorted(edges, numbers, side="right")
    return np.where(np.isnan(numbers), len(edges) + 1, found), len(edges) + 2
