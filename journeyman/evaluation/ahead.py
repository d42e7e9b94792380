"""What time may bring: by how much a stretch ahead of us may differ from the mean of the stretches behind us.

A bootstrap over blocks of time says how sure the mean over the stretches that were scored is. What is delivered is the
score of the one stretch that comes next, and stretches differ: by as much as the ones behind us did among each other.
"""

from __future__ import annotations

import numpy as np

from journeyman.statistics.measure import Measure
from journeyman.table.columns import Integers, Numbers


def ahead(
    scores: Numbers,
    measure: Measure,
    one: int,
    fold: Integers,
    *,
    against: int | None = None,
    perfect: float | None = None,
) -> Numbers:
    """The replays' scores as scores of a stretch ahead, (replays,).

    The differences among the folds, beyond what the rows in them explain, times the quantiles of Student's t in an
    order of their own: a prediction interval for one more fold. Where there is a perfect score, it is the distance
    from it that is larger or smaller by a factor, so that no interval goes beyond.

    Parameters
    ----------
    scores : (replays,) of the candidate, or of its difference from another
    one, against : the candidate, and the one that it is compared with, or None
    fold : (rows,) the stretch of time of each row
    perfect : the score that cannot be surpassed, or None
    """
    found, squares = [], []
    for stretch in np.unique(fold):
        rows = np.flatnonzero(fold == stretch)
        weights = measure.weights[rows]
        score, influence = measure.part(one, rows, weights)
        if against is not None:
            other, its = measure.part(against, rows, weights)
            score, influence = score - other, influence - its
        square = float(((weights * influence) ** 2).sum() / weights.sum() ** 2)
        if perfect is not None:
            error = abs(score - perfect)
            score, square = (np.log(error), square / error**2) if error > 0 else (np.nan, 0.0)
        if np.isfinite(score):
            found.append(score)
            squares.append(square)
    if len(found) < 2:
        return scores
    wave = _wave(np.array(found), np.array(squares), len(scores))
    if perfect is None:
        return scores + wave
    return np.asarray(perfect + (scores - perfect) * np.exp(wave))


def _wave(found: Numbers, squares: Numbers, replays: int) -> Numbers:
    from scipy.special import stdtrit

    spread = max(0.0, float(found.var(ddof=1)) - float(squares.mean()))
    # Two stretches say next to nothing of how much stretches differ; Student's t of one degree would say "anything".
    freedom = max(2, len(found) - 1)
    quantiles = stdtrit(freedom, (np.arange(replays) + 0.5) / replays)
    order = np.random.default_rng(np.random.PCG64(len(found))).permutation(replays)
    return np.asarray(np.sqrt(spread * (1 + 1 / len(found))) * quantiles[order])
