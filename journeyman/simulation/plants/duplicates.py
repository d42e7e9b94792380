"""Duplicates: rows of the table that are copies of others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

import numpy as np

from journeyman.simulation.draft import Draft, Scene
from journeyman.simulation.features import number_name
from journeyman.simulation.plants.plant import Plant


@dataclass(frozen=True, kw_only=True)
class Duplicates(Plant):
    """A share of the rows is replaced by copies of the others, target included; new rows have none.

    ``near``: copies whose numbers differ by about a thousandth of their spread, as from another export.
    """

    stage: ClassVar[Literal["rows", "cells"]] = "rows"
    share: float = 1 / 3
    near: bool = False

    def sow(self, draft: Draft, scene: Scene) -> Draft:
        """Replace rows; ``clusters`` tell which are copies of one another."""
        random, rows = scene.random(), draft.rows
        copies = random.permutation(rows)[: min(round(rows * self.share), max(0, rows - 1))]
        first = np.setdiff1d(np.arange(rows), copies)
        origin = np.arange(rows)
        if len(copies):
            origin[copies] = random.choice(first, len(copies))
        before = np.arange(rows) if draft.clusters is None else draft.clusters
        changed = draft.take(origin)
        is_copy = np.isin(np.arange(rows), copies)
        if self.near:
            columns = dict(changed.columns)
            for place in range(scene.numbers):
                cells = columns[number_name(place)]
                jitter = np.nanstd(cells) * 0.001 * random.standard_normal(rows) if rows else np.empty(0)
                columns[number_name(place)] = np.where(is_copy, cells + jitter, cells)
            changed = replace(changed, columns=columns)
        return replace(changed, clusters=before[origin]).marked(scene.key, is_copy)

    def facts(self, scene: Scene) -> dict[str, Any]:
        """That all columns are copied."""
        del scene
        return {"columns": []}
