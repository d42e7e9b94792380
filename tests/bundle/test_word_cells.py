from __future__ import annotations

import pytest

from journeyman.bundle.cell import OK, UNUSUAL
from journeyman.bundle.cells import cell_reader
from journeyman.bundle.word_cells import plain_words, text_reader, word_reader
from journeyman.table.columns import MISSING_WORD
from journeyman.table.schema import Column


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("New  York", "New York"),
        (" New\u00a0York ", "New York"),
        ("New\tYork\n", "New York"),
        ("Os\u200blo", "Oslo"),
        ("Orle\u0301ans", "Orl\u00e9ans"),
        ("OSLO", "OSLO"),
        (" n/a ", MISSING_WORD),
        ("\u200b", MISSING_WORD),
    ],
)
def test_one_blank_is_as_good_as_another(cell: str, word: str) -> None:
    assert word_reader(Column(name="x", kind="category", spaces="single", missing=("n/a",)))(cell) == (word, OK)


def test_older_columns_keep_their_blanks() -> None:
    assert word_reader(Column(name="x", kind="category"))("New  York") == ("New  York", OK)


def test_case_is_ignored_where_the_column_says_so() -> None:
    read = word_reader(Column(name="x", kind="category", case="ignored", levels=("oslo", "true")))
    assert [read(cell) for cell in ("Oslo", "OSLO ", "oslo", True, "Bergen")] == [
        ("oslo", OK),
        ("oslo", OK),
        ("oslo", OK),
        ("true", OK),
        ("bergen", UNUSUAL),
    ]


def test_a_text_is_its_terms() -> None:
    assert text_reader(Column(name="x", kind="text", spaces="single"))("a\u00a0 b") == ("a\x1fb\x1fa b", OK)


def test_a_number_of_thousands_of_digits_is_no_word() -> None:
    read = word_reader(Column(name="x", kind="category"))
    assert read(10**5000) == (MISSING_WORD, UNUSUAL)
    assert read(-(10**30)) == (f"-1{'0' * 30}", OK)


def test_plain_words_are_read_as_they_are() -> None:
    column = Column(name="x", kind="category", levels=("a", "B ", "1.0"), case="ignored", numeric_spelling=True)
    read = cell_reader(column)
    assert plain_words(column) == {"a", "B ", "1.0"}
    assert [read(word) for word in sorted(plain_words(column))] == [("1.0", OK), ("B ", OK), ("a", OK)]
    assert plain_words(Column(name="x", kind="text", levels=("a",))) == frozenset()
