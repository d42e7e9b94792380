"""Texts as bags of terms: what is counted, what is kept, and that what is kept changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.preparation.text import bags
from journeyman.preparation.text.scores import Scores
from journeyman.preparation.text.topics import Topics
from journeyman.table.columns import MISSING_WORD, TERM_END, Columns, Strings

CELLS = ["a b", "a c", "b a", MISSING_WORD, "", "a b", "missing a", "d"]


def texts(cells: list[str]) -> Strings:
    return Strings.of([cell if cell == MISSING_WORD else cell.replace(" ", TERM_END) for cell in cells])


@pytest.fixture(autouse=True)
def forgotten() -> None:
    bags._kept.clear()
    bags._remembered.clear()


def test_terms_weigh_what_they_are_rare_and_texts_have_length_one() -> None:
    vocabulary, found = bags.learn(texts(CELLS), 10)
    # Six distinct texts are there: "a" is in four of them, "b" in two; what one text alone has is not told apart.
    assert vocabulary.terms == ("a", "b")
    assert vocabulary.weights == pytest.approx(np.log(7 / np.array([5, 3])) + 1)
    weighed = found.weighed(vocabulary).toarray()[found.places]
    assert np.sqrt((weighed**2).sum(axis=1)) == pytest.approx([1, 1, 1, 0, 0, 1, 1, 0])
    assert found.counts[found.places].tolist() == [2, 2, 2, 0, 0, 2, 2, 1]
    assert found.missing[found.places].tolist() == [False] * 3 + [True] + [False] * 4


def test_the_most_frequent_terms_stay_and_of_equal_ones_the_first() -> None:
    column = texts(["z a", "z b", "z a b", "y a b", "y c", "c z"])
    assert bags.learn(column, 3)[0].terms == ("a", "b", "z")
    assert bags.learn(column, 4)[0].terms == ("a", "b", "c", "z")


def test_known_texts_are_looked_up_as_any_others() -> None:
    column = texts(CELLS)
    some = column.take(np.array([0, 1, 3, 6]))
    vocabulary, _ = bags.learn(column, 10)
    known = bags.look_up(some, vocabulary)
    fresh = bags.look_up(Strings.of(some.cells().tolist()), vocabulary)
    for one, other in ((known.matrix, fresh.matrix),):
        assert np.array_equal(one.toarray()[known.places], other.toarray()[fresh.places])
    assert np.array_equal(known.counts[known.places], fresh.counts[fresh.places])


def test_texts_that_share_levels_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    count = bags._count
    monkeypatch.setattr(bags, "_count", lambda *given, **more: calls.append(1) or count(*given, **more))
    column = texts(CELLS)
    for rows in ([0, 1, 2], [2, 3, 4, 5], [6, 7]):
        bags.learn(column.take(np.array(rows)), 10)
    assert calls == [1]
    bags.learn(texts(CELLS), 10)
    assert calls == [1, 1]


def test_what_is_kept_is_bounded() -> None:
    columns = [texts([f"{place} x", "x y"]) for place in range(bags._MOST_KEPT + 10)]
    for column in columns:
        bags.learn(column, 5)
    assert len(bags._kept) == bags._MOST_KEPT


def table(cells: list[str]) -> Columns:
    return Columns.of(rows=len(cells), words=[texts(cells)], word_names=["t"], text_names=["t"])


@pytest.mark.parametrize("step", [Scores(), Topics()], ids=["scores", "topics"])
def test_what_is_remembered_is_what_is_fitted(step: Scores | Topics) -> None:
    random = np.random.default_rng(3)
    cells = [" ".join(random.choice(list("abcdefgh"), 4, replace=False)) for _ in range(60)]
    columns = table(cells)
    values = np.array([float("a" in cell) for cell in cells])
    target = Target(task="regression", values=values)
    first = step.fit(columns, target)
    again = step.fit(columns, target)
    assert all(first[name] is again[name] for name in first)
    other = step.fit(columns.take(np.arange(50)), target.take(np.arange(50)))
    assert any(not np.array_equal(first[name], other[name]) for name in first)
    bags._remembered.clear()
    bags._kept.clear()
    fresh = step.fit(table(cells), target)
    assert {name: array.tobytes() for name, array in first.items()} == {
        name: array.tobytes() for name, array in fresh.items()
    }
    changed = step.fit(columns, Target(task="regression", values=1 - values))
    assert isinstance(step, Topics) == np.array_equal(
        first.get("coefficients", np.zeros(1)), changed.get("coefficients", np.zeros(1))
    )
    for _ in range(20):
        step.fit(table(cells), target)
    assert len(bags._remembered) <= bags._MOST_REMEMBERED
