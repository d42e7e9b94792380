"""How wrong the amounts may be: for each, the range in which acting by the model pays more than any fixed rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.bundle.decision import NO_ACTION, DecisionRule
from journeyman.evaluation.board import Board
from journeyman.evaluation.policy import always, policy_of
from journeyman.evaluation.stakes import Stakes
from journeyman.table.columns import Numbers

#: An amount is tried from this part of itself up to so many times it, so many steps to each side.
_LARGEST, _STEPS = 32.0, 20
#: Decisions are made anew for so many rows at most, evenly spread.
_MOST_ROWS = 20_000


@dataclass(frozen=True)
class CostRange:
    """An amount of the decision rule, and the range in which the model would win, all other amounts as they are.

    ``low`` and ``high`` are None where it still wins at a thirty-second of the amount, and at thirty-two times it.
    """

    action: str
    outcome: str
    amount: float
    low: float | None
    high: float | None

    def as_data(self) -> dict[str, Any]:
        """The range as ``run.json`` holds it."""
        return {
            "action": self.action,
            "outcome": self.outcome,
            "amount": self.amount,
            "low": self.low,
            "high": self.high,
        }


def cost_ranges(board: Board, stakes: Stakes, shipped: int) -> tuple[CostRange, ...]:
    """The ranges of all amounts that are plain numbers; those of least room first.

    For each other value of an amount the model's rows are decided anew, as the rule would with it, and compared with
    the best fixed action decided anew as well. Nothing is said of an amount as it stands where the model does not win.
    """
    rule = stakes.rule
    if rule is None:
        return ()
    rows = np.arange(len(board.target))
    if len(rows) > _MOST_ROWS:
        rows = np.linspace(0, len(rows) - 1, _MOST_ROWS).astype(np.int64)
    answer, weights, target, stakes = (
        board.answers[shipped][rows],
        board.weights[rows],
        board.target.take(rows),
        stakes.take(rows),
    )

    def wins(one: DecisionRule) -> bool:
        tried = replace(stakes, rule=one)
        mine = _mean(policy_of(tried, target, answer, weights).payoffs, weights)
        fixed = [_mean(always(name, tried, target, answer), weights) for name in one.names if name != NO_ACTION]
        return mine > max([0.0, *fixed])

    if not wins(rule):
        return ()
    found = []
    for action, amounts in rule.actions.items():
        for outcome, amount in amounts.items():
            if not isinstance(amount, float) or amount == 0:
                continue
            factors = _LARGEST ** (np.arange(1, _STEPS + 1) / _STEPS)
            more, less = (_lost(wins, rule, (action, outcome), amount * factors**sign) for sign in (1.0, -1.0))
            low, high = (less, more) if amount > 0 else (more, less)
            found.append(CostRange(action, outcome, amount, low, high))
    return tuple(sorted(found, key=_room))


def _lost(
    wins: Callable[[DecisionRule], bool], rule: DecisionRule, pair: tuple[str, str], amounts: Numbers
) -> float | None:
    """The first of these amounts at which the model does not win; None where it wins at all of them."""
    return next((one for one in amounts.tolist() if not wins(_with(rule, *pair, one))), None)


def _with(rule: DecisionRule, action: str, outcome: str, amount: float) -> DecisionRule:
    actions = {name: dict(amounts) for name, amounts in rule.actions.items() if name != NO_ACTION}
    actions[action][outcome] = amount
    return replace(rule, actions=actions)


def _room(one: CostRange) -> float:
    """By how large a factor the amount may be wrong, at least."""
    factors = [max(end / one.amount, one.amount / end) for end in (one.low, one.high) if end]
    return min(factors, default=np.inf)


def _mean(values: Numbers, weights: Numbers) -> float:
    return float(np.average(values, weights=weights))
