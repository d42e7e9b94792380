"""Learn-then-Test: a bound on an error rate that holds for what is deployed, whatever the model is.

A model is learnt on some rows. On rows that it never saw, each of several ways to use it is tested: the hypothesis is
that its error rate lies above the limit. Ways are tested in an order that those rows did not choose, at the whole level
each, and the first one that is not rejected ends it (fixed-sequence testing). With probability 1 − level all that were
rejected have an error rate within the limit: no assumption on the model, no large numbers, only that the rows to come
are like the rows of the test.

References: Angelopoulos, Bates, Candès, Jordan, Lei 2021, arXiv 2110.01052 (Learn then Test); Laufer-Goldshlager,
Fisch, Barzilay, Jaakkola 2023, arXiv 2210.07913 (an order learnt on rows of its own); Clopper and Pearson 1934,
Biometrika 26; Waudby-Smith and Ramdas 2024, JRSS B 86 (betting, for rows that belong together).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from journeyman.table.columns import Flags, Integers

#: Chances of passing the test, at the number of cases that are said to be needed.
POWER = 0.8
#: No more cases than these are asked for.
MOST_CASES = 10_000_000
#: Stakes of the bets on one side of the limit, as shares of the largest that cannot lose more than all.
_STAKES = np.geomspace(0.01, 0.99, 24)


def binomial_p_value(wrong: int, cases: int, limit: float) -> float:
    """How likely so few of so many independent cases are wrong, were the error rate as large as the limit.

    >>> round(binomial_p_value(0, 149, 0.02), 4), binomial_p_value(0, 0, 0.02)
    (0.0493, 1.0)
    """
    from scipy.special import bdtr

    return float(bdtr(wrong, cases, limit)) if cases else 1.0


def clustered_p_value(wrong: Flags, used: Flags, units: Integers, limit: float) -> float:
    """The same where rows of one unit (a person, a copied case) belong together and only units are independent.

    One bets against the hypothesis, unit by unit: what is won has an expectation of 1 at most while the error rate is
    above the limit, so 1 / wealth is a p-value. The mean over several stakes needs no luck in choosing one, and does
    not depend on the order of the rows. The largest unit seen is taken for the largest there can be.

    Shapes: (rows,) each; ``used`` are the rows that the error rate is about, ``units`` whole numbers from 0 on.
    """
    if not used.any():
        return 1.0
    sizes = np.bincount(units)
    lost = np.bincount(units, used * (wrong - limit))
    stakes = _STAKES / (float(sizes.max()) * (1 - limit))
    # Logarithms, so that thousands of units neither overflow nor vanish.
    wealth = np.log1p(-stakes[:, None] * lost[None, :]).sum(axis=1)
    largest = float(wealth.max())
    mean = largest + math.log(float(np.exp(wealth - largest).mean()))
    return min(1.0, math.exp(-mean))


def passed(p_values: Sequence[float], level: float) -> int:
    """How many of a fixed sequence are passed before the first that is not.

    >>> passed([0.01, 0.04, 0.2, 0.01], 0.05)
    2
    """
    return next((place for place, value in enumerate(p_values) if value > level), len(p_values))


def fewest_cases(limit: float, level: float) -> int:
    """Below so many cases, none of them wrong, nothing can be shown.

    >>> fewest_cases(0.02, 0.05), fewest_cases(0.1, 0.05)
    (149, 29)
    """
    return math.ceil(math.log(level) / math.log1p(-limit))


def bounds(wrong: int, cases: int, level: float) -> tuple[float, float]:
    """The exact interval of an error rate, each end wrong with a probability of half the level; 0 to 1 of no case.

    >>> [round(one, 4) for one in bounds(0, 149, 0.05)], bounds(0, 0, 0.05)
    ([0.0, 0.0245], (0.0, 1.0))
    """
    from scipy.special import betaincinv

    if not cases:
        return 0.0, 1.0
    low = float(betaincinv(wrong, cases - wrong + 1, level / 2)) if wrong else 0.0
    high = float(betaincinv(wrong + 1, cases - wrong, 1 - level / 2)) if wrong < cases else 1.0
    return low, high


def cases_needed(error: float, share: float, limit: float, level: float) -> int | None:
    """How many labelled cases let a share of them with this error rate pass, four times out of five.

    Parameters
    ----------
    error, share : of what is to pass: its error rate, and the share of all cases that it is

    None where the error rate is not below the limit, or more cases than anybody has would be needed.
    """
    if share <= 0 or error >= limit:
        return None
    low, high = 1, fewest_cases(limit, level)
    while not _passes(high, error, limit, level):
        low, high = high, 2 * high
        if high > MOST_CASES:
            return None
    while high - low > max(1, high // 200):
        middle = (low + high) // 2
        low, high = (low, middle) if _passes(middle, error, limit, level) else (middle, high)
    return math.ceil(high / share)


def _passes(cases: int, error: float, limit: float, level: float) -> bool:
    """Whether so many cases pass at a number of wrong ones that is not exceeded with probability `POWER`."""
    from scipy.special import bdtr, ndtri

    middle, spread = cases * error, math.sqrt(cases * error * (1 - error))
    wrong = max(0, math.floor(middle + float(ndtri(POWER)) * spread) - 2)
    while float(bdtr(wrong, cases, error)) < POWER:
        wrong += 1
    return binomial_p_value(wrong, cases, limit) <= level
