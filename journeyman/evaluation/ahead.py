"""What time may bring: by how much a stretch ahead of us may differ from the mean of the stretches behind us.

A bootstrap over blocks of time says how sure the mean over the stretches that were scored is. What is delivered is the
score of the one stretch that comes next, and stretches differ: by as much as the ones behind us did among each other.
"""

from __future__ import annotations

import numpy as np

from journeyman.statistics.measure import Measure
from journeyman.table.columns import Integers, Numbers


def waves(measure: Measure, one: int, fold: Integers, replays: int, *, against: int | None = None) -> Numbers:
    """What to add to each replay's score so that the replays are those of a stretch ahead, (replays,).

    The differences among the folds, beyond what the rows in them explain, times the quantiles of Student's t in an
    order of their own: a prediction interval for one more fold.

    Parameters
    ----------
    one, against : the candidate, and the one that it is compared with, or None
    fold : (rows,) the stretch of time of each row
    """
    scores, squares = [], []
    for stretch in np.unique(fold):
        rows = np.flatnonzero(fold == stretch)
        weights = measure.weights[rows]
        score, influence = measure.part(one, rows, weights)
        if against is not None:
            other, its = measure.part(against, rows, weights)
            score, influence = score - other, influence - its
        if np.isfinite(score):
            scores.append(score)
            squares.append(float(((weights * influence) ** 2).sum() / weights.sum() ** 2))
    if len(scores) < 2:
        return np.zeros(replays)
    from scipy.special import stdtrit

    spread = max(0.0, float(np.var(scores, ddof=1)) - float(np.mean(squares)))
    # Two stretches say next to nothing of how much stretches differ; Student's t of one degree would say "anything".
    freedom = max(2, len(scores) - 1)
    quantiles = stdtrit(freedom, (np.arange(replays) + 0.5) / replays)
    order = np.random.default_rng(np.random.PCG64(len(scores))).permutation(replays)
    return np.asarray(np.sqrt(spread * (1 + 1 / len(scores))) * quantiles[order])
