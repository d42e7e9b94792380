"""What acting on more or fewer rows is worth: the payoff along the threshold, and where the rule stands on it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from journeyman.bundle.decision import NO_ACTION, DecisionRule
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds
from journeyman.table.columns import Flags, Integers, Numbers

#: Points of the curve.
POINTS = 80


@dataclass(frozen=True)
class CurvePoint:
    """Acting on this share of the rows, the most promising first: the probability (or the promise) of the last one
    that is acted on, and the payoff per 1,000 rows.
    """

    share: float
    threshold: float | None
    payoff: float


@dataclass(frozen=True)
class Outcome:
    """What an action met: of 1,000 rows so many came out so, and that was worth so much."""

    action: str
    outcome: str
    rows: float
    payoff: float


@dataclass(frozen=True, kw_only=True)
class PayoffCurve:
    """The payoff of acting on more and more rows, as it turned out on rows that the answering model had not seen.

    Parameters
    ----------
    points : from acting on no row to acting on all
    chosen : where the decision rule stands
    by : what ``threshold`` is: ``probability`` of the positive class, or the ``promise``, the expected amount
    flat : the payoff per 1,000 rows of each action taken for every row, (action, payoff)
    outcomes : what the rule's actions met
    rows : rows that this was counted on
    """

    points: tuple[CurvePoint, ...]
    chosen: CurvePoint
    by: str
    flat: tuple[tuple[str, float], ...]
    outcomes: tuple[Outcome, ...]
    rows: int

    def as_data(self) -> dict[str, Any]:
        """The curve as ``run.json`` holds it."""
        return asdict(self)


def payoff_curve(answers: Numbers, target: Target, folds: Folds, rule: DecisionRule) -> PayoffCurve | None:
    """The payoff per 1,000 rows along the threshold.

    Rows are put in the order of what the best action promises above doing nothing. Where there is one action and two
    outcomes that is the order of the probability, and the threshold is said as one.

    Parameters
    ----------
    answers : (rows, outputs) out-of-fold answers; rows that no fold scores are left out
    rule : what decisions are worth

    Returns
    -------
    None for a target that is no class, or without rows.
    """
    scored = folds.all_scored
    if not target.classes or not len(scored):
        return None
    target, answer = target.take(scored), answers[scored]
    weights = np.ones(len(target)) if target.weights is None else target.weights
    total = float(weights.sum())
    if not total > 0 or not np.isfinite(answer).all():
        return None
    chances = np.column_stack([1 - answer[:, 0], answer[:, 0]]) if answer.shape[1] == 1 else answer
    amounts, truth = rule.amounts(target.classes), target.codes
    promised = chances @ amounts.T
    acting = [place for place, name in enumerate(rule.names) if name != NO_ACTION]
    if not acting:
        return None
    best = np.array(acting)[promised[:, acting].argmax(axis=1)]
    promise = promised[np.arange(len(best)), best]
    worth = 1000 * weights * amounts[best, truth] / total
    order = np.argsort(-promise, kind="stable")
    reached, earned = np.cumsum(weights[order]) / total, np.cumsum(worth[order])
    is_chance = len(acting) == 1 and len(target.classes) == 2 and amounts[acting[0], 1] > amounts[acting[0], 0]
    scale = chances[:, 1] if is_chance else promise
    acted = rule.decide(chances, target.classes)[0] != NO_ACTION
    count = int(acted.sum())
    return PayoffCurve(
        points=_points(reached, earned, scale[order]),
        chosen=_point(reached, earned, scale[order], count),
        by="probability" if is_chance else "promise",
        flat=tuple(
            (rule.names[place], float(1000 * np.average(amounts[place, truth], weights=weights))) for place in acting
        ),
        outcomes=_outcomes(rule, target, best, acted, weights),
        rows=len(target),
    )


def _points(reached: Numbers, earned: Numbers, scale: Numbers) -> tuple[CurvePoint, ...]:
    counts = np.unique(np.linspace(0, len(reached), POINTS + 1).round().astype(np.int64))
    return tuple(_point(reached, earned, scale, int(count)) for count in counts)


def _point(reached: Numbers, earned: Numbers, scale: Numbers, count: int) -> CurvePoint:
    if not count:
        return CurvePoint(0.0, None, 0.0)
    return CurvePoint(float(min(1.0, reached[count - 1])), float(scale[count - 1]), float(earned[count - 1]))


def _outcomes(
    rule: DecisionRule, target: Target, best: Integers, acted: Flags, weights: Numbers
) -> tuple[Outcome, ...]:
    """What each action met; doing nothing last."""
    amounts, truth = rule.amounts(target.classes), target.codes
    taken = np.where(acted, best, 0)
    found = []
    for place in [*range(1, len(rule.names)), 0]:
        for outcome, label in enumerate(target.classes):
            rows = 1000 * float(weights[(taken == place) & (truth == outcome)].sum() / weights.sum())
            found.append(Outcome(rule.names[place], label, rows, rows * float(amounts[place, outcome])))
    return tuple(found)
