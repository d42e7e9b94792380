"""Small networks of fully connected layers, trained by gradients: several members at once, NumPy on one thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from journeyman.learners.descent import Descent, Floats
from journeyman.learners.layers import Layers, Slopes, losses_of, scores
from journeyman.plan.losses import Loss
from journeyman.table.columns import Integers

#: How many times the rate the size of an input moves with.
INPUT_SPEED = 12.0
#: The share of an epoch in which the rate grows at first.
WARMING = 0.5
#: A round of epochs must lower the stop rows' loss by this share, or it was the last.
LEAST_GAIN = 0.002
#: But not before so many steps: what is smooth and has few rows shows nothing of it at first.
LEAST_STEPS = 100
#: Rows that are scored at once.
BLOCK = 4096


@dataclass(frozen=True, kw_only=True)
class Training:
    """How networks are trained.

    Parameters
    ----------
    hidden : units of each hidden layer
    rounds : how often the rate falls to 0 along half a cosine and begins anew; each round has twice the epochs of the
        one before it, the first has one
    batch : rows a step
    rate, decay : the largest step, and by which share of it weights shrink
    dropout : the share of hidden units that is silent in a step
    """

    hidden: tuple[int, ...]
    rounds: int
    batch: int
    rate: float
    decay: float
    dropout: float
    seed: int

    @property
    def epochs(self) -> int:
        """How often every row is seen at most."""
        return int(2**self.rounds - 1)


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

    When a round of epochs brings the members nothing together, no further one begins: targets full of noise are learnt
    in a few epochs, and smooth ones take many. A part without rows to judge by gives the last epoch of all rounds. All
    parts are cut to the rows of the smallest, a new choice each epoch. The same seed gives the same weights on the same
    machine.

    Source: rates that fall again and again, Loshchilov and Hutter, ICLR 2017; a size for each input that learns faster,
    and the choice of the best epoch, after Holzmüller et al., Better by default, NeurIPS 2024.
    """
    random = np.random.default_rng(np.random.PCG64(training.seed))
    members = _Members(random, rows, len(parts), start, training)
    kept, best = [layer.copy() for layer in members.layers], np.full(len(parts), np.inf)
    fewest = min(len(learn) for learn, _ in parts)
    batch = min(training.batch, fewest)
    steps = fewest // batch
    slopes = Slopes(members.layers, batch, training.dropout, random)
    lowest = before = np.inf
    for length in (2**one for one in range(training.rounds)):
        for epoch in range(length):
            order = np.stack([random.permutation(learn)[: steps * batch] for learn, _ in parts])
            slopes.shuffle()
            for step in range(steps):
                chosen = order[:, step * batch : (step + 1) * batch]
                slopes.find(rows.inputs[chosen], rows.wanted[chosen], rows.weights[chosen], loss, members.slopes)
                members.step((epoch + step / steps) / length, steps)
            judgements = [0.0] * len(parts)
            for member, (_, stop) in enumerate(parts):
                own = [layer[member] for layer in members.layers]
                judgements[member] = judged = _judged(own, rows, stop, loss)
                # Without rows to judge by every epoch is as good, and the last is kept; one that ran away never is.
                is_sound = all(np.isfinite(layer).all() for layer in own)
                if is_sound and (judged < best[member] or not len(stop)):
                    best[member] = judged
                    for whole, part in zip(kept, own, strict=True):
                        whole[member] = part
            lowest = min(lowest, sum(judgements))
        # Members' own best epochs differ by chance; that none of them may be the best for all says more.
        is_judged = members.done >= LEAST_STEPS and all(len(stop) for _, stop in parts)
        if is_judged and not lowest < before * (1 - LEAST_GAIN):
            break
        before = lowest
    return kept


class _Members:
    """Networks in training. What they see of an input is its size times its weights; only the product is kept."""

    def __init__(self, random: np.random.Generator, rows: Rows, count: int, start: Floats, training: Training) -> None:
        inputs = rows.inputs.shape[1]
        own = _begin(random, (inputs, *training.hidden, rows.wanted.shape[1]), count, start)
        arrays = [np.ones((count, inputs, 1), np.float32), *own]
        self.training, self.done = training, 0
        self.descent = Descent(
            arrays,
            speeds=[INPUT_SPEED] + [1.0] * len(own),
            shrinks=[False] + [place % 2 == 0 for place in range(len(own))],
            decay=training.decay,
        )
        self.layers = [self.descent.values[1].copy(), *self.descent.values[2:]]
        self.slopes = [np.empty_like(self.layers[0]), *self.descent.slopes[2:]]

    def step(self, share: float, steps: int) -> None:
        """One step, ``share`` of its round being through; ``steps`` make an epoch."""
        (size, weights, *_), (by_size, by_weight, *_) = self.descent.values, self.descent.slopes
        np.multiply(self.slopes[0], size, out=by_weight)
        self.slopes[0] *= weights
        np.sum(self.slopes[0], axis=2, keepdims=True, out=by_size)
        self.done += 1
        warm = min(1.0, self.done / (WARMING * steps + 1))
        self.descent.step(float(self.training.rate * warm * 0.5 * (1 + np.cos(np.pi * share))))
        np.multiply(weights, size, out=self.layers[0])


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


def _judged(layers: Layers, rows: Rows, stop: Integers, loss: Loss) -> float:
    total = 0.0
    for begin in range(0, len(stop), BLOCK):
        some = stop[begin : begin + BLOCK]
        total += float(rows.weights[some] @ losses_of(scores(layers, rows.inputs[some]), rows.wanted[some], loss))
    return total
