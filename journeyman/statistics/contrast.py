"""Two groups of rows: how far their means or rates are apart, with an interval, and whether chance could do it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from journeyman.table.columns import Flags, Integers, Numbers

#: Above this p-value of the first test of means a second one would change nothing.
_CLEARLY_CHANCE = 0.05


@dataclass(frozen=True)
class Contrast:
    """The mean of one group less that of the other.

    Parameters
    ----------
    inside, outside : the means (rates where values are 0 and 1)
    inside_rows, outside_rows : rows of each
    error : standard error of the difference; rows of one unit are one piece of evidence
    p_value : two-sided; of an exact test of rates, of means the larger of Welch's and the rank-sum test
    inflation : by how much units make the variance larger than single rows would, at least 1
    is_rate : whether values are 0 and 1
    """

    inside: float
    outside: float
    inside_rows: int
    outside_rows: int
    error: float
    p_value: float
    inflation: float
    is_rate: bool

    @property
    def difference(self) -> float:
        """Inside less outside."""
        return self.inside - self.outside

    def interval(self, confidence: float) -> tuple[float, float]:
        """Bounds of the difference: Newcombe's of rates (1998, Statistics in Medicine 17, method 10), Welch's else."""
        from scipy.special import ndtri

        z = float(ndtri(0.5 + confidence / 2))
        if not self.is_rate:
            return self.difference - z * self.error, self.difference + z * self.error
        low, high = wilson(self.inside, self.inside_rows / self.inflation, z)
        other_low, other_high = wilson(self.outside, self.outside_rows / self.inflation, z)
        below = math.hypot(self.inside - low, other_high - self.outside)
        above = math.hypot(high - self.inside, self.outside - other_low)
        return self.difference - below, self.difference + above


def wilson(rate: float, rows: float, z: float) -> tuple[float, float]:
    """Wilson's bounds of a rate.

    >>> [round(one, 3) for one in wilson(0.9, 100, 1.96)]
    [0.826, 0.945]
    """
    middle = (rate + z * z / (2 * rows)) / (1 + z * z / rows)
    half = z / (1 + z * z / rows) * math.sqrt(rate * (1 - rate) / rows + z * z / (4 * rows * rows))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def contrast(
    values: Numbers, inside: Flags, *, is_rate: bool, units: Integers | None = None, ranks: Numbers | None = None
) -> Contrast | None:
    """Compare the rows inside a group with those outside; None where one side has fewer than two rows.

    Under the hypothesis that rows are alike, rates are compared by Fisher's exact test (twice the smaller tail). Means
    must pass two tests, Welch's and the rank-sum test with its exact variance under ties: neither a few far values
    nor a mere difference in shape is taken for a difference of means. Where rows belong together (``units``), the
    test on units' sums must be passed too (t with as many degrees as the smaller side has units, less one).

    Parameters
    ----------
    values : (rows,) no missing ones; 0 and 1 for a rate
    inside : (rows,)
    units : (rows,) codes of what is one piece of evidence; None for the rows themselves
    ranks : (rows,) of the values, where they are at hand
    """
    count, rows = int(inside.sum()), len(values)
    if count < 2 or rows - count < 2:
        return None
    first, second = values[inside], values[~inside]
    means = float(first.mean()), float(second.mean())
    spreads = float(first.var(ddof=1)) / count, float(second.var(ddof=1)) / (rows - count)
    variance = spreads[0] + spreads[1]
    p_value = (
        _fisher(first, second)
        if is_rate
        else _of_means(means, spreads, values if ranks is None else ranks, inside, is_ranked=ranks is not None)
    )
    inflation = 1.0
    if units is not None and variance > 0:
        influence = np.where(inside, (values - means[0]) / count, -(values - means[1]) / (rows - count))
        codes = np.unique(units, return_inverse=True)[1]
        sums = np.bincount(codes, influence)
        inflation = max(1.0, float(sums @ sums) / variance)
        fewer = min(len(np.unique(codes[inside])), len(np.unique(codes[~inside])))
        p_value = max(p_value, _student((means[0] - means[1]) / math.sqrt(variance * inflation), max(fewer - 1, 1)))
    error = math.sqrt(variance * inflation)
    return Contrast(*means, count, rows - count, error, p_value, inflation, is_rate)


def _fisher(first: Numbers, second: Numbers) -> float:
    """Fisher's exact test, twice the smaller tail."""
    from scipy.special import gammaln, logsumexp

    hits, count, others = int(first.sum()), len(first), len(second)
    total = hits + int(second.sum())
    # Every count of hits that the first group could have, given how many there are.
    could = np.arange(max(0, total - others), min(total, count) + 1)
    ways = gammaln(count + 1) - gammaln(could + 1) - gammaln(count - could + 1)
    ways += gammaln(others + 1) - gammaln(total - could + 1) - gammaln(others - total + could + 1)
    whole, place = logsumexp(ways), hits - int(could[0])
    tail = min(logsumexp(ways[: place + 1]), logsumexp(ways[place:])) - whole
    return float(min(1.0, 2 * math.exp(min(tail, 0.0))))


def _of_means(
    means: tuple[float, float], spreads: tuple[float, float], values: Numbers, inside: Flags, *, is_ranked: bool
) -> float:
    variance, count = sum(spreads), int(inside.sum())
    if not variance > 0:
        return 1.0
    others = len(values) - count
    degrees = variance**2 / (spreads[0] ** 2 / (count - 1) + spreads[1] ** 2 / (others - 1))
    welch = _student((means[0] - means[1]) / math.sqrt(variance), degrees)
    if welch > _CLEARLY_CHANCE:
        return welch
    return max(welch, _rank_sum(values if is_ranked else ranked(values), inside, np.sign(means[0] - means[1])))


def ranked(values: Numbers) -> Numbers:
    """The ranks of values, (rows,), from 1; equal ones share the mean of theirs.

    >>> ranked(np.array([3.0, 1.0, 3.0])).tolist()
    [2.5, 1.0, 2.5]
    """
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(values) else np.empty(0, int)
    ends = np.append(begins[1:], len(values))
    ranks = np.empty(len(values))
    ranks[order] = np.repeat((begins + ends + 1) / 2, ends - begins)
    return ranks


def _rank_sum(ranks: Numbers, inside: Flags, direction: float) -> float:
    """The rank-sum test; 1 where ranks point the other way than means."""
    from scipy.special import ndtr

    count, rows = int(inside.sum()), len(ranks)
    away = float(ranks[inside].sum()) - count * (rows + 1) / 2
    variance = count * (rows - count) / (rows - 1) * float(ranks.var())
    if variance <= 0 or np.sign(away) != direction:
        return 1.0
    return float(min(1.0, 2 * ndtr(-max(abs(away) - 0.5, 0.0) / math.sqrt(variance))))


def _student(statistic: float, degrees: float) -> float:
    from scipy.special import stdtr

    return float(min(1.0, 2 * stdtr(degrees, -abs(statistic))))
