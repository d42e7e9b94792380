"""People who decide: each with a leniency of their own, each with noise, some knowing more than the table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any

import numpy as np

from journeyman.simulation.company.part import Cases, Part, event, merit
from journeyman.simulation.draft import Scene
from journeyman.table.columns import Integers, Numbers

#: Cases over which agreement between people is averaged.
_MOST = 20_000


@dataclass(frozen=True, kw_only=True)
class Deciders(Part):
    """A column with the actor, one with the decision: ``approve`` where merit + noise passes the actor's cutoff.

    Merit is what the law says of the case, in standard units. Actors get cases by chance. The decision is no feature:
    where people know more than the table (``knows``), it tells of the outcome what no new case can.

    Parameters
    ----------
    people : how many
    leniency : spread of the cutoffs between people (level noise)
    noise : spread of one person's judgement of one case (occasion noise)
    share : of cases approved by a person in the middle
    knows : how much people see of the outcome beyond the table, in standard units of merit: what an outcome known
        only for approved cases is biased by
    twice : share of cases that a second person decided too, in the table ``second_opinions`` (``row`` counts from 0)
    """

    people: int = 8
    leniency: float = 0.5
    noise: float = 0.5
    share: float = 0.5
    knows: float = 0.0
    twice: float = 0.0
    actor: str = "actor"
    column: str = "decision"

    def wrap(self, cases: Cases, scene: Scene) -> Cases:
        """Give every case its actor and decide it."""
        random, rows = scene.random(), cases.draft.rows
        who = random.integers(0, self.people, rows)
        seen = self._seen(cases, scene)
        acts = seen + self.noise * random.standard_normal(rows) > self._cutoffs(scene)[who]
        cases = cases.beside(self.actor, self._names(who)).beside(self.column, _words(acts))
        if self.twice:
            asked = np.flatnonzero(random.uniform(size=rows) < self.twice)
            other = (who[asked] + random.integers(1, max(2, self.people), len(asked))) % self.people
            again = seen[asked] + self.noise * random.standard_normal(len(asked)) > self._cutoffs(scene)[other]
            second = {"row": asked.astype(np.float64), self.actor: self._names(other), self.column: _words(again)}
            cases = replace(cases, tables={**cases.tables, "second_opinions": second})
        return cases.decided("deciders", acts, informed=self.knows != 0)

    def facts(self, table: Cases, many: Cases, scene: Scene) -> dict[str, Any]:
        """Each actor's cutoff and share approved; how far people agree; the best accuracy of telling a decision.

        ``agreement`` is that of two different people on one case; ``ceiling`` of any model that knows the case and
        the actor, ``ceiling_without_actor`` of one that knows the case. All follow from the law where people know
        no more than the table; else they are None.
        """
        del table
        cutoffs = self._cutoffs(scene)
        told: dict[str, Any] = {
            "columns": [self.actor, self.column],
            "cutoffs": {f"person {one + 1}": float(cutoff) for one, cutoff in enumerate(cutoffs)},
            "approved": self._by_actor(many),
        }
        chances = None if self.knows else self._chances(many, scene)
        return {**told, **_agreement(chances)}

    def _cutoffs(self, scene: Scene) -> Numbers:
        middle = float(np.hypot(1, self.noise)) * NormalDist().inv_cdf(1 - self.share)
        return middle + self.leniency * scene.law("cutoffs").standard_normal(self.people)

    def _seen(self, cases: Cases, scene: Scene) -> Numbers:
        return merit(cases) + self.knows * (2.0 * event(cases.draft, scene) - 1)

    def _names(self, who: Integers) -> list[str]:
        names = np.array([f"person {one + 1}" for one in range(self.people)], dtype=object)
        cells: list[str] = names[who].tolist()
        return cells

    def _by_actor(self, many: Cases) -> dict[str, float]:
        names, codes = np.unique(np.asarray(many.columns[self.actor]), return_inverse=True)
        shares = np.bincount(codes, many.policies["deciders"]) / np.bincount(codes)
        return dict(zip(names.tolist(), shares.tolist(), strict=True))

    def _chances(self, many: Cases, scene: Scene) -> Numbers:
        """How likely each person is to approve each case, (cases, people)."""
        from scipy.special import ndtr

        passed = merit(many)[:_MOST, None] - self._cutoffs(scene)
        return np.asarray(ndtr(passed / self.noise) if self.noise else (passed > 0).astype(np.float64))


def _agreement(chances: Numbers | None) -> dict[str, float | None]:
    if chances is None:
        return {"agreement": None, "ceiling": None, "ceiling_without_actor": None}
    people, mean = chances.shape[1], chances.mean(axis=1)
    pairs = people * (people - 1) or 1
    both = ((chances.sum(axis=1) ** 2 - (chances**2).sum(axis=1)) / pairs).mean()
    neither = (((1 - chances).sum(axis=1) ** 2 - ((1 - chances) ** 2).sum(axis=1)) / pairs).mean()
    return {
        "agreement": float(both + neither) if people > 1 else None,
        "ceiling": float(np.maximum(chances, 1 - chances).mean()),
        "ceiling_without_actor": float(np.maximum(mean, 1 - mean).mean()),
    }


def _words(acts: Any) -> list[str]:
    cells: list[str] = np.where(acts, "approve", "reject").tolist()
    return cells
