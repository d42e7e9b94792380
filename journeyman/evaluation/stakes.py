"""What is at stake in each row: what decisions are worth, how many there can be, and who decides today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from journeyman.bundle.decision import NO_ACTION, DecisionRule
from journeyman.plan.target import Target
from journeyman.table.columns import Integers, Numbers, Objects, Strings
from journeyman.table.table import Table, Values

#: Words, in any case, that say of today's decision that nothing was done, or that something was.
_NOTHING = frozenset({"", "no", "n", "false", "f", "0", "none", "reject", "rejected", "declined", "nein", "non"})


@dataclass(frozen=True)
class Incumbent:
    """Who decides today.

    Parameters
    ----------
    name : the column
    actions : (rows,) what was decided, as actions of the rule; None where there is a score only
    score : (rows,) a number by which rows are ranked for acting, or today's forecast where a number is predicted; NaN
        where it is missing; None where there are decisions
    """

    name: str
    actions: Objects | None = None
    score: Numbers | None = None

    def take(self, rows: Integers) -> Incumbent:
        """Some rows."""
        return replace(
            self,
            actions=None if self.actions is None else self.actions[rows],
            score=None if self.score is None else self.score[rows],
        )


@dataclass(frozen=True)
class Stakes:
    """What decisions are worth.

    Parameters
    ----------
    rule : what each action is worth under each outcome; None where nobody said
    values : (rows,) each, the columns that the rule's amounts read; missing is NaN
    share : the largest share of rows that can be acted on; None where that is not limited
    incumbent : who decides today, or None
    """

    rule: DecisionRule | None = None
    values: Mapping[str, Numbers] = field(default_factory=dict)
    share: float | None = None
    incumbent: Incumbent | None = None

    def take(self, rows: Integers) -> Stakes:
        """Those of some rows."""
        values = {name: value[rows] for name, value in self.values.items()}
        incumbent = None if self.incumbent is None else self.incumbent.take(rows)
        return replace(self, values=values, incumbent=incumbent)


def stakes_of(
    table: Table, target: Target, *, rule: DecisionRule | None, current: str | None, share: float | None
) -> Stakes:
    """Read what is at stake from the rows that are used.

    Parameters
    ----------
    table : of the same rows as the target
    current : the column of today's decision or score
    share : the largest share of rows that can be acted on
    """
    values = {} if rule is None else {name: _as_numbers(table.values[name]) for name in rule.columns}
    incumbent = None if current is None else incumbent_of(current, table.values[current], rule, target)
    return Stakes(rule, values, share, incumbent)


def incumbent_of(name: str, value: Values, rule: DecisionRule | None, target: Target) -> Incumbent:
    """Understand a column of today's decisions or scores.

    Words that are actions of the rule are decisions; so are two words or two numbers, of which one says that nothing
    was done (the smaller number, a "no", the class that is not the positive one). All other numbers are a score.
    """
    if isinstance(value, Strings):
        cells = value.cells()
        levels = {str(cell) for cell in cells}
        if rule is not None and levels <= {*rule.names, NO_ACTION}:
            return Incumbent(name, actions=cells)
        acted = np.array([str(cell).strip().casefold() not in _NOTHING for cell in cells])
        if target.classes and levels <= set(target.classes):
            acted = cells == target.classes[-1]
        return Incumbent(name, actions=_acted(acted, rule))
    numbers = _as_numbers(value)
    levels_of_numbers = np.unique(numbers[np.isfinite(numbers)])
    if target.task != "regression" and len(levels_of_numbers) == 2:
        return Incumbent(name, actions=_acted(numbers == levels_of_numbers[1], rule))
    return Incumbent(name, score=numbers)


def _acted(acted: np.ndarray, rule: DecisionRule | None) -> Objects:
    """The rule's first action, where something was done."""
    names = [one for one in rule.names if one != NO_ACTION] if rule is not None else []
    return np.where(acted, names[0] if names else "act", NO_ACTION).astype(object)


def _as_numbers(value: Values) -> Numbers:
    if isinstance(value, np.ndarray):
        return value.astype(np.float64)
    if isinstance(value, Strings):
        of_level = np.array([_number(level) for level in value.levels] or [np.nan])
        return of_level[value.codes]
    return np.full(len(value.missing), np.nan)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan
