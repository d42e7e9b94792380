"""Fully connected layers of several networks at once: their scores, and the slopes of their losses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.learners.descent import Floats
from journeyman.plan.losses import Loss

#: Weights (members, inputs, outputs) and biases (members, 1, outputs), layer after layer.
Layers = list[Floats]

#: Absolute losses are rounded off below this share of the target's deviation, so that they have a slope.
ROUNDING = 0.1
#: Beyond this the exponential of a score is no rate that anybody counts.
FARTHEST = 15.0


def scores(layers: Sequence[NDArray[Any]], inputs: NDArray[Any]) -> NDArray[Any]:
    """What one member's layers (each without the members' axis) make of some rows: (rows, outputs)."""
    numbers = inputs
    for place in range(0, len(layers), 2):
        numbers = numbers @ layers[place] + layers[place + 1]
        if place < len(layers) - 2:
            numbers *= gate(numbers)
    return numbers


def gate(numbers: NDArray[Any]) -> NDArray[Any]:
    """The logistic function; its product with the number itself is the activation (SiLU)."""
    found: NDArray[Any] = np.multiply(numbers, 0.5)
    np.tanh(found, out=found)
    found *= 0.5
    found += 0.5
    return found


class Slopes:
    """The slopes of the mean loss of each member's rows by every weight and bias, in memory that is used again.

    Parameters
    ----------
    layers : whose slopes; they may change from call to call, their shapes may not
    batch : rows of each member in a call
    dropout : the share of hidden units that is silent in a call
    """

    def __init__(self, layers: Layers, batch: int, dropout: float, random: np.random.Generator) -> None:
        self.layers, self.random = layers, random
        self.silent = round(256 * dropout)
        hidden = [(len(weights), batch, weights.shape[2]) for weights in layers[:-2:2]]
        self.active, self.bends, self.returned = ([np.empty(shape, np.float32) for shape in hidden] for _ in range(3))
        self.pool = np.ones(4 * max((one.size for one in self.active), default=0), np.float32)

    def shuffle(self) -> None:
        """Draw anew which units are silent when; calls take stretches of what is drawn."""
        if self.silent:
            speaks = self.random.integers(0, 256, len(self.pool), dtype=np.uint8) >= self.silent
            np.multiply(speaks, np.float32(256 / (256 - self.silent)), out=self.pool)

    def find(self, inputs: Floats, wanted: Floats, weights: Floats, loss: Loss, into: Layers) -> None:
        """Write the slopes into arrays of the layers' shapes.

        Parameters
        ----------
        inputs, wanted : (members, batch, inputs), (members, batch, outputs)
        weights : (members, batch)
        """
        entered = [inputs]
        for active, bend, spare, place in zip(
            self.active, self.bends, self.returned, range(0, len(self.layers), 2), strict=False
        ):
            np.matmul(entered[-1], self.layers[place], out=active)
            active += self.layers[place + 1]
            _activate(active, bend, spare)
            if self.silent:
                begin = int(self.random.integers(0, len(self.pool) - active.size + 1))
                speaks = self.pool[begin : begin + active.size].reshape(active.shape)
                active *= speaks
                bend *= speaks
            entered.append(active)
        slope = slope_of(entered[-1] @ self.layers[-2] + self.layers[-1], wanted, loss)
        slope *= weights[..., None] / np.float32(weights.shape[1])
        for place in range(len(self.layers) - 2, -1, -2):
            np.sum(slope, axis=1, keepdims=True, out=into[place + 1])
            np.matmul(entered[place // 2].transpose(0, 2, 1), slope, out=into[place])
            if place:
                back = self.returned[place // 2 - 1]
                np.matmul(slope, self.layers[place].transpose(0, 2, 1), out=back)
                back *= self.bends[place // 2 - 1]
                slope = back


def _activate(numbers: Floats, bend: Floats, spare: Floats) -> None:
    """Numbers become SiLU of themselves, in place; ``bend`` becomes its slope."""
    np.multiply(numbers, np.float32(0.5), out=bend)
    np.tanh(bend, out=bend)
    bend *= np.float32(0.5)
    bend += np.float32(0.5)
    numbers *= bend
    np.subtract(np.float32(1.0), numbers, out=spare)
    bend *= spare
    bend += numbers


def slope_of(score: Floats, wanted: Floats, loss: Loss) -> Floats:
    """The slope of each row's loss by its scores, in the shape of the scores."""
    if loss == "squared":
        return np.asarray(score - wanted)
    if loss == "absolute":
        gap = score - wanted
        return np.asarray(gap / np.sqrt(gap * gap + np.float32(ROUNDING**2)), np.float32)
    if loss == "poisson":
        return np.asarray(np.exp(np.minimum(score, FARTHEST)) - wanted, np.float32)
    if score.shape[-1] == 1:
        return np.asarray(gate(score) - wanted, np.float32)
    powers = np.exp(score - score.max(axis=-1, keepdims=True))
    powers /= powers.sum(axis=-1, keepdims=True)
    return np.asarray(powers - wanted, np.float32)


def losses_of(score: NDArray[Any], wanted: Floats, loss: Loss) -> NDArray[Any]:
    """The loss of each row, (rows,), of scores (rows, outputs)."""
    if loss == "logistic" and score.shape[1] > 1:
        less = score - score.max(axis=1, keepdims=True)
        return np.asarray(np.log(np.exp(less).sum(axis=1)) - (less * wanted).sum(axis=1))
    score, wanted = score[:, 0], wanted[:, 0]
    if loss == "logistic":
        return np.asarray(np.logaddexp(0.0, score) - score * wanted)
    if loss == "poisson":
        held = np.minimum(score, FARTHEST)
        return np.asarray(np.exp(held) - held * wanted)
    return np.abs(score - wanted) if loss == "absolute" else (score - wanted) ** 2
