"""What decisions pay: of each candidate, of always the same answer, and of what a person could do by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.bundle.decision import NO_ACTION, DecisionRule
from journeyman.evaluation.board import Board
from journeyman.evaluation.evaluation import BreakEven
from journeyman.statistics.bbc import Bootstrap
from journeyman.statistics.measure import Measure, mean_measure
from journeyman.table.columns import Integers, Numbers, Objects

#: Floors of at most this weight are what a person could do without a model.
_BY_HAND = 1


@dataclass(frozen=True)
class Money:
    """Payoffs of each row: of each candidate, always the same answer, and then what can be done by hand."""

    board: Board
    values: tuple[Numbers, ...]
    actions: tuple[Objects, ...]
    by_hand: tuple[int, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, board: Board, rule: DecisionRule, shipped: int) -> Money:
        """Decide every row by everybody's answers, and count what came of it."""
        classes, truth = board.target.classes, board.target.codes
        actions = [rule.decide(_probabilities(answer), classes)[0] for answer in board.answers]
        names = [trial.name for trial in board.trials] + ["always the same answer"]
        by_hand = [
            place
            for place, trial in enumerate(board.trials)
            if trial.floor and trial.weight <= _BY_HAND and place != shipped
        ]
        by_hand.append(board.constant)
        for action in (NO_ACTION, *(one for one in rule.actions if one != NO_ACTION)):
            by_hand.append(len(actions))
            actions.append(np.full(len(truth), action, dtype=object))
            names.append("doing nothing" if action == NO_ACTION else f"'{action}' for every row")
        values = [np.asarray(rule.payoff(one, truth, classes), np.float64) * 1000 for one in actions]
        return cls(board, tuple(values), tuple(actions), tuple(by_hand), tuple(names))

    @property
    def best_by_hand(self) -> int:
        """What pays best without a model."""
        means = [float(np.average(self.values[place], weights=self.board.weights)) for place in self.by_hand]
        return self.by_hand[int(np.argmax(means))]

    @property
    def against(self) -> str:
        """The same in words."""
        return self.names[self.best_by_hand]

    @property
    def measure(self) -> Measure:
        """The payoff per 1,000 rows of each in the list."""
        return mean_measure("payoff", self.values, self.board.weights)

    def replay(self, bootstrap: Bootstrap, replayed: Integers) -> tuple[Numbers, Numbers]:
        """Payoff per 1,000 rows of what each replay chose, and what it brings above the best by hand."""
        measure = self.measure
        inside, _ = bootstrap.inside(measure, self.by_hand)
        rivals = np.array(self.by_hand)[inside.argmax(axis=1)]
        outside = bootstrap.outside(measure, np.column_stack([replayed, rivals]))
        return outside[:, 0], outside[:, 0] - outside[:, 1]

    def break_even(self, rule: DecisionRule, shipped: int, gain: float) -> tuple[BreakEven, ...]:
        """Amounts at which the gain would be gone, the nearest first."""
        if not gain > 0:
            return ()
        found = []
        ours, theirs = self.actions[shipped], self.actions[self.best_by_hand]
        for action, amounts in rule.actions.items():
            more = (ours == action).astype(np.float64) - (theirs == action)
            for outcome, amount in amounts.items():
                true = self.board.target.codes == self.board.target.classes.index(outcome)
                per_unit = 1000 * float(np.average(more * true, weights=self.board.weights))
                if amount and per_unit:
                    found.append(BreakEven(action, outcome, float(amount), float(amount) - gain / per_unit))
        return tuple(sorted(found, key=lambda one: abs(one.at / one.amount - 1)))


def _probabilities(answer: Numbers) -> Numbers:
    return np.column_stack([1 - answer[:, 0], answer[:, 0]]) if answer.shape[1] == 1 else answer
