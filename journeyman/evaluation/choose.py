"""The shipping rule: of the candidates that cannot be told from the best, the simplest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeyman.table.columns import Flags, Numbers


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


def choose(scores: Numbers, errors: Numbers, weights: Sequence[int]) -> int:
    """The candidate to ship: of those that tie with the best the least weight, then the better score, then the first.

    Parameters
    ----------
    scores, errors : as in `tied`
    weights : how complex each candidate is
    """
    return min(np.flatnonzero(tied(scores, errors)).tolist(), key=lambda place: _preference(scores, weights, place))


def standings(scores: Numbers, errors: Numbers, weights: Sequence[int]) -> list[tuple[int, int]]:
    """All candidates in the order in which they would be shipped, each with the number of its tie.

    The first tie is of those that cannot be told from the best, its first is the one that is shipped; the second tie
    is of those that cannot be told from the best of the rest, and so on.
    """
    left = np.arange(len(scores))
    ordered: list[tuple[int, int]] = []
    number = 0
    while len(left):
        number += 1
        ties = tied(scores[left], errors[np.ix_(left, left)])
        together = sorted(left[ties].tolist(), key=lambda place: _preference(scores, weights, place))
        ordered += [(place, number) for place in together]
        left = left[~ties]
    return ordered


def _preference(scores: Numbers, weights: Sequence[int], place: int) -> tuple[int, float, int]:
    score = float(scores[place])
    return weights[place], np.inf if np.isnan(score) else -score, place
