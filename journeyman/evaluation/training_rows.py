"""Which rows what is shipped learnt from, repaired or as they are, what else was tried, and whether it paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from journeyman.curation.training_rows import EVERYTHING
from journeyman.evaluation.estimate import Estimate
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds
from journeyman.statistics.metrics.metric import Metric
from journeyman.trials.trial import Trial
from journeyman.trials.twins import RowsTried, choice_of, rows_tried


@dataclass(frozen=True)
class TrainingRows:
    """The choice of training data: which rows, and whether their columns are repaired.

    Parameters
    ----------
    kept : of what is shipped, in words: "keep everything" where all of it learnt from every row
    tried : each choice that was tried, with its mean gain over the same plans on every row as it is
    skipped : choices that were not tried to their end, and why
    """

    kept: str
    tried: tuple[RowsTried, ...]
    skipped: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        """The choice for people, with what speaks for it."""
        accepted = [one for one in self.tried if one.accepted]
        count = f"{len(self.tried)} {'choices' if len(self.tried) != 1 else 'choice'} of training data tried"
        if self.kept != EVERYTHING:
            kept = [one for one in accepted if one.choice.removesuffix(", calibrated") in self.kept]
            best = max(kept, key=lambda one: one.value, default=None)
            of = "" if best is None or len(best.names) == 1 else f" in the mean of {len(best.names)} models"
            why = f": a gain of {best.value:.3g} [{best.low:.3g}, {best.high:.3g}]{of}" if best is not None else ""
            return f"What it learns from was chosen ({self.kept}){why}. Every row judges, as it is."
        if not self.tried and self.skipped:
            is_one = len(self.skipped) == 1
            were = "one choice of training data was" if is_one else f"{len(self.skipped)} choices of training data were"
            reasons = {reason for _, reason in self.skipped}
            why = f": {reasons.pop()}" if len(reasons) == 1 else ""
            return f"Keep everything: {were} not tried to the end{why}."
        if not self.tried:
            return "Keep everything: neither leaving out rows, old or doubtful ones, nor a repair looked promising."
        if accepted:
            return f"Keep everything: {count}, {len(accepted)} with a gain, but another candidate is better still."
        if gained := sum(one.low > 0 for one in self.tried):
            return f"Keep everything: {count}, {gained} with a gain, but none beyond the best model of every row."
        return f"Keep everything: {count}, none with a gain beyond noise."

    def as_data(self) -> dict[str, Any]:
        """The choice as ``run.json`` holds it."""
        return {
            "kept": self.kept,
            "sentence": self.sentence,
            "tried": [
                {
                    "choice": one.choice,
                    "names": list(one.names),
                    "gain": Estimate(one.value, one.low, one.high).as_data(),
                    "accepted": one.accepted,
                }
                for one in self.tried
            ],
            "skipped": [{"name": name, "reason": reason} for name, reason in self.skipped],
        }


def training_rows(
    trials: Sequence[Trial], shipped: Trial, metric: Metric, target: Target, folds: Folds
) -> TrainingRows:
    """What was chosen, and what was tried, from all trials of a search."""
    skipped = [one for one in trials if one.status != "done" and choice_of(one) != EVERYTHING]
    return TrainingRows(
        kept=choice_of(shipped),
        tried=tuple(rows_tried(trials, metric, target, folds)),
        skipped=tuple((one.name, one.reason) for one in skipped),
    )
