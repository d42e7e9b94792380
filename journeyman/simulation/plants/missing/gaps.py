"""Missing cells by the three mechanisms: what their plants share."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any, Literal

import numpy as np

from journeyman.simulation.draft import Draft, Scene
from journeyman.simulation.features import Features, number_name
from journeyman.simulation.plants.plant import Plant
from journeyman.table.columns import Flags, Numbers

#: Cells go missing where 2 x + e is large, x what it depends on and e of spread 1: so strongly do they depend.
SLOPE = 2.0
#: Equally likely values by which a hidden cell is integrated out.
NODES = 64


@dataclass(frozen=True, kw_only=True)
class Gaps(Plant):
    """A share of one number's cells goes missing.

    ``law_reads``: ``recorded``: a missing cell is missing for the law too, and says what every gap says; the best
    score is exact. ``hidden``: the law reads the value that nobody recorded, as where a form was left blank; the best
    answer is the mean over what the value may have been (64 equally likely values), and of numbers the best ``mae``
    is not known. ``place``: which number.
    """

    share: float = 0.2
    place: int = 0
    law_reads: Literal["recorded", "hidden"] = "recorded"

    @abstractmethod
    def lost(self, values: Numbers, features: Features, random: np.random.Generator) -> Flags:
        """Which cells go missing, (rows,), of ``values`` (rows,) in a column of ``features``; NaN are gone already."""

    def likely(self) -> Numbers:
        """Equally likely values of a cell that went missing, (nodes,)."""
        return np.array([NormalDist().inv_cdf((one + 0.5) / NODES) for one in range(NODES)])

    def grow(self, features: Features, scene: Scene) -> Features:
        """Take the cells away; with ``hidden`` the law still reads them."""
        values, hidden = features.numbers[:, self.place], features.hidden
        if self.law_reads == "hidden":
            # Cells that were missing before get a value too: this column's gaps are all of one making.
            values = np.where(np.isnan(values), scene.random("values").standard_normal(features.rows), values)
            hidden = {**hidden, self.place: values}
        lost = self.lost(values, features, scene.random())
        numbers = features.numbers.copy()
        numbers[:, self.place] = np.where(lost, np.nan, values)
        return replace(features, numbers=numbers, hidden=hidden).noted(scene.key, lost & ~np.isnan(values))

    def posterior(self, scene: Scene) -> dict[int, Numbers]:
        """What a hidden cell may have been."""
        del scene
        return {self.place: self.likely()} if self.law_reads == "hidden" else {}

    def sow(self, draft: Draft, scene: Scene) -> Draft:
        """Mark the rows whose cells are gone."""
        return draft.marked(scene.key, draft.features.notes[scene.key])

    def facts(self, scene: Scene) -> dict[str, Any]:
        """The column with the gaps."""
        del scene
        return {"columns": [number_name(self.place)]}


def threshold(share: float) -> float:
    """Where 2 x + e of standard normal x and e passes with the chance ``share``."""
    return float(np.hypot(SLOPE, 1) * NormalDist().inv_cdf(1 - share))
