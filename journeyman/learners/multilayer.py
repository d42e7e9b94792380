"""Small networks of fully connected layers, trained by gradients: several members at once, NumPy on one thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.plan.losses import Loss
from journeyman.table.columns import Integers

Floats = NDArray[np.float32]
#: Weights (members, inputs, outputs) and biases (members, 1, outputs), layer after layer.
Layers = list[Floats]

#: Adam's memory of slopes and of their squares.
SLOPES, SQUARES = 0.9, 0.95
#: The share of the steps in which the rate grows.
WARMING = 0.05
#: No epoch before this share of all is kept, whatever the stop rows say of it.
EARLIEST = 0.2
#: Absolute losses are rounded off below this share of the target's deviation, so that they have a slope.
ROUNDING = 0.1
#: Beyond this the exponential of a score is no rate that anybody counts.
FARTHEST = 15.0
#: Rows that are scored at once.
BLOCK = 4096


@dataclass(frozen=True, kw_only=True)
class Training:
    """How networks are trained.

    Parameters
    ----------
    hidden : units of each hidden layer
    epochs : how often every row is seen; the rate falls to 0 along half a cosine
    batch : rows a step
    rate, decay : the largest step, and by which share of it weights shrink
    dropout : the share of hidden units that is silent in a step
    """

    hidden: tuple[int, ...]
    epochs: int
    batch: int
    rate: float
    decay: float
    dropout: float
    seed: int


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What networks learn from: float32 inputs (rows, width), what scores are to come to (rows, outputs), weights."""

    inputs: Floats
    wanted: Floats
    weights: Floats


def train(
    rows: Rows, parts: Sequence[tuple[Integers, Integers]], loss: Loss, start: Floats, training: Training
) -> Layers:
    """Train one member for each part: rows to learn from, and rows that say which epoch was the best.

    A part without rows to judge by gives the last epoch. All parts are cut to the rows of the smallest, a new choice
    each epoch. The same seed gives the same weights on the same machine.

    Source: Adam with decoupled decay, Loshchilov and Hutter, ICLR 2019; second-moment memory 0.95 and the choice of the
    best epoch after Holzmüller et al., Better by default, NeurIPS 2024.
    """
    random = np.random.default_rng(np.random.PCG64(training.seed))
    layers = _begin(random, (rows.inputs.shape[1], *training.hidden, rows.wanted.shape[1]), len(parts), start)
    kept, best = [layer.copy() for layer in layers], np.full(len(parts), np.inf)
    fewest = min(len(learn) for learn, _ in parts)
    batch = min(training.batch, fewest)
    steps = fewest // batch
    adam = _Adam(layers, training, steps * training.epochs)
    for epoch in range(training.epochs):
        order = np.stack([random.permutation(learn)[: steps * batch] for learn, _ in parts])
        for step in range(steps):
            adam.step(
                _slopes(layers, rows, order[:, step * batch : (step + 1) * batch], loss, training.dropout, random)
            )
        if epoch < EARLIEST * training.epochs - 1:
            continue
        for member, (_, stop) in enumerate(parts):
            own = [layer[member] for layer in layers]
            judged = _judged(own, rows, stop, loss)
            # Without rows to judge by every epoch is as good, and the last is kept; one that ran away never is.
            is_sound = all(np.isfinite(layer).all() for layer in own)
            if is_sound and (judged < best[member] or not len(stop)):
                best[member] = judged
                for whole, part in zip(kept, own, strict=True):
                    whole[member] = part
    return kept


def scores(layers: Sequence[NDArray[Any]], inputs: NDArray[Any]) -> NDArray[Any]:
    """What one member's layers (each without the members' axis) make of some rows: (rows, outputs)."""
    numbers = inputs
    for place in range(0, len(layers), 2):
        numbers = numbers @ layers[place] + layers[place + 1]
        if place < len(layers) - 2:
            numbers = numbers * _gate(numbers)
    return numbers


