"""Rows with their targets as named arrays, and back: the state of a learner that only looks at examples."""

from __future__ import annotations

from typing import Any

import numpy as np

from journeyman.plan.step import Array, State, text_array, words_of
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Strings

#: Names of columns, by the field that holds them; and what of a target may not be there.
_NAMES = ("number_names", "date_names", "word_names", "code_names", "text_names")
_PERHAPS = ("weights", "groups", "order")


def examples_state(columns: Columns, target: Target) -> State:
    """Columns and target of the same rows as named arrays."""
    state: dict[str, Array] = {
        "numbers": columns.numbers,
        "dates": columns.dates,
        "dates_missing": columns.dates_missing,
        "values": target.values,
        "classes": text_array(target.classes),
        "facts": text_array((target.task, target.fold_kind)),
        "seed": np.array(target.seed, np.int64),
    }
    state |= {name: text_array(getattr(columns, name)) for name in _NAMES}
    for place, column in enumerate(columns.words):
        state[f"codes_{place}"], state[f"levels_{place}"] = column.codes, text_array(column.levels)
    return state | {name: value for name in _PERHAPS if (value := getattr(target, name)) is not None}


def examples_of(state: State) -> tuple[Columns, Target]:
    """What `examples_state` took apart."""
    names = {name: words_of(state[name]) for name in _NAMES}
    places = range(len(names["word_names"]))
    columns = Columns.of(
        rows=len(state["values"]),
        numbers=state["numbers"],
        dates=state["dates"],
        dates_missing=state["dates_missing"],
        words=[Strings(state[f"codes_{place}"], words_of(state[f"levels_{place}"])) for place in places],
        **names,
    )
    facts: Any = words_of(state["facts"])
    target = Target(
        task=facts[0],
        values=state["values"],
        classes=words_of(state["classes"]),
        fold_kind=facts[1],
        seed=int(state["seed"]),
        **{name: state.get(name) for name in _PERHAPS},
    )
    return columns, target
