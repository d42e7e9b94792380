"""Cells are read as the bundle's reader reads them, where the table has columns of types."""

from __future__ import annotations

from typing import Any

import pytest

from journeyman.bundle.reader import Reader
from journeyman.deployment.sql.dialect import Dialect
from journeyman.deployment.sql.layout import laid_out
from journeyman.deployment.sql.reading import Reading
from journeyman.deployment.sql.term import Book
from journeyman.table.columns import MISSING_WORD
from journeyman.table.schema import Column

WORDS = [
    "a",
    " a ",
    "A",
    "NA",
    "n/a",
    "",
    "  ",
    None,
    "\ta\u00a0",
    "new  one",
    "new\none",
    "1",
    "1.0",
    "01",
    "2.50",
    "true",
    "é",
    "É",
]
COLUMNS = [
    Column(name="x", kind="category", levels=("a", "b"), missing=("NA", "n/a")),
    Column(name="x", kind="category", levels=("a", "é", "new one"), case="ignored", spaces="single"),
    Column(name="x", kind="category", levels=("1", "2.5", "a"), numeric_spelling=True, missing=("na",)),
    Column(name="x", kind="category", levels=("True", "False")),
    Column(name="x", kind="category"),
]


def read(
    column: Column, cells: list[Any], kind: str, dialect: Dialect, run_in: Any, script_of: Any
) -> list[tuple[Any, Any]]:
    book = Book()
    reading = Reading(book, dialect)
    one = reading.column(column)
    steps, answers = laid_out([("value", one.value), ("refused", one.refused)], dialect, reading.cells, "jm_")
    script = script_of({"x": cells}, dialect, [Column(name="x", kind=kind)])  # type: ignore[arg-type]  # one of the kinds
    return [row[-2:] for row in run_in(dialect.name, dialect.statement(("rows",), steps, answers), script)[1]]


@pytest.mark.parametrize("place", range(len(COLUMNS)))
def test_words(place: int, dialect: Dialect, run_in: Any, script_of: Any) -> None:
    column = COLUMNS[place]
    cells = [cell for cell in WORDS if not (cell == "true" and place == 3)]
    got = [value for value, _ in read(column, cells, "category", dialect, run_in, script_of)]
    batch = Reader([column]).batch({"x": cells}, len(cells))
    wanted = ["" if word == MISSING_WORD else word for word in batch.columns.words[0].cells().tolist()]
    assert list(zip(cells, got, strict=True)) == list(zip(cells, wanted, strict=True))


def test_truths_are_words_as_levels_spell_them(dialect: Dialect, run_in: Any, script_of: Any) -> None:
    got = read(COLUMNS[3], [True, False, None], "flag", dialect, run_in, script_of)
    # SQLite has no truths; they are numbers there.
    assert [value for value, _ in got] == (["1", "0", ""] if dialect.name == "sqlite" else ["True", "False", ""])


def test_numbers_with_spellings_of_missing(dialect: Dialect, run_in: Any, script_of: Any) -> None:
    column = Column(name="x", kind="number", missing=("-999", "n/a"))
    cells = [1.5, -999.0, None, float("inf"), -float("inf"), 5e-324]
    assert [value for value, _ in read(column, cells, "number", dialect, run_in, script_of)] == [
        1.5,
        None,
        None,
        None,
        None,
        5e-324,
    ]


@pytest.mark.parametrize(
    ("kind", "cells", "wanted"),
    [
        ("flag", [True, False, None], [1.0, 0.0, None]),
        ("number", [1.0, 0.0, None], [1.0, 0.0, None]),
        ("category", ["Yes", " no ", "?", "TRUE", "", None, "perhaps"], [1.0, 0.0, None, 1.0, None, None, None]),
    ],
)
def test_flags_of_any_type(
    kind: str, cells: list[Any], wanted: list[Any], dialect: Dialect, run_in: Any, script_of: Any
) -> None:
    column = Column(name="x", kind="flag", true_words=("yes",), false_words=("no",), missing=("?",))
    got = read(column, cells, kind, dialect, run_in, script_of)
    assert [value for value, _ in got] == wanted
    assert [bool(refused) for _, refused in got] == [cell == "perhaps" for cell in cells]


def test_dates(dialect: Dialect, run_in: Any, script_of: Any) -> None:
    column = Column(name="x", kind="date", missing=("9999-12-31",))
    cells = ["1970-01-01 00:00:01", "2024-02-29 23:59:59.123456", "0001-01-01 00:00:00", "9999-12-31 00:00:00", None]
    got = [value for value, _ in read(column, cells, "date", dialect, run_in, script_of)]
    assert got == [1_000_000, 1_709_251_199_123_456, -62_135_596_800_000_000, None, None]


def test_sqlite_refuses_what_is_of_no_type() -> None:
    import sqlite3

    from journeyman.deployment.sql.dialect import dialects

    sqlite, book = dialects()["sqlite"], Book()
    reading = Reading(book, sqlite)
    told = []
    for name, kind in (("n", "number"), ("d", "date")):
        one = reading.column(Column(name=name, kind=kind, missing=("none",)))  # type: ignore[arg-type]  # one of the kinds
        told += [(f"{name} value", one.value), (f"{name} refused", one.refused)]
    steps, answers = laid_out(told, sqlite, reading.cells, "jm_")
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE rows (n, d)")
    connection.executemany("INSERT INTO rows VALUES (?, ?)", [("12", "soon"), ("None", " none "), (3, 5), (None, None)])
    rows = connection.execute(sqlite.statement(("rows",), steps, answers)).fetchall()
    connection.close()
    assert [row[2:] for row in rows] == [(None, 1, None, 1), (None, 0, None, 0), (3.0, 0, None, 1), (None, 0, None, 0)]
