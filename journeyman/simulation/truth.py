"""What is true of a world: the scores that the best model can reach, and all that was planted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from journeyman.simulation.outcome import best_scores, trivial_scores
from journeyman.table.columns import Integers

if TYPE_CHECKING:
    from journeyman.simulation.world import World

#: New rows over which the law's scores are averaged. Given the rows, they are exact.
TRUTH_ROWS = 100_000
_STREAM = 2


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What is true of a world.

    Parameters
    ----------
    best : the best scores that any model can reach on new rows (without leaks, of new entities, after the table in
        time), by metric: ``log_loss``, ``roc_auc`` (two classes) and ``accuracy``, or ``rmse``, ``mae`` and ``r2``.
        A score that is not known is not there
    trivial : the same scores of always giving the same answer, the best of its kind
    best_as_recorded : the best scores on rows with their labels as a table records them; None where that is not known
    signal : whether any column says anything about the target of a new row
    leaks : columns of the table that know the target because they came after it, or through how it was made
    clusters : (rows,) rows of the table of one code are copies of one another; None where there are no copies
    plants : one mapping a plant: what it is, what it did, which rows of the table it touched
    how : how the scores are known, in words
    """

    best: Mapping[str, float]
    trivial: Mapping[str, float]
    best_as_recorded: Mapping[str, float] | None
    signal: bool
    leaks: tuple[str, ...] = ()
    clusters: Integers | None = None
    plants: tuple[Mapping[str, Any], ...] = field(default=())
    how: str = ""

    def planted(self, kind: str) -> tuple[Mapping[str, Any], ...]:
        """What plants of a kind did: ``drift``, ``weak_slice``, ``insight``, ``label_noise``, …"""
        return tuple(one for one in self.plants if one["kind"] == kind)

    def as_data(self) -> dict[str, Any]:
        """Everything as JSON."""
        return {
            "best": dict(self.best),
            "trivial": dict(self.trivial),
            "best_as_recorded": None if self.best_as_recorded is None else dict(self.best_as_recorded),
            "signal": self.signal,
            "leaks": list(self.leaks),
            "clusters": None if self.clusters is None else self.clusters.tolist(),
            "plants": [dict(one) for one in self.plants],
            "how": self.how,
        }


def truth_of(world: World) -> Truth:
    """Compute what is true of a world and its table."""
    many = world.draft(TRUTH_ROWS, stream=_STREAM, plain=True)
    recorded: Any = many.outcome
    plants = []
    for (scene, plant), told in zip(world.scenes(), world.table.record, strict=True):
        recorded = None if recorded is None else plant.relabel(recorded, scene)
        plants.append({**told, **_in_slice(plant, many, scene)})
    return Truth(
        best=best_scores(many.outcome),
        trivial=trivial_scores(many.outcome, many.truth),
        best_as_recorded=None if recorded is None else best_scores(recorded),
        signal=world.signal,
        leaks=tuple(dict.fromkeys(name for scene, plant in world.scenes() for name in plant.leaks(scene))),
        clusters=world.table.clusters,
        plants=tuple(plants),
        how=(
            f"from the law: exact for each of {TRUTH_ROWS:,} new rows, whose choice is the only chance in it; "
            "the deviation of a constant from numbers is that of their drawn targets"
        ),
    )


def _in_slice(plant: Any, many: Any, scene: Any) -> dict[str, Any]:
    """The best scores inside and outside the slice that a plant speaks of."""
    inside = plant.inside(many.features, scene)
    if inside is None:
        return {}
    return {
        "share": float(np.mean(inside)),
        "best_inside": best_scores(many.outcome.take(inside)),
        "best_outside": best_scores(many.outcome.take(~inside)),
    }
