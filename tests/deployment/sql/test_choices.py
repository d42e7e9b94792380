"""What is known now is computed now: constants, look-ups by one key, leaves of a tree."""

from __future__ import annotations

from typing import Any

import pytest

from journeyman.deployment.sql import numbers
from journeyman.deployment.sql.bounds import MOST, Bounds
from journeyman.deployment.sql.choices import chosen, plain, where
from journeyman.deployment.sql.term import Book, Term, table_of


@pytest.fixture
def book() -> Book:
    return Book()


def word(book: Book, place: int = 0) -> Term:
    return book.make("cell", (), place, "word", book.flag(False).bounds)


def plus(first: Any, second: Any) -> Any:
    return first + second


def test_constants(book: Book) -> None:
    assert chosen(book, plus, "number", (book.number(1.0), book.number(2.5))) is book.number(3.5)
    assert (
        chosen(book, plus, "number", (book.number(1.0), book.make("cell", (), 0, "number", book.number(1.0).bounds)))
        is None
    )


def test_lookups_by_one_key_are_one_lookup(book: Book) -> None:
    first = book.lookup(word(book), table_of([("a", 1.0), ("b", 2.0)], 0.0), "number")
    second = book.lookup(word(book), table_of([("b", 5.0), ("c", 7.0)], 10.0), "number")
    found = chosen(book, plus, "number", (first, second))
    assert found is not None
    assert [found.data.at(key) for key in ("a", "b", "c", "x")] == [11.0, 7.0, 7.0, 10.0]
    other = book.lookup(word(book, 1), table_of([("b", 5.0)], 10.0), "number")
    assert chosen(book, plus, "number", (first, other)) is None


def test_a_function_of_a_tree_is_a_tree(book: Book) -> None:
    cell = book.make("cell", (), 0, "number", Bounds())
    test = numbers.less(book, cell, book.number(3.0))
    tree = where(
        book,
        test,
        book.number(1.0),
        where(book, numbers.less(book, cell, book.number(9.0)), book.number(4.0), book.number(6.0)),
    )
    found = chosen(book, plus, "number", (tree, book.number(0.5)))
    assert found is not None
    assert (found.parts[0], found.parts[1].data, found.parts[2].parts[2].data) == (test, 1.5, 6.5)
    assert chosen(book, lambda value: value > 100, "flag", (tree,)) is book.flag(False)


def test_one_of_two(book: Book) -> None:
    one, two = book.number(1.0), book.number(2.0)
    assert where(book, book.flag(True), one, two) is one
    test = book.make("cell", (), 3, "flag", Bounds())
    assert where(book, test, one, one) is one
    first = book.lookup(word(book), table_of([("a", True)], False), "flag")
    second = book.lookup(word(book), table_of([("a", 8.0)], 0.0), "number")
    assert where(book, first, second, two).data.at("a") == 8.0


def test_what_would_be_infinite_or_none_is_plain() -> None:
    assert plain(float("inf"), "number") == MOST
    assert plain(float("nan"), "number") is None
    assert plain(2.0, "whole") == 2
    assert plain(0, "flag") is False
