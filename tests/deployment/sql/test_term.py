"""Equal terms are one term, and too many are refused."""

from __future__ import annotations

import pytest

from journeyman.deployment.sql import term
from journeyman.deployment.sql.term import Book, Table, same, table_of
from journeyman.errors import InputError


def test_equal_terms_are_one() -> None:
    book = Book()
    assert book.number(1.0) is book.number(1.0)
    assert book.number(0.0) is book.number(-0.0)
    assert book.number(1.0) is not book.constant(1, "whole")
    assert book.flag(True) is not book.constant(1, "whole")
    first = book.make("exp", (book.number(1.0),), None, "number", book.number(1.0).bounds)
    assert first is book.make("exp", (book.number(1.0),), None, "number", book.number(1.0).bounds)
    assert len(book) == 5


def test_a_table_has_no_key_that_says_nothing() -> None:
    table = table_of([("a", 1.0), ("b", 2.0), ("c", 1.0)], 1.0)
    assert table == Table(("b",), (2.0,), 1.0)
    assert (table.at("b"), table.at("a"), table.at("x")) == (2.0, 1.0, 1.0)
    assert table.mapped(lambda value: None if value == 2.0 else value) == Table(("b",), (None,), 1.0)
    assert not same(1, True)


def test_a_lookup_knows_its_bounds() -> None:
    book = Book()
    word = book.make("cell", (), 0, "word", book.flag(False).bounds)
    found = book.lookup(word, table_of([("a", -3.0), ("b", None)], 0.5), "number")
    assert (found.bounds.low, found.bounds.high, found.bounds.missing, found.choices) == (-3.0, 0.5, True, 3)
    assert book.lookup(word, table_of([("a", 2.0)], 2.0), "number") is book.number(2.0)


def test_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(term, "MOST_TERMS", 3)
    book = Book()
    with pytest.raises(InputError, match="more than 3 expressions") as caught:
        [book.number(float(value)) for value in range(9)]
    assert "--interpretable" in caught.value.remedy
