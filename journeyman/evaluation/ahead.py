"""What time may bring: by how much a stretch ahead of us may differ from the mean of the stretches behind us.

A bootstrap over blocks of time says how sure the mean over the stretches that were scored is. What is delivered is the
score of the one stretch that comes next, and stretches differ: by as much as the ones behind us did among each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.statistics.bbc import SHARE, stretched
from journeyman.statistics.measure import Measure
from journeyman.statistics.metrics.metric import Metric
from journeyman.table.columns import Integers, Numbers

#: Where logarithms end: beyond, their exponentials are no numbers any more.
_FURTHEST = 700.0


@dataclass(frozen=True)
class Scale:
    """On which scale stretches differ, so that no interval goes beyond what a score can be.

    Without ends, the plain one. With a perfect score, the logarithm of the distance from it; with a worst one besides,
    the logarithm of the two distances' ratio.
    """

    perfect: float | None = None
    worst: float | None = None
    sign: int = 1

    @classmethod
    def of(cls, metric: Metric) -> Scale:
        """The scale of a metric: losses end at 0, scores at 1, and at what is worst where there is such an end."""
        return cls(1.0, metric.worst) if metric.greater_is_better else cls(0.0, metric.worst, -1)

    def to(self, scores: Numbers) -> Numbers:
        """Scores on this scale; not finite at its ends."""
        if self.perfect is None:
            return scores
        with np.errstate(divide="ignore", invalid="ignore"):
            error = np.log(np.abs(scores - self.perfect))
            return np.asarray(error if self.worst is None else error - np.log(np.abs(scores - self.worst)))

    def back(self, points: Numbers) -> Numbers:
        """From this scale to scores."""
        if self.perfect is None:
            return points
        # Where one stretch is next to perfect, logarithms spread so far that no number is as large.
        points = np.clip(points, -_FURTHEST, _FURTHEST)
        errors = np.exp(points)
        if self.worst is not None:
            errors = abs(self.perfect - self.worst) / (1 + np.exp(-points))
        return np.asarray(self.perfect - self.sign * errors)


def ahead(
    scores: Numbers,
    measure: Measure,
    one: int,
    fold: Integers,
    *,
    against: int | None = None,
    scale: Scale | None = None,
    share: float = SHARE,
) -> Numbers:
    """The replays' scores as scores of a stretch ahead, (replays,).

    The differences among the folds times the quantiles of Student's t in an order of their own: a prediction interval
    for the score of one more fold. Where it is to hold a larger share than 95 %, both are stretched on this scale, each
    by the ratio of its own quantiles, so that the 95 % interval of what is given is that of the share.

    Parameters
    ----------
    scores : (replays,) of the candidate, or of its difference from another
    one, against : the candidate, and the one that it is compared with, or None
    fold : (rows,) the stretch of time of each row
    scale : on which stretches differ; None for the plain one
    share : of the interval
    """
    scale = scale or Scale()
    found = scores_of_stretches(measure, one, fold)
    if against is not None:
        found = found - scores_of_stretches(measure, against, fold)
    points = scale.to(found)
    there = points[np.isfinite(points)]
    if len(there) < 2:
        return stretched(scores, share)
    return scale.back(stretched(scale.to(scores), share) + _wave(there, len(scores), share))


def scores_of_stretches(measure: Measure, one: int, fold: Integers) -> Numbers:
    """What a candidate scores in each stretch of time, (stretches,); NaN where there is no score."""
    places = [np.flatnonzero(fold == stretch) for stretch in np.unique(fold)]
    return np.array([measure.part(one, rows, measure.weights[rows])[0] for rows in places])


def _wave(found: Numbers, replays: int, share: float) -> Numbers:
    """What is to be added to each replay: from where to where one more of these points will lie, as Student had it.

    The spread of the points holds both, by how much stretches differ and by how much the rows in them happen to.
    """
    from scipy.special import stdtrit

    # Two stretches say next to nothing of how much stretches differ; Student's t of one degree would say "anything".
    freedom = max(2, len(found) - 1)
    quantiles = stdtrit(freedom, (np.arange(replays) + 0.5) / replays)
    if share > SHARE:
        quantiles = quantiles * (stdtrit(freedom, (1 + share) / 2) / stdtrit(freedom, (1 + SHARE) / 2))
    order = np.random.default_rng(np.random.PCG64(len(found))).permutation(replays)
    return np.asarray(found.std(ddof=1) * np.sqrt(1 + 1 / len(found)) * quantiles[order])
