"""Estimates drawn towards nothing by as much as they may be chance, where most of their family is nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from journeyman.table.columns import Numbers

#: Standard deviations of true effects that are tried, and shares of effects that are not nothing.
SPREADS = (0.03, 0.06, 0.12, 0.25, 0.5, 1.0)
SHARES = 12


@dataclass(frozen=True)
class Prior:
    """Of a family of effects this ``share`` is not nothing; these have the standard deviation ``spread`` around 0."""

    share: float
    spread: float

    def shrunk(self, effect: float, error: float) -> float:
        """The mean of an effect given what was measured with a standard error.

        >>> round(Prior(1.0, 0.1).shrunk(0.5, 0.1), 3), round(Prior(0.01, 0.25).shrunk(0.2, 0.1), 3)
        (0.25, 0.004)
        """
        if not error > 0:
            return effect
        whole = self.spread**2 + error**2
        # The odds that it is something, in logarithms.
        odds = math.log(max(self.share, 1e-12)) - math.log(max(1 - self.share, 1e-12))
        odds += 0.5 * math.log(error**2 / whole) + 0.5 * effect**2 * (1 / error**2 - 1 / whole)
        something = 1 / (1 + math.exp(-min(max(odds, -700.0), 700.0)))
        return something * effect * self.spread**2 / whole


def prior_of(effects: Numbers, errors: Numbers) -> Prior:
    """The prior under which a family of effects is likeliest, on a grid; effects are on the scale of correlations.

    A share of exact zeros and normal effects beside them, by marginal likelihood (Johnstone and Silverman 2004, Annals
    of Statistics 32): one large effect among a thousand that are nothing stays as large as it was measured.

    Shapes: (effects,) each; those without a standard error do not count.
    """
    there = np.isfinite(effects) & np.isfinite(errors) & (errors > 0)
    effects, errors = effects[there], errors[there]
    if not len(effects):
        return Prior(1.0, max(SPREADS))
    shares = np.unique(np.geomspace(1 / (len(effects) + 1), 0.999, SHARES))
    nothing = _log_density(effects, errors**2)
    best, found = -np.inf, Prior(float(shares[0]), SPREADS[0])
    for spread in SPREADS:
        something = _log_density(effects, errors**2 + spread**2)
        for share in shares.tolist():
            likelihood = float(np.logaddexp(math.log(1 - share) + nothing, math.log(share) + something).sum())
            if likelihood > best:
                best, found = likelihood, Prior(share, spread)
    return found


def _log_density(effects: Numbers, variances: Numbers) -> Numbers:
    return np.asarray(-0.5 * (np.log(variances) + effects**2 / variances))
