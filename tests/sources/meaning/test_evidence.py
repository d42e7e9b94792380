from __future__ import annotations

import numpy as np

from journeyman.sources.meaning.evidence import LOOKED_AT, Evidence, Words
from journeyman.table.columns import Strings
from journeyman.table.schema import Column


def evidence(*cells: str) -> Evidence:
    return Evidence(name="x", cells=Strings.of(cells))


def test_texts_are_counted_without_empty_ones() -> None:
    found = evidence("b", "", "a", "b", "")
    assert (found.rows, found.filled, found.distinct, found.typed) == (5, 3, 2, "")
    assert (list(found.sample.texts), list(found.sample.counts)) == (["a", "b"], [1, 2])
    assert found.is_whole


def test_texts_that_no_row_has_do_not_count() -> None:
    cells = Strings.of(["a", "", "b"]).take(np.array([0]))
    found = Evidence(name="x", cells=cells)
    assert (found.distinct, list(found.sample.texts)) == (1, ["a"])


def test_of_many_texts_some_are_looked_at() -> None:
    found = evidence(*(f"k{place}" for place in range(LOOKED_AT + 5)))
    assert not found.is_whole
    assert len(found.sample.texts) == LOOKED_AT


def test_words_without_missing_ones_and_shares() -> None:
    words = Words(["1", "NA", "x"], [3, 2, 1])
    there = words.without(("na",))
    assert (there.texts, there.cells) == (["1", "x"], 4)
    assert there.share(Column(name="x", kind="number")) == 0.75
    assert Words([str(place) for place in range(10)], [1] * 10).first(3).texts == ["0", "4", "8"]


def test_plain_numbers_are_read_once_and_together() -> None:
    found = evidence("1", "", "2.5", "1")
    assert found.plain is not None
    column = Column(name="x", kind="number")
    assert found.reading(column) is found.reading(Column(name="x", kind="number", role="target", sure=0.5))
    assert np.array_equal(found.numbers(column), [1, np.nan, 2.5, 1], equal_nan=True)
    assert evidence("1", "x").plain is None
    assert Evidence(name="x", cells=np.array([1.0])).typed == "number"
    assert Evidence(name="x", cells=np.array(["2024-01-01"], "datetime64[D]")).typed == "date"
