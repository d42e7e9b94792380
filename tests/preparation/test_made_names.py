"""Columns that steps make have names of their own, whatever the columns of a table are called."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.combine import Chain
from journeyman.plan.graph import Graph
from journeyman.plan.shelf import steps
from journeyman.plan.step import Step, address_of
from journeyman.plan.target import Target
from journeyman.preparation.encode.one_hot import OneHot
from journeyman.preparation.encode.ordinal import Ordinal
from journeyman.preparation.made_names import made_names
from journeyman.preparation.text.scores import Scores
from journeyman.table.columns import TERM_END, Columns, Strings

ROWS = 60
RANDOM = np.random.default_rng(4)
CLASSES = ("low", "middle", "high")
TARGETS = {
    "regression": Target(task="regression", values=RANDOM.normal(size=ROWS)),
    "multiclass": Target(task="multiclass", values=np.arange(ROWS) % 3.0, classes=CLASSES),
}


def table(text: str, word: str = "w", number: str = "x") -> Columns:
    """A table with a column of every kind, and two dates."""
    drawn = RANDOM.choice(list("abcdef"), (ROWS, 3))
    return Columns.of(
        rows=ROWS,
        numbers=np.where(np.arange(ROWS) % 7, RANDOM.normal(size=ROWS), np.nan)[:, None],
        number_names=(number,),
        dates=RANDOM.integers(0, 10**15, (ROWS, 2)),
        date_names=("day", "end"),
        words=[
            Strings.of(RANDOM.choice(["red", "blue"], ROWS).tolist()),
            Strings.of([TERM_END.join(r) for r in drawn]),
        ],
        word_names=(word, text),
        text_names=(text,),
    )


def test_a_name_that_is_free_stays_and_one_that_is_taken_gets_a_number() -> None:
    assert made_names(["a", "b", "a"], ["b", "b_2", "c"]) == ("a", "b_3", "a_2")
    assert made_names([], ["a"]) == ()


def test_a_text_with_the_name_of_its_score_does_not_take_the_score_away() -> None:
    # One-hot encoding drops texts by name.
    plan = Chain(steps=(Scores(), OneHot()))
    plain, same = (plan.fit_apply(table(name), TARGETS["regression"])[1].number_names for name in ("t", "texts: score"))
    assert sorted(plain) == ["texts: score", "w = blue", "w = red", "x"]
    assert sorted(same) == ["texts: score_2", "w = blue", "w = red", "x"]


def test_a_word_with_the_name_of_a_score_makes_no_codes_of_it() -> None:
    columns = Chain(steps=(Scores(), Ordinal())).fit_apply(table("t", word="texts: score"), TARGETS["regression"])[1]
    assert columns.code_names == ("texts: score",)
    assert columns.number_names.count("texts: score") == 1


@pytest.mark.parametrize("kind", list(steps("preparation")), ids=address_of)
@pytest.mark.parametrize("task", TARGETS)
@pytest.mark.parametrize("place", ["text", "word", "number"])
def test_no_step_gives_two_columns_of_one_name(kind: type[Step], task: str, place: str) -> None:
    step: Step = kind()
    plain = table("t")
    made = [name for name in step.fit_apply(plain, TARGETS[task])[1].names if name not in plain.names]
    for name in made:
        columns = table(**{"text": "t", place: name})  # type: ignore[arg-type]  # names of columns
        state, done = step.fit_apply(columns, TARGETS[task])
        assert len(set(done.names)) == len(done.names)
        graph = Graph()
        wires = step.express(state, graph, graph.inputs(columns))
        assert wires.names == step.apply(state, columns).names == done.names
