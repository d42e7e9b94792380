"""Testing many things at once: what is left when everything that was looked at is counted."""

from __future__ import annotations

import numpy as np

from journeyman.table.columns import Numbers


def benjamini_yekutieli(p_values: Numbers, shares: Numbers | None = None) -> Numbers:
    """The smallest false discovery rate at which each finding would still be one, (tests,).

    Holds whatever the dependence between tests (Benjamini and Yekutieli 2001, Annals of Statistics 29). ``shares``
    says which part of the allowed error each test gets; they must be fixed before the tests are looked at and add up
    to 1 (Blanchard and Roquain 2008, Electronic Journal of Statistics 2). Without them all get the same.

    Parameters
    ----------
    p_values : (tests,) one for everything that was looked at; 1 for what was looked at and dropped

    >>> benjamini_yekutieli(np.array([0.001, 0.4, 1.0])).round(4).tolist()
    [0.0055, 1.0, 1.0]
    """
    count = len(p_values)
    if not count:
        return np.empty(0)
    weights = np.ones(count) if shares is None else shares * count
    weighted = p_values / weights
    order = np.argsort(weighted, kind="stable")
    ranks = np.arange(1, count + 1)
    raised = weighted[order] * count * float((1.0 / ranks).sum()) / ranks
    adjusted = np.empty(count)
    adjusted[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return adjusted


def selected_confidence(error: float, selected: int, tested: int) -> float:
    """At which confidence intervals of selected estimates are to be told, so that few of those told are wrong.

    The false coverage rate is at most ``error``: of so many ``tested`` only ``selected`` are told, because of what
    they showed (Benjamini and Yekutieli 2005, JASA 100).

    >>> selected_confidence(0.05, 5, 10), selected_confidence(0.05, 10, 10)
    (0.975, 0.95)
    """
    return 1.0 - error * selected / tested if 0 < selected <= tested else 1.0 - error
