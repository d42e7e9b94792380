"""The shipping rule: of the candidates that cannot be told from the best and give next to nothing up, the simplest.

Where rows come in time, a blend goes before what ties with it: which model is best changes from stretch to stretch.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeyman.statistics.bbc import Errors
from journeyman.table.columns import Flags, Numbers
from journeyman.trials.twins import Twins, beyond_noise

#: What may be given up for simplicity: of a standard error of the difference, and of the gain above a constant.
_LITTLE_OF_ERROR, _LITTLE_OF_GAIN = 0.1, 0.001


def tied(scores: Numbers, errors: Numbers, times: float = 1.0) -> Flags:
    """Which candidates, (k,), are within so many standard errors of the best; the best itself is.

    Parameters
    ----------
    scores : (k,), more being better; NaN is worst
    errors : (k, k) standard errors of the paired differences
    times : one error by default; `told_apart_from` gives the number beyond which a difference is shown
    """
    known = np.where(np.isnan(scores), -np.inf, scores)
    best = int(known.argmax())
    if known[best] == -np.inf:
        return np.ones(len(scores), np.bool_)
    # Two that answer alike tie, however their sums were rounded.
    rounding = 1e-12 * max(1.0, abs(float(known[best])))
    return np.asarray(known[best] - known <= times * errors[best] + rounding)


def told_apart_from(scores: Numbers, replayed: Numbers, errors: Errors, share: float = 0.95) -> float:
    """From how many standard errors on a candidate is worse than the best, though many were compared with it.

    The bootstrap's distribution of the largest studentised difference (max-T): the more candidates there are, and the
    less alike their answers, the larger one of the differences is by chance.

    Parameters
    ----------
    scores : (k,) of all rows, more being better
    replayed, errors : (replays, k) scores of the rows drawn and (replays, k, k) errors of their differences
    share : in how many tables without a difference no candidate is to be told apart

    Source: Westfall and Young, Resampling-based multiple testing, 1993 (single-step max-T).
    """
    known = np.where(np.isnan(scores), -np.inf, scores)
    best = int(known.argmax())
    others = np.flatnonzero(np.isfinite(known) & (np.arange(len(known)) != best))
    least = 1.645
    if not len(others) or len(replayed) < 2:
        return least
    differences = replayed[:, [best]] - replayed[:, others]
    spread = errors[:, best, others]
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = (differences - np.nanmean(differences, axis=0)) / spread
    largest = np.where(np.isfinite(moved) & (spread > 0), moved, -np.inf).max(axis=1)
    largest = largest[np.isfinite(largest)]
    return max(least, float(np.quantile(largest, share))) if len(largest) else least


def as_good(scores: Numbers, errors: Numbers, least: float) -> Flags:
    """Which candidates, (k,), may be shipped for the best: they tie with it, and what they give up is next to nothing.

    That is at most a tenth of a standard error, or a thousandth of what the best has above ``least``. More would be
    too much to give up: with few rows a standard error is often the better half of the model, and on twenty tables
    blends were better on new rows by more than on those that judged them, by 3.6 percent of the error in the mean.

    Parameters
    ----------
    scores, errors : as in `tied`
    least : the score of always giving the same answer
    """
    known = np.where(np.isnan(scores), -np.inf, scores)
    best = int(known.argmax())
    if known[best] == -np.inf:
        return np.ones(len(scores), np.bool_)
    above = max(0.0, float(known[best]) - least) if np.isfinite(least) else 0.0
    rounding = 1e-12 * max(1.0, abs(float(known[best])))
    little = np.maximum(_LITTLE_OF_ERROR * errors[best], _LITTLE_OF_GAIN * above) + rounding
    close: Flags = tied(scores, errors) & (known[best] - known <= little)
    return close


def choose(
    scores: Numbers,
    errors: Numbers,
    weights: Sequence[int],
    least: float = np.nan,
    simplest: float | None = None,
    among: Twins | None = None,
    hedges: Flags | None = None,
) -> int:
    """The candidate to ship: of those as good as the best the least weight, then the better score, then the first.

    Where even always giving the same answer (weight 0) ties with the best, no signal is shown, and it is shipped.
    One that was fitted on chosen rows can be shipped only where that has paid beyond noise. Hedges that tie with the
    best are all that is looked at, unless the user prefers what is simple.

    Parameters
    ----------
    scores, errors, least : as in `as_good`
    weights : how complex each candidate is
    simplest : where the user prefers simplicity, the simplest of all that tie within so many standard errors is shipped
    among : the twins of candidates that were fitted on chosen rows; None where all keep every row
    hedges : (k,) which candidates hold better than others should things change (`Board.hedges`); None where none does
    """
    if among is not None:
        scores = np.where(beyond_noise(scores, errors, among), scores, np.nan)
    if simplest is not None:
        good = tied(scores, errors, simplest)
    else:
        ties = tied(scores, errors)
        constants = ties & (np.asarray(weights) == 0)
        hedged = ties & hedges if hedges is not None else np.zeros(len(scores), np.bool_)
        judged = np.where(hedged, scores, np.nan) if hedged.any() and not constants.any() else scores
        good = as_good(judged, errors, least) | constants
    return min(np.flatnonzero(good).tolist(), key=lambda place: _preference(scores, weights, place))


def standings(scores: Numbers, errors: Numbers, first: int, times: float = 1.0) -> list[tuple[int, int]]:
    """All candidates in order, each with the number of its tie.

    The first tie is of those that cannot be told from the best: first the one that is shipped, then the others by their
    scores; the second tie is of those that cannot be told from the best of the rest, and so on.

    Parameters
    ----------
    scores, errors, times : as in `tied`
    first : the candidate that is shipped
    """
    left = np.arange(len(scores))
    ordered: list[tuple[int, int]] = []
    number = 0
    while len(left):
        number += 1
        ties = tied(scores[left], errors[np.ix_(left, left)], times)
        together = sorted(left[ties].tolist(), key=lambda place: -float(np.nan_to_num(scores[place], nan=-np.inf)))
        if number == 1:
            together = [first, *(place for place in together if place != first)]
        ordered += [(place, number) for place in together]
        left = left[~ties & (left != first)]
    return ordered


def _preference(scores: Numbers, weights: Sequence[int], place: int) -> tuple[int, float, int]:
    score = float(scores[place])
    return weights[place], np.inf if np.isnan(score) else -score, place
