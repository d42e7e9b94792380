"""Delayed outcomes: what was decided lately has no outcome yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from journeyman.simulation.company.part import DECIDED, Cases, Part, event, with_decision_date
from journeyman.simulation.draft import Scene
from journeyman.simulation.features import SPAN_DAYS, dates


@dataclass(frozen=True, kw_only=True)
class DelayedOutcomes(Part):
    """Dates of decision and of outcome; targets whose outcome lies after the table's last day are missing.

    The last class (or a number above its mean) comes ``slower`` times as late on average as the rest, so that the
    newest rows with an outcome are not like all rows. New cases have no date of outcome; their target is there for
    who scores.

    Parameters
    ----------
    days : the mean delay of the rest, exponential
    """

    turn: ClassVar[int] = 3
    days: float = 30.0
    slower: float = 2.0
    column: str = "outcome_on"

    def wrap(self, cases: Cases, scene: Scene) -> Cases:
        """Write the dates, and take away what is not known yet."""
        cases, time = with_decision_date(cases, scene)
        draft = cases.draft
        if scene.plain:
            return cases.beside(self.column, [None] * draft.rows)
        mean = self.days * np.where(event(draft, scene), self.slower, 1.0)
        came = time + (1 + scene.random().exponential(1.0, draft.rows) * mean) / SPAN_DAYS
        late = came > 1
        known = draft.changed(scene.target, without(draft.columns[scene.target], late)).marked(scene.key, late)
        return replace(cases, draft=known.beside(self.column, dates(np.where(late, np.nan, came))))

    def facts(self, table: Cases, many: Cases, scene: Scene) -> dict[str, Any]:
        """The dates, the rows without an outcome, and how the level of known targets misleads."""
        del many
        return {
            "columns": [DECIDED, self.column],
            "leaks": [self.column],
            **hidden_facts(table, scene),
        }


def without(cells: Any, gone: Any) -> Any:
    """A column's cells, some of them missing."""
    if isinstance(cells, list):
        return [None if one else cell for cell, one in zip(cells, gone.tolist(), strict=True)]
    return np.where(gone, np.nan, cells)


def hidden_facts(table: Cases, scene: Scene) -> dict[str, Any]:
    """Rows whose target a part took away; the target's level among all rows, and among those that are left.

    The level is the share of the last class, or the mean.
    """
    draft = table.draft
    gone = draft.marks[scene.key]
    level = draft.truth if not scene.labels else (draft.truth == len(scene.labels) - 1).astype(np.float64)
    known = level[~gone]
    return {
        "rows": np.flatnonzero(gone).tolist(),
        "level": float(level.mean()) if len(level) else None,
        "level_known": float(known.mean()) if len(known) else None,
    }
