"""One cell, kind by kind."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import numpy as np
import pytest

from journeyman.bundle.cells import OK, REFUSED, UNUSUAL, cell_reader, date_reader, number_reader, spell, word_reader
from journeyman.table.columns import MISSING_WORD
from journeyman.table.schema import Column


def test_a_missing_text_an_empty_one_and_one_that_says_missing_are_three_things() -> None:
    read = cell_reader(Column(name="t", kind="text", missing=("na",)))
    assert [read(cell) for cell in (None, "", " NA ")] == [(MISSING_WORD, OK)] * 3
    assert read("\u2060") == ("", OK)
    assert read("Missing") == ("missing", OK)
    assert read("Not\x1fgood") == ("not\x1fgood\x1fnot good", OK)
    assert read(12.5) == ("12\x1f.\x1f12 .\x1f5\x1f. 5", OK)
    assert read(object())[1] == REFUSED
    assert cell_reader(Column(name="t", kind="text", terms="characters"))("ab")[0] == "ab\x1f ab\x1fab \x1f ab "


def _is(reading: tuple[float, int], value: float, state: int) -> bool:
    return reading[1] == state and (reading[0] == value or (value != value and reading[0] != reading[0]))


NAN = float("nan")


@pytest.mark.parametrize(
    ("cell", "value", "state"),
    [
        ("3.5", 3.5, OK),
        (" 3.5 ", 3.5, OK),
        ("+1e3", 1000.0, OK),
        (".5", 0.5, OK),
        ("-7", -7.0, OK),
        ("\u22127", -7.0, OK),  # the true minus sign
        ("\uff11\uff12", 12.0, OK),  # full-width digits
        ("(12.5)", -12.5, OK),
        (True, 1.0, OK),
        (np.float32(0.1), 0.1, OK),
        (np.int8(4), 4.0, OK),
        (Decimal("1.25"), 1.25, OK),
        (10**400, NAN, UNUSUAL),
        ("1e400", NAN, UNUSUAL),
        (float("-inf"), NAN, UNUSUAL),
        ("inf", NAN, UNUSUAL),
        (1001, 1001.0, UNUSUAL),
        (None, NAN, OK),
        (NAN, NAN, OK),
        (np.datetime64("NaT"), NAN, OK),
        ("", NAN, OK),
        (" N/A ", NAN, OK),
        ("nan", NAN, REFUSED),  # not among the declared spellings
        ("1_000", NAN, REFUSED),
        ("1,5", NAN, REFUSED),
        ("0x10", NAN, REFUSED),
        ("ten", NAN, REFUSED),
        (date(2024, 1, 1), NAN, REFUSED),
        (b"3", NAN, REFUSED),
        ([3], NAN, REFUSED),
    ],
)
def test_numbers(cell: object, value: float, state: int) -> None:
    read = number_reader(Column(name="x", kind="number", missing=("n/a",), low=-1000.0, high=1000.0))
    assert _is(read(cell), value, state)


@pytest.mark.parametrize(
    ("cell", "value", "state"),
    [
        ("1.234,50 €", 1234.5, OK),
        ("€ 1.234,50", 1234.5, OK),
        ("1234,5", 1234.5, OK),
        ("-1.234.567", -1234567.0, OK),
        ("1.23,5", NAN, REFUSED),  # not groups of three
        ("1.5", NAN, REFUSED),
        (1.5, 1.5, OK),
    ],
)
def test_numbers_of_other_places(cell: object, value: float, state: int) -> None:
    read = number_reader(Column(name="x", kind="number", decimal=",", thousands=".", unit="€"))
    assert _is(read(cell), value, state)


def test_numbers_that_mean_missing_do_so_in_every_form() -> None:
    read = number_reader(Column(name="x", kind="number", missing=("-999",)))
    assert all(_is(read(cell), NAN, OK) for cell in (-999, -999.0, "-999", "-999.0", np.int16(-999)))
    word = word_reader(Column(name="x", kind="category", missing=("-999",), numeric_spelling=True))
    assert {word(cell) for cell in (-999, -999.0, "-999", "-999.0")} == {(MISSING_WORD, OK)}


def test_flags() -> None:
    read = cell_reader(Column(name="x", kind="flag", true_words=("Ja",), false_words=("Nein",), missing=("?",)))
    assert [read(cell) for cell in ("ja", " NEIN", True, np.bool_(False), 1, 0.0, "1", "true")] == [
        (value, OK) for value in (1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0)
    ]
    assert _is(read("?"), NAN, OK)
    assert _is(read(None), NAN, OK)
    assert _is(read("maybe"), NAN, REFUSED)
    assert _is(read(2), NAN, REFUSED)


def test_words() -> None:
    read = word_reader(Column(name="x", kind="category", missing=("na",), levels=("Oslo", "caf\u00e9", "3", "true")))
    assert read("Oslo") == ("Oslo", OK)
    assert read(" Oslo ") == ("Oslo", OK)
    assert read("cafe\u0301") == ("caf\u00e9", OK)  # composed and decomposed are one
    assert read("oslo") == ("oslo", UNUSUAL)
    assert read(3) == read(3.0) == ("3", OK)
    assert read(True) == ("true", OK)  # as the known level spells it
    assert read(False) == ("False", UNUSUAL)
    assert read("NA") == read("") == read("  ") == read(None) == read(NAN) == (MISSING_WORD, OK)
    assert read(MISSING_WORD) == ("missing", UNUSUAL)  # no cell can be the reserved word
    assert read(date(2024, 5, 6)) == ("2024-05-06", UNUSUAL)
    assert read(b"x") == (MISSING_WORD, REFUSED)


def test_words_that_are_numbers() -> None:
    read = word_reader(Column(name="x", kind="category", numeric_spelling=True, levels=("1", "2.5")))
    assert {read(cell) for cell in (1, 1.0, "1", "1.0", "1e0", "+1", np.float32(1))} == {("1", OK)}
    assert {read(cell) for cell in (2.5, "2.50", Decimal("2.5"), np.float32(2.5))} == {("2.5", OK)}
    assert read("9007199254740993") == ("9007199254740993", UNUSUAL)  # keeps the digits that a float would lose
    assert read("word") == ("word", UNUSUAL)


def test_spelling_is_the_shortest() -> None:
    assert [spell(value) for value in (3.0, -0.0, 0.1, 1e22)] == ["3", "0", "0.1", "1" + "0" * 22]


def _at(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("date_format", "cell", "value"),
    [
        ("iso", "2024-02-29", _at(2024, 2, 29)),
        ("iso", "1901-03-04", _at(1901, 3, 4)),
        ("iso", "2024-02-29T17:05", _at(2024, 2, 29, 17, 5)),
        ("iso", "2024-02-29 17:05:06.1234567Z", _at(2024, 2, 29, 17, 5, 6) + 123_456),
        ("iso", "2024-02-29T17:05:06+02:00", _at(2024, 2, 29, 15, 5, 6)),
        ("iso", "2024-02-29T17:05:06-0130", _at(2024, 2, 29, 18, 35, 6)),
        ("iso", "2023-02-29", None),
        ("iso", "2024-01-01 24:00", None),
        ("iso", "3/4/2024", None),
        ("d/m/y", "3/4/2024", _at(2024, 4, 3)),
        ("m/d/y", "3/4/2024", _at(2024, 3, 4)),
        ("d.m.y", "3.4.24 5:06 PM", _at(2024, 4, 3, 17, 6)),
        ("d.m.y", "2024-04-03", _at(2024, 4, 3)),  # ISO is never doubtful
        ("iso", 20240403, None),
        ("iso", date(2024, 4, 3), _at(2024, 4, 3)),
        ("iso", datetime(2024, 4, 3, 1, tzinfo=timezone(timedelta(hours=1))), _at(2024, 4, 3)),
        ("iso", np.datetime64("2024-04-03T01:00:00.000000001"), _at(2024, 4, 3, 1)),
    ],
)
def test_dates(date_format: str, cell: object, value: int | None) -> None:
    read = date_reader(Column(name="x", kind="date", date_format=date_format))
    assert read(cell) == (value, REFUSED if value is None else OK)


def test_missing_and_distant_dates() -> None:
    column = Column(name="x", kind="date", missing=("-",), low=float(_at(2024, 1, 1)), high=float(_at(2024, 12, 31)))
    read = date_reader(column)
    assert read("-") == read("") == read(None) == read(NAN) == read(np.datetime64("NaT")) == (None, OK)
    assert read("2025-01-01") == (_at(2025, 1, 1), UNUSUAL)
