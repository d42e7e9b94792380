"""The shipping rule: of the candidates that cannot be told from the best and give next to nothing up, the simplest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeyman.table.columns import Flags, Numbers

#: What may be given up for simplicity: of a standard error of the difference, and of the gain above a constant.
_LITTLE_OF_ERROR, _LITTLE_OF_GAIN = 0.25, 0.002


def tied(scores: Numbers, errors: Numbers) -> Flags:
    """Which candidates, (k,), are within one standard error of the best; the best itself is.

    Parameters
    ----------
    scores : (k,), more being better; NaN is worst
    errors : (k, k) standard errors of the paired differences
    """
    known = np.where(np.isnan(scores), -np.inf, scores)
    best = int(known.argmax())
    if known[best] == -np.inf:
        return np.ones(len(scores), np.bool_)
    # Two that answer alike tie, however their sums were rounded.
    rounding = 1e-12 * max(1.0, abs(float(known[best])))
    return np.asarray(known[best] - known <= errors[best] + rounding)


def as_good(scores: Numbers, errors: Numbers, least: float) -> Flags:
    """Which candidates, (k,), may be shipped for the best: they tie with it, and what they give up is next to nothing.

    That is at most a quarter of a standard error, or two thousandths of what the best has above ``least``. A whole
    standard error would be too much to give up: with few rows it would often be the better half of the model.

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


def choose(scores: Numbers, errors: Numbers, weights: Sequence[int], least: float = np.nan) -> int:
    """The candidate to ship: of those as good as the best the least weight, then the better score, then the first.

    Where even always giving the same answer (weight 0) ties with the best, no signal is shown, and it is shipped.

    Parameters
    ----------
    scores, errors, least : as in `as_good`
    weights : how complex each candidate is
    """
    good = as_good(scores, errors, least) | (tied(scores, errors) & (np.asarray(weights) == 0))
    return min(np.flatnonzero(good).tolist(), key=lambda place: _preference(scores, weights, place))


def standings(scores: Numbers, errors: Numbers, weights: Sequence[int], least: float = np.nan) -> list[tuple[int, int]]:
    """All candidates in order, each with the number of its tie.

    The first tie is of those that cannot be told from the best: first the one that is shipped, then the others by their
    scores; the second tie is of those that cannot be told from the best of the rest, and so on.
    """
    left = np.arange(len(scores))
    ordered: list[tuple[int, int]] = []
    number = 0
    while len(left):
        number += 1
        ties = tied(scores[left], errors[np.ix_(left, left)])
        together = sorted(left[ties].tolist(), key=lambda place: -float(np.nan_to_num(scores[place], nan=-np.inf)))
        if number == 1:
            first = choose(scores, errors, weights, least)
            together = [first, *(place for place in together if place != first)]
        ordered += [(place, number) for place in together]
        left = left[~ties]
    return ordered


def _preference(scores: Numbers, weights: Sequence[int], place: int) -> tuple[int, float, int]:
    score = float(scores[place])
    return weights[place], np.inf if np.isnan(score) else -score, place
