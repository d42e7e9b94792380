"""What chance alone leaves of an error over the best of several systems, judged on as many test rows.

The best of several is picked on the rows that judge it, so even a system that is nowhere worse than another one has an
error over "the best". How large that is follows from the paired intervals of the rows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from peers_judged import OURS, Board, error
from peers_losses import ratio_of
from peers_measured import MEAN

from journeyman.table.columns import Numbers

DRAWS = 4000
#: Standard errors between the ends of a 95 % interval.
_WIDTH = 2 * 1.959964
#: Our own share of the smallest variance of a task, which moves us beside all the others alike: .71 in the median of 63
#: tasks, measured on three systems whose answers are kept. The less, the more there is for chance.
SHARED = 0.7


@dataclass(frozen=True)
class Chance:
    """What a system would show that is as good as the best on every task; each value with its 95 % interval.

    Parameters
    ----------
    over_best : value, low, high of its error over the best, the geometric mean over tasks
    worst : the same of the largest on any task
    tasks : on how many tasks there are intervals to follow it from
    """

    over_best: tuple[float, float, float]
    worst: tuple[float, float, float]
    tasks: int


def chance(board: Board, draws: int = DRAWS, seed: int = 0) -> Chance | None:
    """Test rows drawn again and again, for a system without a true loss; None where no interval was kept.

    The logarithm of our error over another one's is taken as normal, its standard error as that of the paired
    interval. Its mean is what was seen where ours is smaller, and 0 where it is larger: then that was chance.

    Two things make it too little: what was seen spreads wider than what is true, and the mean of two others is left
    out. One makes it too much: others are taken to err each for itself, though some are alike. With nearly all of the
    smallest variance shared (.985 for .7) the middle for nine systems at 60 s is 1.030 for 1.033.
    """
    random = np.random.default_rng(np.random.PCG64(seed))
    drawn = [_over_best(random, *pairs, draws) for task in board.by_task if len((pairs := _pairs(board, task))[0])]
    if not drawn:
        return None
    logarithms = np.array(drawn)
    return Chance(_told(logarithms.mean(axis=0)), _told(logarithms.max(axis=0)), len(drawn))


def _pairs(board: Board, task: str) -> tuple[Numbers, Numbers]:
    """Of each other system with a bounded interval: the logarithm of our error over its, and the standard error."""
    rows = board.by_task[task]
    found = []
    for system, row in rows.items():
        ratio = ratio_of(rows[OURS], row, board.time) if system not in (OURS, MEAN) else None
        seen = error(rows[OURS]) / error(row)
        if ratio and 0 < seen < math.inf and 0 < ratio["low"] < ratio["high"] < math.inf:
            found.append((math.log(seen), math.log(ratio["high"] / ratio["low"]) / _WIDTH))
    means, errors = zip(*found, strict=True) if found else ((), ())
    return np.array(means, np.float64), np.array(errors, np.float64)


def _over_best(random: np.random.Generator, means: Numbers, errors: Numbers, draws: int) -> Numbers:
    """(draws,) logarithms of an error over the best, which is 0 where it is the best itself."""
    own = SHARED * float((errors**2).min())
    noise = np.sqrt(own) * random.normal(size=(draws, 1))
    noise = noise + np.sqrt(errors**2 - own) * random.normal(size=(draws, len(errors)))
    found: Numbers = np.maximum(0.0, (np.minimum(means, 0.0) + noise).max(axis=1))
    return found


def _told(logarithms: Numbers) -> tuple[float, float, float]:
    middle, low, high = np.exp([np.median(logarithms), *np.quantile(logarithms, [0.025, 0.975])])
    return float(middle), float(low), float(high)
