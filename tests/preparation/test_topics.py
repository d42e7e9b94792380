"""Main directions of texts."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.preparation.text import bags
from journeyman.preparation.text.topics import Topics
from journeyman.table.columns import MISSING_WORD, TERM_END, Columns, Strings

RANDOM = np.random.default_rng(np.random.PCG64(4))
ANIMALS, TOOLS = ["cat", "dog", "cow", "hen", "pig"], ["saw", "axe", "nail", "plane", "file"]


def table(cells: list[str]) -> Columns:
    coded = Strings.of([cell if cell == MISSING_WORD else cell.replace(" ", TERM_END) for cell in cells])
    return Columns.of(rows=len(cells), words=[coded], word_names=["t"], text_names=["t"])


def texts(words: list[str], count: int) -> list[str]:
    return [" ".join(RANDOM.choice(words, 3, replace=False)) for _ in range(count)]


CELLS = texts(ANIMALS, 40) + texts(TOOLS, 40)
TARGET = Target(task="regression", values=np.zeros(80))


def test_texts_on_the_same_subject_are_near_each_other() -> None:
    step = Topics(directions=2)
    state, done = step.fit_apply(table(CELLS), TARGET)
    assert done.names == ("t: topic 1", "t: topic 2", "t: terms")
    places = done.numbers[:, :2]
    near = places / np.linalg.norm(places, axis=1, keepdims=True)
    assert (near[:40] @ near[:40].T).min() > 0.9 > 0.1 > np.abs(near[:40] @ near[40:].T).max()
    new = step.apply(state, table(["cat pig never", "nail axe", "quite new", "", MISSING_WORD])).numbers
    assert np.abs(new[0, :2]).argmax() == np.abs(places[0]).argmax() != np.abs(new[1, :2]).argmax()
    assert not new[2:, :2].any()
    np.testing.assert_array_equal(new[:, 2], [3, 2, 2, 0, np.nan])


def test_directions_are_those_of_the_exact_decomposition() -> None:
    vocabulary, found = bags.learn(table(CELLS).words[0], 100)
    state = Topics(directions=3).fit(table(CELLS), TARGET)
    exact = np.linalg.svd(found.weighed(vocabulary).toarray(), full_matrices=False)[2][:3].T
    assert np.abs((exact * state["directions_0"]).sum(axis=0)) == pytest.approx([1, 1, 1], abs=1e-3)
    largest = np.abs(state["directions_0"]).argmax(axis=0)
    assert (state["directions_0"][largest, range(3)] > 0).all()


def test_there_are_no_more_directions_than_texts_have() -> None:
    done = Topics().fit_apply(table(["a b", "a b", "a c", "b c"]), Target(task="regression", values=np.zeros(4)))[1]
    assert len(done.number_names) <= 4
    alone = Topics().fit_apply(table(["a", "b", MISSING_WORD]), Target(task="regression", values=np.zeros(3)))[1]
    assert alone.number_names == ("t: terms",)


def test_many_texts_are_thinned_and_rows_with_a_text_twice_count_once() -> None:
    once = Topics(directions=2).fit(table(CELLS), TARGET)
    twice = Topics(directions=2).fit(table(CELLS * 2), Target(task="regression", values=np.zeros(160)))
    assert all(np.array_equal(once[name], twice[name]) for name in once)
