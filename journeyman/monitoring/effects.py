"""Drift column by column, ranked by what it does to predictions: rows weighted as the new ones are spread."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from journeyman.monitoring.bins import MOST_CODES, Codes
from journeyman.monitoring.reference import Reference, Watched

#: A share that differs by more than this many standard errors, and by so much, has changed.
_ERRORS, _LEAST = 4.0, 0.02
#: So much of the tolerated loss is an effect worth a name.
_HARM = 0.1


@dataclass(frozen=True)
class Effect:
    """What has happened to a column, and what that alone does.

    Parameters
    ----------
    distance : half of the sum of all differences of shares, 0 to 1
    bin, share, before : the bin that changed most
    loss : by how much the mean loss would change, were rows otherwise as they were
    answer : the same of the mean answer (the positive class's probability, the best class's, or the number)
    is_harmful : whether that loss is a part of the tolerance worth a name
    """

    column: str
    distance: float
    bin: str
    share: float
    before: float
    loss: float
    answer: float
    is_changed: bool
    is_harmful: bool

    @property
    def sentence(self) -> str:
        """The column's change in words."""
        return f"{self.column}: {self.bin} {100 * self.share:.3g} % of rows, {100 * self.before:.3g} % at the build"

    def as_data(self) -> dict[str, Any]:
        """The effect as JSON."""
        return {**asdict(self), "sentence": self.sentence}


def effects_of(reference: Reference, codes: Codes) -> list[Effect]:
    """The effect of each column's drift in some rows, the largest effect on the loss first.

    Parameters
    ----------
    codes : (rows, columns)
    """
    if not len(codes):
        return []
    first = reference.measures[0]
    allowed = max(first.limit - first.mean, 1e-12)
    found = [_effect(one, codes[:, place], reference.rows, allowed) for place, one in enumerate(reference.columns)]
    return sorted(found, key=lambda one: (not one.is_changed, -abs(one.loss), -one.distance, one.column))


def _effect(watched: Watched, codes: Codes, rows: int, allowed: float) -> Effect:
    before = np.array(watched.shares)
    now = np.bincount(codes, minlength=MOST_CODES)[: len(before)] / len(codes)
    moved = now - before
    place = int(np.argmax(np.abs(moved)))
    middle = (before[place] * rows + now[place] * len(codes)) / (rows + len(codes))
    chance = math.sqrt(max(middle * (1 - middle), 1e-12) * (1 / rows + 1 / len(codes)))
    loss = float(moved @ np.array(watched.losses))
    is_changed = bool(abs(moved[place]) > max(_ERRORS * chance, _LEAST))
    return Effect(
        column=watched.bins.column,
        distance=float(np.abs(moved).sum() / 2),
        bin=watched.bins.names[place],
        share=float(now[place]),
        before=float(before[place]),
        loss=loss,
        answer=float(moved @ np.array(watched.answers)),
        is_changed=is_changed,
        # What was never seen, or cannot be read, nobody has experience with.
        is_harmful=is_changed and bool(loss > _HARM * allowed or (moved[place] > 0 and place > watched.bins.ordinary)),
    )
