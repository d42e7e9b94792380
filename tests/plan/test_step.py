"""The contract of steps, and states' names and words."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, is_dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.errors import PlanError
from journeyman.plan.graph import Graph
from journeyman.plan.step import State, Step, below, parameters, text_array, within, words_of
from journeyman.plan.target import Target
from journeyman.table.columns import Columns


class Times(Step):
    """Numbers times something.

    More words.
    """

    factor: float = 2.0

    def apply(self, state: State, columns: Columns) -> Columns:
        return columns.with_numbers(columns.numbers * self.factor, columns.number_names)


COLUMNS = Columns.of(rows=2, numbers=np.array([[1.0], [2.0]]), number_names=["n"])
TARGET = Target(task="regression", values=np.zeros(2))


def test_every_subclass_is_a_frozen_dataclass_with_keywords_only() -> None:
    step = Times(factor=3.0)
    assert is_dataclass(step)
    assert parameters(step) == {"factor": 3.0}
    assert step == Times(factor=3.0) != Times()
    assert step.title == "Numbers times something"
    assert step.address.endswith("test_step")
    with pytest.raises(FrozenInstanceError):
        step.factor = 1.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        Times(1.0)  # type: ignore[misc]


def test_defaults_learn_nothing_and_refuse_what_is_not_said() -> None:
    assert Times().fit(COLUMNS, TARGET) == {}
    state, done = Times().fit_apply(COLUMNS, TARGET)
    assert state == {}
    assert done.numbers.tolist() == [[2.0], [4.0]]
    graph = Graph()
    with pytest.raises(PlanError, match="has no express"):
        Times().express({}, graph, graph.inputs(COLUMNS))
    with pytest.raises(PlanError, match="has no apply"):
        Step().apply({}, COLUMNS)


def test_states_within_states() -> None:
    state = {**below({"a": np.array(1), "1/a": np.array(2)}, "1"), **below({"a": np.array(3)}, "10")}
    assert set(state) == {"1/a", "1/1/a", "10/a"}
    assert {name: int(array) for name, array in within(state, "1").items()} == {"a": 1, "1/a": 2}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters())))
def test_words_survive_packing(words: list[str]) -> None:
    packed = text_array(words)
    assert packed.dtype == np.uint8
    assert words_of(packed) == tuple(words)


def test_words_that_numpys_text_type_would_change() -> None:
    words = ("a\0", "", "\0", "x" * 100, "\ud800", "日本")
    assert words_of(text_array(words)) == words
    assert words_of(text_array(())) == ()
