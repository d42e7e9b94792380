"""Losses of linear scores as a solver needs them: their sum, its slope, how it bends, and where to start."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from journeyman.plan.losses import FARTHEST, Loss
from journeyman.table.columns import Numbers

#: Absolute losses are rounded off below this share of the target's middle deviation, so that they have a slope.
ROUNDING = 0.1


class SmoothLoss(ABC):
    """The weighted loss of all rows together, as a function of their scores.

    Parameters
    ----------
    wanted : (rows, outputs) what scores are to come to; for many classes 1 in the column of its class
    weights : (rows,) of mean 1

    Attributes
    ----------
    start : (outputs,) about the best score that is the same for all rows
    curvature : the second derivative of a typical row's loss; a solver's first guess of how long its steps are
    """

    start: Numbers
    curvature: float

    def __init__(self, wanted: Numbers, weights: Numbers) -> None:
        self.wanted, self.weigh = wanted, weights[:, None]
        self.mean = (self.weigh * wanted).sum(axis=0) / max(float(weights.sum()), 1e-300)

    @abstractmethod
    def at(self, score: Numbers) -> tuple[float, Numbers]:
        """The sum of losses, and its slope by each score, (rows, outputs)."""

    @abstractmethod
    def bend(self, score: Numbers) -> Numbers:
        """Second derivatives by the scores of each row, (rows, outputs, outputs)."""


class Squared(SmoothLoss):
    """Half the squared gap."""

    def __init__(self, wanted: Numbers, weights: Numbers) -> None:
        super().__init__(wanted, weights)
        self.start, self.curvature = self.mean, 1.0

    def at(self, score: Numbers) -> tuple[float, Numbers]:
        """The gap."""
        gap = score - self.wanted
        return 0.5 * float((self.weigh * gap * gap).sum()), self.weigh * gap

    def bend(self, score: Numbers) -> Numbers:
        """The same everywhere."""
        return np.broadcast_to(self.weigh, score.shape)[:, :, None]


class Absolute(SmoothLoss):
    """The absolute gap, rounded off near 0."""

    def __init__(self, wanted: Numbers, weights: Numbers) -> None:
        super().__init__(wanted, weights)
        self.start = np.median(wanted, axis=0)
        off = np.abs(wanted - self.start)
        self.rounding = max(float(np.median(off)), float(off.mean()) / 10, 1e-300) * ROUNDING
        self.curvature = 0.1 / self.rounding

    def at(self, score: Numbers) -> tuple[float, Numbers]:
        """The sign of the gap, less than 1 near 0."""
        gap = score - self.wanted
        far = np.sqrt(gap * gap + self.rounding * self.rounding)
        return float((self.weigh * far).sum()), self.weigh * gap / far

    def bend(self, score: Numbers) -> Numbers:
        """Only near 0."""
        gap = score - self.wanted
        far = np.sqrt(gap * gap + self.rounding * self.rounding)
        return np.asarray(self.weigh * self.rounding**2 / far**3)[:, :, None]


class Poisson(SmoothLoss):
    """Of counts, whose rate is the exponential of the score."""

    def __init__(self, wanted: Numbers, weights: Numbers) -> None:
        super().__init__(wanted, weights)
        mean = np.maximum(self.mean, 1e-9)
        self.start, self.curvature = np.log(mean), float(mean[0])

    def at(self, score: Numbers) -> tuple[float, Numbers]:
        """By the rate that is too high."""
        held = np.minimum(score, FARTHEST)
        rate = np.exp(held)
        return float((self.weigh * (rate - self.wanted * held)).sum()), self.weigh * (rate - self.wanted)

    def bend(self, score: Numbers) -> Numbers:
        """The rate."""
        return (self.weigh * np.exp(np.minimum(score, FARTHEST)))[:, :, None]


class Logistic(SmoothLoss):
    """Of two classes, by the score of the second."""

    def __init__(self, wanted: Numbers, weights: Numbers) -> None:
        super().__init__(wanted, weights)
        share = np.clip(self.mean, 1e-6, 1 - 1e-6)
        self.start, self.curvature = np.log(share / (1 - share)), float(share[0] * (1 - share[0]))

    def at(self, score: Numbers) -> tuple[float, Numbers]:
        """By the probability that is too high."""
        value = float((self.weigh * (np.logaddexp(0.0, score) - self.wanted * score)).sum())
        return value, self.weigh * (0.5 * (1.0 + np.tanh(0.5 * score)) - self.wanted)

    def bend(self, score: Numbers) -> Numbers:
        """Most where both classes are as likely."""
        share = 0.5 * (1.0 + np.tanh(0.5 * score))
        return (self.weigh * share * (1.0 - share))[:, :, None]


class Softmax(SmoothLoss):
    """Of many classes, by a score for each."""

    def __init__(self, wanted: Numbers, weights: Numbers) -> None:
        super().__init__(wanted, weights)
        shares = np.clip(self.mean, 1e-6, 1 - 1e-6)
        self.start, self.curvature = np.log(shares), float((shares * (1 - shares)).mean())

    def at(self, score: Numbers) -> tuple[float, Numbers]:
        """By the probabilities that are too high."""
        less = score - score.max(axis=1, keepdims=True)
        powers = np.exp(less)
        total = powers.sum(axis=1, keepdims=True)
        value = float((self.weigh * (np.log(total) - (self.wanted * less).sum(axis=1, keepdims=True))).sum())
        return value, self.weigh * (powers / total - self.wanted)

    def bend(self, score: Numbers) -> Numbers:
        """Of a score most at one half; of two scores together, below 0."""
        powers = np.exp(score - score.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        bent = -shares[:, :, None] * shares[:, None, :]
        places = np.arange(shares.shape[1])
        bent[:, places, places] += shares
        return np.asarray(self.weigh[:, :, None] * bent)


def smooth_loss(loss: Loss, wanted: Numbers, weights: Numbers) -> SmoothLoss:
    """The loss of that name; ``logistic`` is of two classes or of many, by the columns of ``wanted``."""
    if loss == "logistic":
        return Logistic(wanted, weights) if wanted.shape[1] == 1 else Softmax(wanted, weights)
    kinds: dict[Loss, type[Squared | Absolute | Poisson]]
    kinds = {"squared": Squared, "absolute": Absolute, "poisson": Poisson}
    return kinds[loss](wanted, weights)
