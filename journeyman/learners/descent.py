"""Descent along slopes: Adam over one vector in which all arrays lie, so that a step is a few passes over memory."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: Adam's memory of slopes and of their squares.
SLOPES, SQUARES = 0.9, 0.95
#: What keeps the first steps from dividing by 0.
LEAST = 1e-8


class Descent:
    """Arrays that go down along their slopes.

    `values` are the arrays and `slopes` where whoever drives it writes their slopes before each `step`: views of one
    vector each, in the order and the shapes of ``begin``.

    Source: Adam with decoupled decay, Loshchilov and Hutter, ICLR 2019; second-moment memory 0.95 after Holzmüller et
    al., Better by default, NeurIPS 2024.

    Parameters
    ----------
    begin : the arrays to begin with; they are copied
    speeds : how many times the rate each array moves with
    shrinks : whether each array is drawn to 0
    decay : by which share of the rate those arrays shrink in a step
    """

    def __init__(
        self, begin: Sequence[Floats], *, speeds: Sequence[float], shrinks: Sequence[bool], decay: float
    ) -> None:
        size = sum(array.size for array in begin)
        self._flat, self._mean, self._square = (np.zeros(size, np.float32) for _ in range(3))
        self._slope = np.zeros(size, np.float32)
        self.values = _views(self._flat, begin)
        self.slopes = _views(self._slope, begin)
        for value, first in zip(self.values, begin, strict=True):
            value[...] = first
        self._hurried = [
            (slope, np.float32(speed)) for slope, speed in zip(self.slopes, speeds, strict=True) if speed != 1.0
        ]
        self._shrunk = [value for value, shrink in zip(self.values, shrinks, strict=True) if shrink and decay]
        self._decay, self._done = decay, 0

    def step(self, rate: float) -> None:
        """One step of length ``rate``; the slopes are used up."""
        mean, square, slope = self._mean, self._square, self._slope
        self._done += 1
        # Sums instead of means, brought to size by one factor at the end: two passes less.
        mean *= np.float32(SLOPES)
        mean += slope
        np.multiply(slope, slope, out=slope)
        square *= np.float32(SQUARES)
        square += slope
        root = ((1 - SQUARES) / (1 - SQUARES**self._done)) ** 0.5
        np.sqrt(square, out=slope)
        slope += np.float32(LEAST / root)
        np.divide(mean, slope, out=slope)
        slope *= np.float32(rate * (1 - SLOPES) / (1 - SLOPES**self._done) / root)
        for part, speed in self._hurried:
            part *= speed
        for value in self._shrunk:
            value *= np.float32(1 - rate * self._decay)
        self._flat -= slope


def _views(flat: Floats, arrays: Sequence[Floats]) -> list[Floats]:
    ends = np.cumsum([array.size for array in arrays])
    return [flat[end - array.size : end].reshape(array.shape) for end, array in zip(ends.tolist(), arrays, strict=True)]
