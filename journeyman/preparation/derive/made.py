"""Features made of several columns, found in the training rows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import ClassVar

import numpy as np

from journeyman.plan import needs
from journeyman.plan.graph import Graph, Wires
from journeyman.plan.step import State, Step
from journeyman.plan.target import Target
from journeyman.preparation.derive.arithmetic import arithmetic_columns, arithmetic_names, express_arithmetic
from journeyman.preparation.derive.find import Found, find
from journeyman.preparation.derive.ideas import ARITHMETIC, COUNT, RELATIVE
from journeyman.preparation.derive.joint import (
    NONE,
    express_joint_codes,
    frequency_column,
    frequency_table,
    joint_codes,
    joint_column,
    joint_size,
    joint_table,
)
from journeyman.preparation.derive.keys import Key, pack_keys, unpack_keys
from journeyman.preparation.derive.relative import HOW, express_relative_columns, group_table, relative_columns
from journeyman.preparation.made_names import made_names
from journeyman.table.columns import Columns, Integers, Numbers


class Made(Step):
    """Made features.

    For boosted trees, which split one column at a time: the difference, sum, product or ratio of two numbers; a number
    beside the mean of its group; how frequent a level is, or two together; and, where asked for, the mean of the target
    over levels that up to three columns have together. They stand behind the numbers; all other columns stay as they
    are.

    Which are made is found in the training rows: those that explain, in rows that did not teach it, what shallow trees
    on the columns leave. At most ``most``, and twice as many as there are columns; often none. Training rows get means
    that rows of other folds gave, so their own target does not show in them.

    Missing: a result of arithmetic with a missing number is missing; missing is a code of its own in keys. A word that
    training did not hold belongs to the rare ones; a joint code or group that training did not hold has the mean over
    all rows.

    Parameters
    ----------
    kinds : which kinds of features may be made
    most : the most features
    """

    answers: ClassVar[str] = needs.COLUMNS_COMBINED
    library: ClassVar[str] = "lightgbm"

    kinds: tuple[str, ...] = (ARITHMETIC, RELATIVE, COUNT)
    most: int = 20

    def fit(self, columns: Columns, target: Target) -> State:
        """State: recipes (`Found`), packed keys, ``relative_tables`` (…, 2) and ``joint_tables`` behind one another."""
        found = find(columns, target, self.kinds, self.most)
        return _learnt(found, [key.codes(columns) for key in found.keys], columns, target)

    def apply(self, state: State, columns: Columns) -> Columns:
        """Compute each feature, or read it off its table."""
        keys = unpack_keys(state)
        codes = [key.codes(columns) for key in keys]
        sizes = [key.size for key in keys]
        joint = [
            table[joint_codes(recipe[:3], sizes, codes)]
            for recipe, table in zip(state["joint"].tolist(), _joint_tables(state, sizes), strict=True)
        ]
        return _with(columns, state, codes, sizes, joint)

    def fit_apply(self, columns: Columns, target: Target) -> tuple[State, Columns]:
        """The state of all rows; and each row with means over other folds, and frequencies without itself."""
        found = find(columns, target, self.kinds, self.most)
        codes, sizes = [key.codes(columns) for key in found.keys], [key.size for key in found.keys]
        state = _learnt(found, codes, columns, target)
        joint = _joint(found, codes, target, joint_column, frequency_column)
        return state, _with(columns, state, codes, sizes, joint)

    def express(self, state: State, graph: Graph, wires: Wires) -> Wires:
        """Elementwise nodes, and a Gather a table."""
        names = _names(state, wires.number_names, wires.word_names)
        if not names:
            return wires
        keys = unpack_keys(state)
        codes = [key.express(graph, wires) for key in keys]
        sizes = [key.size for key in keys]
        tables = _joint_tables(state, sizes)
        parts = [
            express_arithmetic(graph, wires, state["arithmetic"]),
            express_relative_columns(graph, wires, state["relative"], state["relative_tables"], sizes, codes),
        ]
        for recipe, table in zip(state["joint"].tolist(), tables, strict=True):
            found = express_joint_codes(graph, recipe[:3], sizes, codes)
            parts.append(graph.add("Gather", graph.constant(table), found, axis=0))
        made = made_names(names, wires.names)
        return graph.with_numbers(wires, graph.join(wires.numbers, *parts), wires.number_names + made)


def _learnt(found: Found, codes: list[Integers], columns: Columns, target: Target) -> State:
    """The tables of the recipes, from all training rows, whose codes of each key are given."""
    sizes = [key.size for key in found.keys]
    relative_tables = [
        group_table(codes[key], sizes[key], columns.numbers[:, number]) for _, key, number in found.relative.tolist()
    ]
    joint_tables = _joint(found, codes, target, joint_table, frequency_table)
    return {
        **pack_keys(found.keys),
        "arithmetic": found.arithmetic,
        "relative": found.relative,
        "relative_tables": np.vstack([np.empty((0, 2)), *relative_tables]),
        "joint": found.joint,
        "joint_tables": np.concatenate([np.empty(0), *joint_tables]),
    }


def _joint(
    found: Found,
    codes: list[Integers],
    target: Target,
    mean: Callable[[int, Integers, int, Target, int], Numbers],
    frequency: Callable[[Integers, list[int], list[int], list[int]], Numbers],
) -> list[Numbers]:
    """What each joint recipe gives, by what means and frequencies are to be told of: codes, or training rows."""
    sizes, pooled = [key.size for key in found.keys], [key.pooled for key in found.keys]
    made = []
    for *chosen, what in found.joint.tolist():
        own = joint_codes(chosen, sizes, codes)
        is_mean, size = what != NONE, joint_size(chosen, sizes)
        # Values that do not come again are many, and have no more in common than any other rows.
        alike = size - 1 if found.keys[chosen[0]].is_value else size
        made.append(mean(what, own, size, target, alike) if is_mean else frequency(own, chosen, sizes, pooled))
    return made


def _joint_tables(state: State, sizes: list[int]) -> list[Numbers]:
    ends = np.cumsum([0, *(joint_size(recipe[:3], sizes) for recipe in state["joint"].tolist())]).tolist()
    return [state["joint_tables"][start:end] for start, end in pairwise(ends)]


def _with(columns: Columns, state: State, codes: list[Integers], sizes: list[int], joint: list[Numbers]) -> Columns:
    """The columns with the made numbers behind their own."""
    names = _names(state, columns.number_names, columns.word_names)
    if not names:
        return columns
    relative = relative_columns(state["relative"], state["relative_tables"], sizes, codes, columns.numbers)
    made = [arithmetic_columns(state["arithmetic"], columns.numbers), relative, *(one[:, None] for one in joint)]
    return columns.with_numbers(
        np.hstack([columns.numbers, *made]), columns.number_names + made_names(names, columns.names)
    )


def _names(state: State, numbers: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the features for people, in their order."""
    keys = [_name_of(key, numbers, words) for key in unpack_keys(state)]
    relative = [f"{numbers[number]} {HOW[how]} {keys[key]}" for how, key, number in state["relative"].tolist()]
    joint = []
    for *chosen, what in state["joint"].tolist():
        together = " and ".join(keys[key] for key in chosen if key != NONE)
        joint.append(f"rows of {together}" if what == NONE else f"target by {together}{f': {what}' if what else ''}")
    return (*arithmetic_names(state["arithmetic"], numbers), *relative, *joint)


def _name_of(key: Key, numbers: tuple[str, ...], words: tuple[str, ...]) -> str:
    return (numbers if key.levels is None else words)[key.place]
