"""What each column says of an outcome by itself, beside all others: the additive model that surprises are judged by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.insights.material import Material, Outcome
from journeyman.table.columns import Numbers

ROUNDS, RIDGE = 8, 20.0


@dataclass(frozen=True)
class Additive:
    """What each column adds to the mean in each row, by name, (rows,); and the outcome less its mean, 0 if missing."""

    parts: dict[str, Numbers]
    centred: Numbers

    def left(self, own: tuple[str, ...]) -> Numbers:
        """The outcome less what all other columns say of it, (rows,)."""
        others = [part for name, part in self.parts.items() if name not in own]
        return self.centred - np.sum(others, axis=0) if others else self.centred


def additive(material: Material, outcome: Outcome) -> Additive:
    """Fit a step for each group of each column by backfitting, each drawn towards 0 as by twenty rows without effect.

    Source: Hastie and Tibshirani 1990, Generalized Additive Models, chapter 4.
    """
    mean = float(outcome.values[outcome.known].mean()) if outcome.known.any() else 0.0
    centred = np.where(outcome.known, outcome.values - mean, 0.0)
    codes = {one.name: np.where(one.missing, len(one.groups) + 1, one.codes + 1) for one in material.features}
    codes = {name: one for name, one in codes.items() if name != outcome.column}
    rows = {name: np.bincount(one[outcome.known], minlength=one.max() + 1) + RIDGE for name, one in codes.items()}
    parts = {name: np.zeros(material.rows) for name in codes}
    left = centred.copy()
    for _ in range(ROUNDS):
        for name, one in codes.items():
            left += np.where(outcome.known, parts[name], 0.0)
            step = np.bincount(one, left, len(rows[name])) / rows[name]
            parts[name] = step[one]
            left -= np.where(outcome.known, parts[name], 0.0)
    return Additive({name: np.where(outcome.known, part, 0.0) for name, part in parts.items()}, centred)


def own_share(model: Additive, signature: Numbers, own: tuple[str, ...]) -> float:
    """Which part of what goes with a signature other columns do not say as well, 0 to 1.

    >>> nothing = Additive({}, np.array([1.0, -1.0]))
    >>> own_share(nothing, np.array([1.0, 0.0]), ())
    1.0
    """
    away = signature - signature.mean()
    whole, left = float(away @ model.centred), float(away @ model.left(own))
    return min(max(left / whole, 0.0), 1.0) if whole else 0.0