def _gate(numbers: NDArray[Any]) -> NDArray[Any]:
    """The logistic function; its product with the number itself is the activation (SiLU)."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(numbers, -80.0, 80.0))))


def _begin(random: np.random.Generator, sizes: tuple[int, ...], members: int, start: Floats) -> Layers:
    layers: Layers = []
    for place, (inputs, outputs) in enumerate(pairwise(sizes)):
        is_last = place == len(sizes) - 2
        size = np.float32((0.1 if is_last else 1.5) / np.sqrt(inputs))
        layers.append(random.standard_normal((members, inputs, outputs), dtype=np.float32) * size)
        bias = np.zeros((members, 1, outputs), np.float32)
        # The first answer is the best constant one.
        layers.append(bias + start if is_last else bias)
    return layers


class _Adam:
    def __init__(self, layers: Layers, training: Training, steps: int) -> None:
        self.layers, self.training, self.steps, self.done = layers, training, steps, 0
        self.means = [np.zeros_like(layer) for layer in layers]
        self.squares = [np.zeros_like(layer) for layer in layers]

    def step(self, slopes: Layers) -> None:
        share = self.done / self.steps
        warm = min(1.0, (self.done + 1) / (WARMING * self.steps + 1))
        rate = self.training.rate * warm * 0.5 * (1 + np.cos(np.pi * share))
        self.done += 1
        length = np.float32(rate / (1 - SLOPES**self.done))
        root = np.float32(1 / np.sqrt(1 - SQUARES**self.done))
        kept = np.float32(1 - rate * self.training.decay)
        for place, slope in enumerate(slopes):
            mean, square, layer = self.means[place], self.squares[place], self.layers[place]
            mean += np.float32(1 - SLOPES) * (slope - mean)
            np.multiply(slope, slope, out=slope)
            square += np.float32(1 - SQUARES) * (slope - square)
            np.sqrt(square, out=slope)
            slope *= root
            slope += np.float32(1e-8)
            if place % 2 == 0:
                layer *= kept
            layer -= length * mean / slope


def _slopes(
    layers: Layers, rows: Rows, chosen: Integers, loss: Loss, dropout: float, random: np.random.Generator
) -> Layers:
    """The slope of the mean loss of each member's rows, (members, batch), by every weight and bias."""
    numbers = rows.inputs[chosen]
    entered, bends = [], []
    for place in range(0, len(layers), 2):
        entered.append(numbers)
        numbers = numbers @ layers[place] + layers[place + 1]
        if place == len(layers) - 2:
            break
        gate = _gate(numbers)
        active = numbers * gate
        bend = gate + active * (1 - gate)
        if dropout:
            speaks = random.integers(0, 256, active.shape, dtype=np.uint8) >= int(256 * dropout)
            heard = speaks * np.float32(1 / (1 - int(256 * dropout) / 256))
            active *= heard
            bend *= heard
        numbers = active
        bends.append(bend)
    slope = _slope(numbers, rows.wanted[chosen], loss)
    slope *= rows.weights[chosen][..., None] / chosen.shape[1]
    found: Layers = []
    for place in range(len(layers) - 2, -1, -2):
        found += [slope.sum(axis=1, keepdims=True), entered[place // 2].transpose(0, 2, 1) @ slope]
        if place:
            slope = (slope @ layers[place].transpose(0, 2, 1)) * bends[place // 2 - 1]
    return found[::-1]


def _slope(score: Floats, wanted: Floats, loss: Loss) -> Floats:
    if loss == "squared":
        return score - wanted
    if loss == "absolute":
        gap = score - wanted
        return np.asarray(gap / np.sqrt(gap * gap + np.float32(ROUNDING**2)), np.float32)
    if loss == "poisson":
        return np.asarray(np.exp(np.minimum(score, FARTHEST)) - wanted, np.float32)
    if score.shape[-1] == 1:
        return np.asarray(_gate(score) - wanted, np.float32)
    powers = np.exp(score - score.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True) - wanted, np.float32)


def _judged(layers: Layers, rows: Rows, stop: Integers, loss: Loss) -> float:
    total = 0.0
    for begin in range(0, len(stop), BLOCK):
        some = stop[begin : begin + BLOCK]
        total += float(rows.weights[some] @ _losses(scores(layers, rows.inputs[some]), rows.wanted[some], loss))
    return total


def _losses(score: NDArray[Any], wanted: Floats, loss: Loss) -> NDArray[Any]:
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
