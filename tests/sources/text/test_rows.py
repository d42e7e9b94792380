"""Batches hold rows only: names that stand again, totals, notes and empty rows at the end are left out and told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from journeyman.sources.text.blocks import blocks
from journeyman.sources.text.form import Form
from journeyman.sources.text.notes import Notes
from journeyman.sources.text.rows import Rows

NAMES = ("name", "age", "day", "colour")


def lines_of(rows: Sequence[Sequence[str]]) -> bytes:
    return "".join(",".join(row) + "\n" for row in rows).encode()


@pytest.fixture
def many(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [(f"{row[0]}{turn}", *row[1:]) for turn in range(10) for row in rows]


def read(data: bytes, form: Form, size: int = 900) -> tuple[list[tuple[str | None, ...]], list[int], Notes]:
    notes = Notes(form.dialect, form.width)
    pieces = [data[place : place + size] for place in range(0, len(data), size)]
    batches = list(Rows(form, notes).batches(blocks(pieces, form)))
    assert all(batch.frame.height == len(batch.lines) for batch in batches)
    rows = [row for batch in batches for row in batch.frame.rows()]
    return rows, [int(line) for batch in batches for line in batch.lines], notes


def told(notes: Notes) -> dict[str, list[int]]:
    return {one.code: list(one.numbers["lines"]) for one in notes.findings(0) if "lines" in one.numbers}


@pytest.mark.parametrize("size", [100, 900, 100_000])
def test_all_rows_come_in_their_order(size: int, many: list[tuple[str, ...]], form: Form) -> None:
    rows, lines, notes = read(lines_of(many), form, size)
    assert rows == many
    assert lines == list(range(2, 202))
    assert told(notes) == {}


def test_rows_come_before_all_blocks_are_read(many: list[tuple[str, ...]], form: Form) -> None:
    data = lines_of(many)
    some = blocks([data[:4000], data[4000:]], form)
    assert next(Rows(form, Notes(form.dialect, 4)).batches(some)).frame.height > 0
    assert sum(block.frame.height for block in some) > 0


@pytest.mark.parametrize("size", [100, 900, 100_000])
def test_what_stands_at_the_end_is_no_row(size: int, many: list[tuple[str, ...]], form: Form) -> None:
    end = [("Total", "9700", "", ""), ("", "", "", ""), ("* rounded", "", "", "")]
    rows, _, notes = read(lines_of([*many, *end]), form, size)
    assert rows == many
    assert told(notes) == {"footer": [202, 204], "blank_lines": [203]}


def test_one_row_of_empty_cells_at_the_end_is_a_row(many: list[tuple[str, ...]], form: Form) -> None:
    rows, _, notes = read(lines_of([*many, ("", "", "", "")]), form)
    assert rows == [*many, (None,) * 4]
    assert told(notes) == {}


@pytest.mark.parametrize("size", [100, 900, 100_000])
def test_names_that_stand_again_are_no_row(size: int, many: list[tuple[str, ...]], form: Form) -> None:
    data = [*many[:50], NAMES, *many[50:120], NAMES, *many[120:]]
    rows, lines, notes = read(lines_of(data), form, size)
    assert rows == many
    assert lines == [line for line in range(2, 204) if line not in (52, 123)]
    assert told(notes) == {"repeated_header": [52, 123]}


@pytest.mark.parametrize("size", [100, 900, 100_000])
def test_the_same_table_once_more_is_the_end(size: int, many: list[tuple[str, ...]], form: Form) -> None:
    rows, _, notes = read(lines_of([*many, NAMES, *many]), form, size)
    assert rows == many
    assert told(notes)["second_table"] == [202]


def test_mended_rows_keep_their_place_where_names_before_them_are_left_out(
    many: list[tuple[str, ...]], form: Form
) -> None:
    broken = ("~~~", "!!!", "^^^", "###", "+++")
    rows, _, notes = read(lines_of([*many[:50], NAMES, *many[50:60], broken, *many[60:]]), form)
    assert [(one.row, one.line) for one in notes.set_aside] == [(60, 63)]
    assert rows[60] == ("~~~", "!!!", "^^^", "###")
