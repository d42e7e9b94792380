"""The contract of the leaks: nine kinds (Kapoor & Narayanan 2023, Leakage and the reproducibility crisis), three
strengths.

``strong`` gives nearly everything away, ``medium`` most, ``weak`` what may pass for a good feature.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from journeyman.simulation.draft import Scene
from journeyman.simulation.plants.plant import Plant
from journeyman.table.columns import Flags, Numbers

Strength = Literal["weak", "medium", "strong"]


@dataclass(frozen=True, kw_only=True)
class Leak(Plant):
    """A way by which a table knows its target before it can be known."""

    strength: Strength = "strong"

    def __post_init__(self) -> None:
        if self.strength not in get_args(Strength):
            raise ValueError(f"a leak is {', '.join(get_args(Strength))}, not {self.strength!r}")

    def of(self, weak: float, medium: float, strong: float) -> float:
        """One of three amounts, by strength."""
        return {"weak": weak, "medium": medium, "strong": strong}[self.strength]


def positive(truth: Numbers, scene: Scene) -> Flags:
    """The event of a row, (rows,): the last class of classes, above the median for numbers."""
    if scene.labels:
        return np.asarray(truth == len(scene.labels) - 1)
    return np.asarray(truth > np.median(truth)) if len(truth) else np.zeros(0, np.bool_)


def as_numbers(truth: Numbers, scene: Scene) -> Numbers:
    """The target as one number a row: the number itself, or whether it is the last class."""
    return positive(truth, scene).astype(np.float64) if scene.labels else truth
