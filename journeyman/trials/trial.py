"""A trial: a plan, its out-of-fold answers, its score per fold, its seconds, its status."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from journeyman.plan.step import Step
from journeyman.table.columns import Numbers

#: ``asked`` is a teacher that has answered: others learn from it, and it is never shipped, nor part of what is.
Status = Literal["done", "failed", "stopped", "skipped", "asked"]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What became of a candidate.

    Shapes: ``answers`` (rows, outputs) out-of-fold answers as the learner gives them, NaN in rows that no fold
    scores; empty (0, 0) unless ``status`` is ``"done"`` or ``"asked"``. ``scores`` one a fold, in the metric's own
    direction. ``weight`` says how complex the plan is: of models that are nearly as good as the best, the one of least
    weight is shipped. ``refit_seconds`` is what fitting it on all rows should take, on one core. ``members`` are the
    trials that it is made of: those of a blend, or the one that was calibrated. ``turn`` says when the search took it
    up, 0 being the first.

    Where an answer may only take so long, ``row_seconds`` is what the graph takes for one row, above one that always
    answers the same; of a blend what its members take together, at most ``row_limit``, which its weights are found
    under. None where nobody asked. ``late`` are the keys of those that could have been members of a blend, had there
    been time to fit them on all rows.
    """

    plan: Step
    name: str
    key: str
    status: Status
    answers: Numbers
    scores: tuple[float, ...] = ()
    floor: bool = False
    weight: int = 10
    seconds: float = 0.0
    refit_seconds: float = 0.0
    reason: str = ""
    members: tuple[Trial, ...] = ()
    turn: int = 0
    row_seconds: float | None = None
    row_limit: float | None = None
    late: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """The mean over the folds that have a score; NaN where none has. A fold of one class may have none."""
        known = [one for one in self.scores if not math.isnan(one)]
        return sum(known) / len(known) if known else math.nan

    @property
    def is_mixed(self) -> bool:
        """Whether it is made of several, or of one that is."""
        return len(self.members) > 1 or any(one.is_mixed for one in self.members)
