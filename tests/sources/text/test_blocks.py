"""Blocks give the same rows wherever the text is cut into pieces."""

from __future__ import annotations

from dataclasses import replace

import pytest

from journeyman.sources.text.blocks import blocks
from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.form import Form
from journeyman.sources.text.writing import Block

TEXT = (
    'Ada,36,2024-01-10,red\r\n"B\no",41,2024-02-11,blue\n\nCem,,2024-03-12,red\n'
    '"a ""b""",29,2024-04-13,"x,y"\nEli,32,,2024-05-14,red\nFay,35,2024-06-15,blue'
)
ROWS = [
    ("Ada", "36", "2024-01-10", "red"),
    ("B\no", "41", "2024-02-11", "blue"),
    ("Cem", None, "2024-03-12", "red"),
    ('a "b"', "29", "2024-04-13", "x,y"),
    ("Eli", "32", "2024-05-14", "red"),
    ("Fay", "35", "2024-06-15", "blue"),
]


def rows_of(some: list[Block]) -> list[tuple[str | None, ...]]:
    return [row for block in some for row in block.frame.rows()]


@pytest.mark.parametrize("size", [1, 7, 30, 1000])
def test_rows_and_their_lines_do_not_depend_on_the_pieces(size: int, form: Form) -> None:
    data = TEXT.encode()
    some = list(blocks([data[place : place + size] for place in range(0, len(data), size)], form))
    assert rows_of(some) == ROWS
    assert [int(line) for block in some for line in block.lines] == [2, 3, 6, 7, 8, 9]
    assert [(one.line, one.how, one.before) for block in some for one in block.mended] == [
        (8, ("dropped",), "Eli,32,,2024-05-14,red")
    ]
    assert [(one.code, one.line) for block in some for one in block.left_out] == [("blank_lines", 5)]
    assert [int(end) for block in some for end in block.ends] == [2, 1, 1, 1, 1, 0]


def test_nothing_is_read_behind_the_end_of_the_table(form: Form) -> None:
    other = "\ncity,year\nRome,1900\nBonn,1901\nKiel,1902\n"
    some = list(blocks([b"Ada,36,2024-01-10,red\n" + other.encode(), b"Bo,41,2024-02-11,blue\n"], form))
    assert rows_of(some) == ROWS[:1]
    assert some[-1].end is not None
    assert (some[-1].end.code, some[-1].end.line) == ("second_table", 4)


@pytest.mark.parametrize(
    ("dialect", "line"),
    [
        (Dialect(delimiter=";"), 'Ada;36;2024-01-10;"re""d"\n'),
        (Dialect(delimiter="||"), 'Ada||36||2024-01-10||"re""d"\n'),
        (Dialect(delimiter=",", blanks="one"), 'Ada, 36, 2024-01-10, "re""d"\n'),
        (Dialect(delimiter=" ", blanks="run"), 'Ada  36 2024-01-10   "re""d"\n'),
        (Dialect(delimiter="|", quote="'"), "Ada|36|2024-01-10|'re\"d'\n"),
        (Dialect(delimiter=",", escape="\\"), 'Ada,36,2024-01-10,"re\\"d"\n'),
        (Dialect(delimiter="", slots=(0, 4, 7, 18)), 'Ada 36 2024-01-10 re"d\n'),
    ],
)
def test_every_dialect_gives_the_same_cells(dialect: Dialect, line: str, form: Form) -> None:
    some = list(blocks([(line * 3).encode()], replace(form, dialect=dialect)))
    assert rows_of(some) == [("Ada", "36", "2024-01-10", 're"d')] * 3


def test_many_records_over_several_lines_are_read_at_once(form: Form) -> None:
    data = "".join(f'"{place}\nof",36,2024-01-10,red\n' for place in range(100)).encode()
    some = list(blocks([data[:1500], data[1500:]], form))
    assert [row[0] for row in rows_of(some)] == [f"{place}\nof" for place in range(100)]
    assert [int(line) for block in some for line in block.lines] == list(range(2, 202, 2))


def test_lone_returns_end_lines(form: Form) -> None:
    some = list(blocks([b"Ada,36,2024-01-10,red\rBo,41,2024-02-11,blue\r"], form))
    assert [row[0] for row in rows_of(some)] == ["Ada", "Bo"]
    assert [int(end) for block in some for end in block.ends] == [3, 3]


def test_no_bytes_give_no_rows(form: Form) -> None:
    assert rows_of(list(blocks([], form))) == []
