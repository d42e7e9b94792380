"""The incumbent: how cases are decided today, by a score of known quality."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from journeyman.simulation.company.part import Cases, Part, merit
from journeyman.simulation.draft import Scene
from journeyman.simulation.outcome import class_scores


@dataclass(frozen=True, kw_only=True)
class Incumbent(Part):
    """A column with today's decision (``yes`` to act, ``no``), or with the score behind it.

    Parameters
    ----------
    quality : correlation of the score with what the law says, 0 (chance) to 1 (the best score there is)
    share : of cases acted on, where what the law says is normal; the true share stands in the truth
    shows : whether the column has the decision or the score
    """

    quality: float = 0.5
    share: float = 0.3
    shows: str = "decision"
    column: str = "today"

    def wrap(self, cases: Cases, scene: Scene) -> Cases:
        """Score and decide every case."""
        known = merit(cases)
        # Where nothing can be known, no score is better than chance, whatever its quality.
        quality = self.quality if known.any() else 0.0
        chance = scene.random().standard_normal(cases.draft.rows)
        score = quality * known + np.sqrt(1 - quality**2) * chance
        acts = score > NormalDist().inv_cdf(1 - self.share)
        shown = score if self.shows == "score" else np.where(acts, "yes", "no").tolist()
        return cases.beside(self.column, shown).decided("incumbent", acts)

    def facts(self, table: Cases, many: Cases, scene: Scene) -> dict[str, Any]:
        """The column, the share acted on, and how well the decision (or score) ranks two classes."""
        acts = many.policies["incumbent"]
        told: dict[str, Any] = {"columns": [self.column], "acted": float(acts.mean())}
        if scene.task == "binary":
            shown = np.asarray(many.columns[self.column]) if self.shows == "score" else acts.astype(np.float64)
            answer = 1 / (1 + np.exp(-shown.astype(np.float64)))
            told["roc_auc"] = class_scores(many.draft.outcome, answer[:, None])["roc_auc"]
        return told
