"""What acting on more or fewer rows is worth: the payoff along the threshold, and where the rule stands on it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from journeyman.bundle.decision import NO_ACTION, DecisionRule
from journeyman.evaluation.policy import payoffs_of
from journeyman.evaluation.stakes import Stakes
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds
from journeyman.statistics.label_rule import chances_of
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
    capacity : the largest share of rows that can be acted on; None where that is not limited
    """

    points: tuple[CurvePoint, ...]
    chosen: CurvePoint
    by: str
    flat: tuple[tuple[str, float], ...]
    outcomes: tuple[Outcome, ...]
    rows: int
    capacity: float | None = None

    def as_data(self) -> dict[str, Any]:
        """The curve as ``run.json`` holds it."""
        return asdict(self)


def payoff_curve(
    answers: Numbers, target: Target, folds: Folds, stakes: Stakes, rule: DecisionRule
) -> PayoffCurve | None:
    """The payoff per 1,000 rows along the threshold.

    Rows are put in the order of what the best action promises above doing nothing. Where there is one action and two
    outcomes of the same worth in every row, that is the order of the probability, and the threshold is said as one.

    Parameters
    ----------
    answers : (rows, outputs) out-of-fold answers; rows that no fold scores are left out
    stakes : of all rows
    rule : the decision rule, with all that it learnt from rows

    Returns
    -------
    None without rows, or without an action.
    """
    scored = folds.all_scored
    acting = [name for name in rule.names if name != NO_ACTION]
    if not len(scored) or not acting:
        return None
    target, answer, stakes = target.take(scored), answers[scored], stakes.take(scored)
    weights = np.ones(len(target)) if target.weights is None else target.weights
    total = float(weights.sum())
    if not total > 0 or not np.isfinite(answer).all():
        return None
    if target.task == "regression":
        promised = rule.promises_numbers(answer[:, 0], stakes.values)
    else:
        promised = rule.promises(chances_of(answer), target.classes, stakes.values)
    promised = np.nan_to_num(promised, nan=-np.inf)
    best = promised[:, 1:].argmax(axis=1)
    promise = promised[np.arange(len(best)), best + 1]
    each = [_taken_always(one, rule, stakes, target, answer) for one in acting]
    worth = 1000 * weights * np.choose(best, each) / total
    order = np.argsort(-promise, kind="stable")
    reached, earned = np.cumsum(weights[order]) / total, np.cumsum(worth[order])
    is_chance = _is_chance(rule, target)
    scale = answer[:, 0] if is_chance else promise
    acted = rule.choose(promised)[0] != NO_ACTION
    return PayoffCurve(
        points=_points(reached, earned, scale[order]),
        chosen=_point(reached, earned, scale[order], int(acted.sum())),
        by="probability" if is_chance else "promise",
        flat=tuple(
            (name, float(1000 * np.average(one, weights=weights))) for name, one in zip(acting, each, strict=True)
        ),
        outcomes=_outcomes(rule, target, each, best, acted, weights),
        rows=len(target),
        capacity=stakes.share,
    )


def _taken_always(name: str, rule: DecisionRule, stakes: Stakes, target: Target, answer: Numbers) -> Numbers:
    return payoffs_of(rule, stakes, target, np.full(len(target), name, dtype=object), answer)


def _is_chance(rule: DecisionRule, target: Target) -> bool:
    """Whether rows in the order of the promise are rows in the order of the positive class's probability."""
    if len(rule.names) != 2 or len(target.classes) != 2 or rule.columns:
        return False
    amounts = rule.amounts(target.classes)[0]
    return bool(amounts[1, 1] > amounts[1, 0])


def _points(reached: Numbers, earned: Numbers, scale: Numbers) -> tuple[CurvePoint, ...]:
    counts = np.unique(np.linspace(0, len(reached), POINTS + 1).round().astype(np.int64))
    return tuple(_point(reached, earned, scale, int(count)) for count in counts)


def _point(reached: Numbers, earned: Numbers, scale: Numbers, count: int) -> CurvePoint:
    if not count:
        return CurvePoint(0.0, None, 0.0)
    return CurvePoint(float(min(1.0, reached[count - 1])), float(scale[count - 1]), float(earned[count - 1]))


def _outcomes(
    rule: DecisionRule, target: Target, each: list[Numbers], best: Integers, acted: Flags, weights: Numbers
) -> tuple[Outcome, ...]:
    """What each action met; doing nothing last. Of a number there are no outcomes to tell apart."""
    taken = np.where(acted, best + 1, 0)
    total = float(weights.sum())
    found = []
    for place in [*range(1, len(rule.names)), 0]:
        for outcome, label in enumerate(target.classes):
            met = (taken == place) & (target.codes == outcome)
            earned = 1000 * float(weights[met] @ each[place - 1][met]) / total if place else 0.0
            found.append(Outcome(rule.names[place], label, 1000 * float(weights[met].sum()) / total, earned))
    return tuple(found)
