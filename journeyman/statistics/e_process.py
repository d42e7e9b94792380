"""Tests that may be looked at any time: wealth of bets against "on average no more than this", rows without end.

Each row's loss lies between 0 and 1. Whoever holds that its mean, given all that came before, is at most a limit must
let us bet at fair odds that it is more. Wealth that grows beyond 1 / alpha then comes about in at most a share alpha of
all streams that keep the limit, however often one looks and whenever one stops (Ville 1939; Waudby-Smith and Ramdas
2024, Journal of the Royal Statistical Society B 86, "Estimating means of bounded random variables by betting").

Bets of several sizes are held side by side, so that small and large excesses both are found. And the test is begun anew
with every batch, each time with a smaller share of the wealth: a long healthy time costs little of the power to see a
change after it (mixtures of e-processes over the time of change: Shin, Ramdas and Rinaldo 2024). Within a batch the
order of rows does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.table.columns import Numbers

#: Shares of the wealth that are put at stake on each row.
STAKES = np.array([0.02, 0.05, 0.1, 0.2, 0.4, 0.8])
#: Of all wealth a part that falls as this power of the batch's number is kept for a change at that batch.
_FADING = 1.25
#: The sum of that power over all batches (Riemann's zeta): so the parts come to 1.
_WHOLE = 4.5951118258
#: Wealth beyond this says no more, and has to be written down.
_MOST = 600.0


@dataclass(frozen=True)
class Wealth:
    """What bets on several streams have come to.

    Parameters
    ----------
    begun : (streams, stakes) logarithm of the wealth that is at stake since some batch; −inf before the first
    batches : how many batches were seen
    """

    begun: Numbers
    batches: int = 0

    @classmethod
    def of(cls, streams: int) -> Wealth:
        """Before the first batch."""
        return cls(np.full((streams, len(STAKES)), -np.inf))

    def after(self, growth: Numbers) -> Wealth:
        """The wealth after one more batch; ``growth`` (streams, stakes) as `growth_of` and `growth_of_counts` say."""
        fresh = np.log(share_for(self.batches + 1))
        begun = np.minimum(np.logaddexp(self.begun, fresh) + growth, _MOST)
        return replace(self, begun=begun, batches=self.batches + 1)

    def values(self) -> Numbers:
        """The e-value of each stream, (streams,): the wealth of a single coin put on it before the first batch."""
        return np.asarray(np.exp(self.begun).mean(axis=1) + self.kept)

    @property
    def kept(self) -> float:
        """The part of the coin that waits for later changes."""
        begun = np.arange(1, self.batches + 1, dtype=np.float64) ** -_FADING
        return max(0.0, 1.0 - float(begun.sum()) / _WHOLE)

    def together(self, weights: Numbers) -> float:
        """One e-value of all streams: ``weights`` (streams,) say how the coin is put on them."""
        return float(weights @ self.values() / weights.sum()) if len(weights) else 1.0

    def as_data(self) -> dict[str, Any]:
        """The wealth as JSON; what is not begun is null."""
        return {
            "batches": self.batches,
            "begun": [[float(one) if np.isfinite(one) else None for one in row] for row in self.begun],
        }

    @classmethod
    def from_data(cls, data: Any, streams: int) -> Wealth:
        """What `as_data` wrote.

        Raises
        ------
        ValueError : it is not that, or of another number of streams
        """
        rows, batches = data["begun"], data["batches"]
        if type(batches) is not int or batches < 0 or len(rows) != streams:
            raise ValueError("it is no wealth of these streams")
        begun = np.array([[-np.inf if one is None else float(one) for one in row] for row in rows])
        if begun.shape != (streams, len(STAKES)) and streams:
            raise ValueError("it is no wealth of these streams")
        return cls(begun.reshape(streams, len(STAKES)), batches)


def share_for(batch: int) -> float:
    """The part of all wealth that is kept for a change at a batch, counted from 1.

    >>> round(sum(share_for(one) for one in range(1, 200_000)), 2)
    0.96
    """
    return float(batch**-_FADING / _WHOLE)


def growth_of(losses: Numbers, limit: float) -> Numbers:
    """By how much rows let the logarithm of each stake's wealth grow, (stakes,).

    Parameters
    ----------
    losses : (rows,) between 0 and 1; no rows change nothing
    limit : above 0: what their mean is held to be at most
    """
    return np.asarray(np.log1p(STAKES * (losses[:, None] / limit - 1.0)).sum(axis=0))


def growth_of_counts(hits: Numbers, rows: int, limits: Numbers) -> Numbers:
    """The same for shares of rows, of many streams at once, (streams, stakes): ``hits`` of ``rows`` had a loss of 1."""
    at_hit = np.log1p(STAKES * (1.0 / limits[:, None] - 1.0))
    return np.asarray(hits[:, None] * at_hit + (rows - hits)[:, None] * np.log1p(-STAKES))
