"""What other models that were tried say of the same rows: one of each kind of learner."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from journeyman.plan.target import Target
from journeyman.statistics.label_rule import chances_of
from journeyman.table.columns import Integers, Numbers
from journeyman.trials.clock import learner_of
from journeyman.trials.trial import Trial

_LEAST_CHANCE = 1e-6


def second_opinions(trials: Sequence[Trial], target: Target, rows: Integers) -> list[Numbers]:
    """Out-of-fold chances (n, classes) of the best trial of each kind of learner, of those that say anything.

    The best is the one whose answers are likeliest on these rows; a kind that says no more than the shares of the
    classes is not asked. For numbers there are none.
    """
    if not target.classes or not len(rows):
        return []
    codes = target.codes[rows]
    best: dict[str, tuple[float, Numbers]] = {}
    for one in trials:
        if one.status != "done" or one.members or one.answers.shape != (len(target), target.outputs):
            continue
        answers = one.answers[rows]
        if not np.isfinite(answers).all():
            continue
        chances = chances_of(answers)
        loss, kind = _loss(chances, codes), learner_of(one.plan)
        if loss < _loss_of_shares(codes, len(target.classes)) and loss < best.get(kind, (np.inf, chances))[0]:
            best[kind] = loss, chances
    return [chances for _, chances in best.values()]


def _loss(chances: Numbers, codes: Integers) -> float:
    return float(-np.log(np.maximum(chances[np.arange(len(codes)), codes], _LEAST_CHANCE)).mean())


def _loss_of_shares(codes: Integers, classes: int) -> float:
    shares = np.bincount(codes, minlength=classes) / len(codes)
    return float(-np.log(shares[codes]).mean())
