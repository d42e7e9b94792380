"""Answers on the scale on which an additive model adds up, where every effect is exact, and effects there in words."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from journeyman.table.columns import Columns, Numbers

#: How the manifest says that a model adds up, in its facts; the report's curves are on the same scale.
ADDS_UP = "adds_up"
LOG_ODDS, LOG_RATE = "log odds", "log rate"
#: A chance this near 0 or 1 has the odds of that.
_NEAREST = 1e-15


def summable(answer: Callable[[Columns], Numbers], scale: object) -> Callable[[Columns], Numbers] | None:
    """The answers as logarithms of odds or of rates; None where effects are told in the answer's own unit.

    Parameters
    ----------
    answer : typed columns in, (rows, 1) out
    scale : what the manifest says; anything else than the two that multiply gives None
    """
    if scale == LOG_ODDS:
        return lambda columns: _log_odds(answer(columns))
    if scale == LOG_RATE:
        return lambda columns: np.log(np.maximum(answer(columns), np.finfo(np.float64).tiny))
    return None


def _log_odds(chances: Numbers) -> Numbers:
    held = np.clip(chances, _NEAREST, 1 - _NEAREST)
    return np.asarray(np.log(held) - np.log1p(-held))


def by_factor(effect: float) -> tuple[str, str]:
    """A logarithm as what is done to odds or a rate, and by how much.

    >>> by_factor(math.log(2)), by_factor(-math.log(1.5))
    (('multiplies', '2'), ('divides', '1.5'))
    """
    factor = math.exp(min(abs(effect), 700.0))
    shown = (
        f"{factor:.2f}".rstrip("0").rstrip(".")
        if factor < 9.95
        else f"{factor:,.0f}"
        if factor < 1e6
        else "a million or more"
    )
    return ("multiplies" if effect > 0 else "divides"), shown
