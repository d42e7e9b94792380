"""Every operation has its text, and trees are cut where a parser would give up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.deployment.sql import numbers
from journeyman.deployment.sql.bounds import Bounds
from journeyman.deployment.sql.choices import where
from journeyman.deployment.sql.dialect import Dialect, dialects
from journeyman.deployment.sql.term import Book, Table, Term
from journeyman.deployment.sql.text import Texts


def left_deep(book: Book, cell: Term, depth: int) -> Term:
    found = book.number(-1.0)
    for place in range(depth):
        found = where(
            book, numbers.less(book, cell, book.number(float(depth - place))), found, book.number(place + 0.5)
        )
    return found


@pytest.mark.parametrize("depth", [3, 40])
def test_deep_trees(depth: int, evaluated: Callable[..., list[Any]]) -> None:
    cells = [-5.0, 1.5, 2.5, 20.5, 39.5, 1e9, None]

    def wanted(cell: float | None) -> float:
        found = -1.0
        for place in range(depth):
            found = found if cell is not None and cell < depth - place else place + 0.5
        return found

    assert evaluated(lambda book, cell: left_deep(book, cell, depth), cells) == [wanted(one) for one in cells]


def test_sqlite_has_few_cases_within_each_other() -> None:
    book, sqlite = Book(), dialects()["sqlite"]
    cell = book.make("cell", (), 0, "number", Bounds())
    text = Texts(sqlite, ["x"]).definition(left_deep(book, cell, 60))
    assert text.count("CASE") == sqlite.most_cases


def test_lookups_join_keys_of_one_value(dialect: Dialect) -> None:
    book = Book()
    word = book.make("cell", (), 0, "word", Bounds())
    same = Texts(dialect, ["w"]).definition(book.lookup(word, Table(("a", "b", "c"), (1.0, 1.0, 2.0), None), "number"))
    assert "IN ('a', 'b')" in same
    outside = book.lookup(word, Table(("a", "it's"), (False, False), True), "flag")
    assert Texts(dialect, ["w"]).definition(outside) == "(w NOT IN ('a', 'it''s') OR w IS NULL)"


def test_a_constant_alone_says_its_type() -> None:
    texts, book = Texts(dialects()["postgresql"], []), Book()
    assert texts.alone(book.number(None)) == "NULL::float8"
    assert texts.alone(book.word("a'b")) == "'a''b'::text"
    assert np.isfinite(float(texts.of(book.number(0.1))))
