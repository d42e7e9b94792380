"""The decision rule: what outcomes are worth under each action, and the action that promises most."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.bundle.amount import (
    Amount,
    amount_data,
    amount_from_data,
    amount_of_rows,
    number_from_data,
)
from journeyman.bundle.expression import Expression
from journeyman.errors import InputError
from journeyman.table.columns import Flags, Integers, Numbers, Objects

#: Doing nothing: always possible, and worth 0 whatever comes.
NO_ACTION = "none"
#: The one outcome of actions on a number: whatever it turns out to be.
ANY = "any"
#: A rule for numbers holds at most so many residuals.
MOST_RESIDUALS = 99
#: At most so many actions, and outcomes of one.
MOST_ACTIONS = 4096

#: Class by class, what it is worth under which actions: (place of the action, amount), amounts of 0 left out.
Pairs = Sequence[Sequence[tuple[int, Amount]]]


@dataclass(frozen=True)
class DecisionRule:
    """Takes the action with the largest expected amount; doing nothing where no action promises more than ``cutoff``.

    A row for which an amount is not known (a cell that it reads is missing) gets `NO_ACTION`: nothing is guessed.

    Parameters
    ----------
    actions : action → outcome (class label) → amount; an outcome that is not named is worth 0.
        `NO_ACTION` is always among the actions, the first of them. Where a number is predicted, the one outcome is
        `ANY`, and amounts may read ``prediction`` and ``actual``
    cutoff : what an action must promise more than: 0, or the price of the capacity that it takes
    is_for_numbers : whether the target is a number
    residuals : for numbers, how far the truth was from out-of-fold predictions: values of equal weight, at most
        `MOST_RESIDUALS`; without any, predictions are taken at their word

    >>> rule = DecisionRule({"call": {"yes": 300.0, "no": -20.0}})
    >>> rule.decide(np.array([[0.9, 0.1], [0.99, 0.01]]), ("no", "yes"))
    (array(['call', 'none'], dtype=object), array([12.,  0.]))
    """

    actions: Mapping[str, Mapping[str, Amount]]
    cutoff: float = 0.0
    is_for_numbers: bool = False
    residuals: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        actions: dict[str, dict[str, Amount]] = {NO_ACTION: {}}
        for action, amounts in self.actions.items():
            actions[action] = {
                outcome: one if isinstance(one, Expression) else float(one) for outcome, one in amounts.items()
            }
            self._check(action, actions[action])
        if any(actions[NO_ACTION].values()):
            raise InputError(
                f"the action {NO_ACTION!r} cannot have a gain",
                because="it means doing nothing, which every amount is compared with",
                remedy="give another name to the action",
            )
        if not (math.isfinite(self.cutoff) and self.cutoff >= 0):
            raise InputError("the cutoff is no amount from 0 on", because=f"it is {self.cutoff}", remedy="give 0")
        if len(self.residuals) > MOST_RESIDUALS or not all(map(math.isfinite, self.residuals)):
            raise InputError(
                "the residuals cannot be used",
                because="they are too many, or not all finite",
                remedy=f"give at most {MOST_RESIDUALS} quantiles",
            )
        object.__setattr__(self, "actions", actions)

    @property
    def names(self) -> tuple[str, ...]:
        """The actions, `NO_ACTION` first."""
        return tuple(self.actions)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the amounts read."""
        return tuple(dict.fromkeys(name for one in self._expressions() for name in one.names))

    def with_cutoff(self, cutoff: float) -> DecisionRule:
        """The same rule that acts only where an action promises more than this."""
        return replace(self, cutoff=float(cutoff))

    def with_residuals(self, residuals: Sequence[float]) -> DecisionRule:
        """The same rule for numbers with another spread of the truth around predictions."""
        return replace(self, residuals=tuple(float(one) for one in residuals))

    # ---- classes ---------------------------------------------------------------------------------------------------

    def pairs(self, classes: Sequence[str]) -> Pairs:
        """What each class is worth under which actions.

        Raises
        ------
        InputError : an outcome is none of the classes, or the rule is for numbers
        """
        if self.is_for_numbers:
            raise InputError("a gain for numbers cannot judge classes", remedy="name classes of the target")
        for action, amounts in self.actions.items():
            for outcome in amounts:
                if outcome not in classes:
                    raise InputError(
                        f"the gain of {action!r} names an outcome {outcome!r}",
                        because=f"the classes are {', '.join(map(repr, classes))}",
                        remedy="name classes of the target",
                    )
        outcomes = list(enumerate(self.actions.values()))
        return [
            [(place, amounts[label]) for place, amounts in outcomes if amounts.get(label, 0.0) != 0.0]
            for label in classes
        ]

    def amounts(self, classes: Sequence[str], values: Mapping[str, Numbers] | None = None, rows: int = 1) -> Numbers:
        """What each outcome is worth under each action, (rows, actions, classes); NaN where a cell is missing.

        Where no amount reads a column there is one row, which stands for all.

        Parameters
        ----------
        values : (rows,) float64 of every column in `columns`, missing is NaN

        Raises
        ------
        InputError : an outcome is none of the classes, or a column is not among the values
        """
        found = np.zeros((rows if self.columns else 1, len(self.actions), len(classes)))
        for outcome, amounts in enumerate(self.pairs(classes)):
            for action, amount in amounts:
                found[:, action, outcome] = amount_of_rows(amount, values, len(found))
        return found

    def promises(
        self, probabilities: Numbers, classes: Sequence[str], values: Mapping[str, Numbers] | None = None
    ) -> Numbers:
        """The expected amount of each action, (rows, actions); NaN where an amount of the action is not known.

        Shapes: ``probabilities`` (rows, classes), ``values`` as for `amounts`.
        """
        expected = np.zeros((len(probabilities), len(self.actions)))
        known: dict[Amount, Numbers] = {}
        # A sum in a fixed order, not a matrix product: one row alone gives the same bits as in a batch.
        with np.errstate(all="ignore"):  # what is beyond all numbers is not known, and `choose` does not act on it
            for outcome, amounts in enumerate(self.pairs(classes)):
                for action, amount in amounts:
                    if amount not in known:
                        known[amount] = amount_of_rows(amount, values, len(expected))
                    expected[:, action] += probabilities[:, outcome] * known[amount]
        return expected

    def decide(
        self, probabilities: Numbers, classes: Sequence[str], values: Mapping[str, Numbers] | None = None
    ) -> tuple[Objects, Numbers]:
        """The best action for each row, and the amount that it promises; among equals the one named first.

        Shapes: ``probabilities`` (rows, classes), ``values`` as for `amounts`; results (rows,). Rows of missing
        probabilities or amounts get `NO_ACTION`, which promises 0.
        """
        known: Flags = np.asarray(np.isfinite(probabilities).all(axis=1), np.bool_)
        return self.choose(self.promises(probabilities, classes, values), known)

    def choose(self, promises: Numbers, known: Flags | None = None) -> tuple[Objects, Numbers]:
        """The best action of each row by what each promises, (rows, actions), as `decide` gives it."""
        whole: Flags = np.asarray(np.isfinite(promises).all(axis=1), np.bool_)
        if known is not None:
            whole &= known
        held = np.where(whole[:, None], promises, 0.0)
        held[:, 0] = self.cutoff  # what must be exceeded; first, so that it wins among equals
        best = held.argmax(axis=1)
        promised = np.where(best > 0, held[np.arange(len(best)), best], 0.0)
        return np.array(self.names, dtype=object)[best], promised

    def knows(self, values: Mapping[str, Numbers] | None, rows: int) -> Flags:
        """Where the amounts are known, (rows,): elsewhere a cell that they read is missing, and nobody acts."""
        whole = np.ones(rows, np.bool_)
        for amount in self._expressions():
            if amount.answers:
                for name in amount.names:
                    whole &= ~np.isnan((values or {})[name])
            else:
                whole &= ~np.isnan(amount_of_rows(amount, values, rows))
        return whole

    def payoff(
        self, actions: Objects, truth: Integers, classes: Sequence[str], values: Mapping[str, Numbers] | None = None
    ) -> Numbers:
        """What actions earned where the truth is known; NaN where an amount is not.

        Shapes: (rows,) each; ``truth`` holds places in ``classes``, ``values`` as for `amounts`.
        """
        amounts = self.amounts(classes, values, len(actions))
        rows = np.arange(len(actions)) if self.columns else np.zeros(len(actions), np.int64)
        return np.asarray(amounts[rows, self._taken(actions), truth], np.float64)

    # ---- numbers ---------------------------------------------------------------------------------------------------

    def spreads(self) -> list[tuple[int, Amount, tuple[float, ...]]]:
        """For each action (its place) its amount, and the residuals over which it is expected.

        Where an amount does not hang on the truth that is one residual of 0.

        Raises
        ------
        InputError : the rule is for classes
        """
        if not self.is_for_numbers:
            raise InputError("a gain for classes cannot judge numbers", remedy='write "ACTION=AMOUNT"')
        found = []
        for place, outcomes in enumerate(self.actions.values()):
            amount = outcomes.get(ANY, 0.0)
            hangs = isinstance(amount, Expression) and "actual" in amount.answers
            if amount != 0.0:
                found.append((place, amount, self.residuals if hangs and self.residuals else (0.0,)))
        return found

    def promises_numbers(self, predictions: Numbers, values: Mapping[str, Numbers] | None = None) -> Numbers:
        """The expected amount of each action over the residuals, (rows, actions); NaN where it is not known."""
        expected = np.zeros((len(predictions), len(self.actions)))
        for place, amount, spread in self.spreads():
            total = np.zeros(len(predictions))
            with np.errstate(all="ignore"):
                for residual in spread:
                    total += amount_of_rows(amount, values, len(predictions), predictions, predictions + residual)
                expected[:, place] = total / len(spread)
        return expected

    def decide_numbers(
        self, predictions: Numbers, values: Mapping[str, Numbers] | None = None
    ) -> tuple[Objects, Numbers]:
        """As `decide`, from predicted numbers (rows,)."""
        return self.choose(self.promises_numbers(predictions, values), ~np.isnan(predictions))

    def payoff_numbers(
        self, actions: Objects, predictions: Numbers, actual: Numbers, values: Mapping[str, Numbers] | None = None
    ) -> Numbers:
        """What actions earned where the number is known; NaN where an amount is not. Shapes: (rows,) each."""
        taken, found = self._taken(actions), np.zeros(len(actions))
        for place, amount, _ in self.spreads():
            worth = amount_of_rows(amount, values, len(actions), predictions, actual)
            found = np.where(taken == place, worth, found)
        return found

    # ---- data ------------------------------------------------------------------------------------------------------

    def as_data(self) -> dict[str, Any]:
        """The rule as JSON holds it; what is as it is by default is left out."""
        actions = [
            [action, {outcome: amount_data(amount) for outcome, amount in amounts.items()}]
            for action, amounts in self.actions.items()
            if action != NO_ACTION
        ]
        data: dict[str, Any] = {"actions": actions}
        if self.cutoff:
            data["cutoff"] = self.cutoff
        if self.is_for_numbers:
            data |= {"is_for_numbers": True, "residuals": list(self.residuals)}
        return data

    def told(self) -> dict[str, Any]:
        """The rule as people read it: as `as_data`, with each amount a number or the text of its expression."""
        actions = [
            [action, {outcome: one.text if isinstance(one, Expression) else one for outcome, one in amounts.items()}]
            for action, amounts in self.actions.items()
            if action != NO_ACTION
        ]
        return {**self.as_data(), "actions": actions}

    @classmethod
    def from_data(cls, data: Any) -> DecisionRule:
        """The rule that `as_data` wrote; nothing in it is trusted.

        Raises
        ------
        InputError : it is no such rule
        """
        _is(isinstance(data, dict) and "actions" in data, "it is not one that we write")
        _is(set(data) <= {"actions", "cutoff", "is_for_numbers", "residuals"}, "it is not one that we write")
        given = data["actions"]
        _is(isinstance(given, list) and 0 < len(given) <= MOST_ACTIONS, "it has no actions, or too many")
        actions: dict[str, dict[str, Amount]] = {}
        for one in given:
            _is(isinstance(one, list) and len(one) == 2 and isinstance(one[0], str), "an action has no name")
            _is(one[0] not in actions and one[0] != NO_ACTION, "an action is named twice")
            _is(isinstance(one[1], dict) and len(one[1]) <= MOST_ACTIONS, "an action has no amounts, or too many")
            _is(all(isinstance(outcome, str) for outcome in one[1]), "an outcome has no name")
            actions[one[0]] = {outcome: amount_from_data(amount) for outcome, amount in one[1].items()}
        cutoff, residuals = data.get("cutoff", 0.0), data.get("residuals", [])
        is_for_numbers = data.get("is_for_numbers", False)
        _is(isinstance(is_for_numbers, bool), "its target is neither classes nor a number")
        _is(isinstance(residuals, list) and (is_for_numbers or not residuals), "its residuals are no list")
        _is(len(residuals) <= MOST_RESIDUALS, "it has too many residuals")
        return cls(actions, number_from_data(cutoff), is_for_numbers, tuple(number_from_data(one) for one in residuals))

    def _check(self, action: str, amounts: Mapping[str, Amount]) -> None:
        if not action or not all(math.isfinite(one) for one in amounts.values() if isinstance(one, float)):
            raise InputError(
                f"the gain of action {action!r} cannot be used",
                because="an action needs a name and finite amounts",
                remedy='give amounts as in --gain "call:yes=300, call:no=-20"',
            )
        others = [outcome for outcome in amounts if outcome != ANY]
        if self.is_for_numbers and others:
            raise InputError(
                f"the gain of {action!r} names an outcome {others[0]!r}",
                because="a number is predicted, which has no classes",
                remedy=f'write "{action}=AMOUNT" over columns, prediction and actual',
            )
        told = [one.answers[0] for one in amounts.values() if isinstance(one, Expression) and one.answers]
        if told and not self.is_for_numbers:
            raise InputError(
                f"an amount of {action!r} reads {told[0]!r}",
                because="it is known only where a number is predicted",
                remedy=f"write `{told[0]}` in back-ticks if it is a column",
            )

    def _expressions(self) -> tuple[Expression, ...]:
        amounts = (amount for outcomes in self.actions.values() for amount in outcomes.values())
        return tuple(dict.fromkeys(one for one in amounts if isinstance(one, Expression)))

    def _taken(self, actions: Objects) -> Integers:
        places = {name: place for place, name in enumerate(self.names)}
        return np.fromiter((places[action] for action in actions), np.int64, len(actions))


def _is(condition: bool, otherwise: str) -> None:
    if not condition:
        raise InputError("a decision rule cannot be used", because=otherwise, remedy="build the bundle again")
