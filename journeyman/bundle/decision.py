"""The decision rule: what outcomes are worth under each action, and the action that promises most."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.errors import InputError
from journeyman.table.columns import Integers, Numbers, Objects

#: Doing nothing: always possible, and worth 0 whatever comes.
NO_ACTION = "none"


@dataclass(frozen=True)
class DecisionRule:
    """Takes the action with the largest expected amount; doing nothing where no action promises more than 0.

    Parameters
    ----------
    actions : action → outcome (class label) → amount; an outcome that is not named is worth 0.
        `NO_ACTION` is always among the actions, the first of them.

    >>> rule = DecisionRule({"call": {"yes": 300.0, "no": -20.0}})
    >>> rule.decide(np.array([[0.9, 0.1], [0.99, 0.01]]), ("no", "yes"))
    (array(['call', 'none'], dtype=object), array([12.,  0.]))
    """

    actions: Mapping[str, Mapping[str, float]]

    def __post_init__(self) -> None:
        actions: dict[str, dict[str, float]] = {NO_ACTION: {}}
        for action, amounts in self.actions.items():
            actions[action] = {outcome: float(amount) for outcome, amount in amounts.items()}
            if not action or not all(math.isfinite(amount) for amount in actions[action].values()):
                raise InputError(
                    f"the gain of action {action!r} cannot be used",
                    because="an action needs a name and finite amounts",
                    remedy='give amounts as in --gain "call:yes=300, call:no=-20"',
                )
        if any(actions[NO_ACTION].values()):
            raise InputError(
                f"the action {NO_ACTION!r} cannot have a gain",
                because="it means doing nothing, which every amount is compared with",
                remedy="give another name to the action",
            )
        object.__setattr__(self, "actions", actions)

    @property
    def names(self) -> tuple[str, ...]:
        """The actions, `NO_ACTION` first."""
        return tuple(self.actions)

    def amounts(self, classes: Sequence[str]) -> Numbers:
        """What each outcome is worth under each action, (actions, classes).

        Raises
        ------
        InputError : an outcome is none of the classes
        """
        for action, amounts in self.actions.items():
            for outcome in amounts:
                if outcome not in classes:
                    raise InputError(
                        f"the gain of {action!r} names an outcome {outcome!r}",
                        because=f"the classes are {', '.join(map(repr, classes))}",
                        remedy="name classes of the target",
                    )
        table = [[amounts.get(label, 0.0) for label in classes] for amounts in self.actions.values()]
        return np.array(table, np.float64).reshape(len(self.actions), len(classes))

    def decide(self, probabilities: Numbers, classes: Sequence[str]) -> tuple[Objects, Numbers]:
        """The best action for each row, and the amount that it promises; among equals the one named first.

        Shapes: ``probabilities`` (rows, classes); results (rows,). Rows of missing probabilities get `NO_ACTION`.
        """
        amounts = self.amounts(classes)
        expected = np.zeros((len(probabilities), len(amounts)))
        # A sum in a fixed order, not a matrix product: one row alone gives the same bits as in a batch.
        for place in range(len(classes)):
            expected += probabilities[:, place : place + 1] * amounts[:, place]
        expected = np.where(np.isnan(expected), 0.0, expected)
        best = expected.argmax(axis=1)
        names = np.array(self.names, dtype=object)
        return names[best], expected[np.arange(len(best)), best]

    def payoff(self, actions: Objects, truth: Integers, classes: Sequence[str]) -> Numbers:
        """What actions earned where the truth is known. Shapes: (rows,) each; ``truth`` holds places in ``classes``."""
        places = {name: place for place, name in enumerate(self.names)}
        taken = np.fromiter((places[action] for action in actions), np.int64, len(actions))
        return self.amounts(classes)[taken, truth]

    def as_data(self) -> dict[str, Any]:
        """The rule as JSON holds it."""
        actions = [[action, dict(amounts)] for action, amounts in self.actions.items() if action != NO_ACTION]
        return {"actions": actions}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> DecisionRule:
        """The rule that `as_data` wrote."""
        return cls(dict(data["actions"]))
