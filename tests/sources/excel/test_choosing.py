"""Which sheet is meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from journeyman.errors import SourceError
from journeyman.sources.excel.choosing import Chosen, choose
from journeyman.sources.excel.package import open_package
from journeyman.sources.excel.workbook import open_workbook

Write = Callable[..., Path]
TABLE: list[list[Any]] = [["key", "x", "y"], *[[f"k{place}", place, place / 2] for place in range(30)]]


def chosen(path: Path, part: str = "") -> Chosen:
    with open_workbook(path, open_package(path, path.name), path.name) as book:
        return choose(book, part)


def hidden(name: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[name].sheet_state = "hidden"

    return change


def test_two_tables_are_ambiguous_and_both_named(write: Write) -> None:
    path = write(TABLE, TABLE)
    with pytest.raises(SourceError) as caught:
        chosen(path)
    assert caught.value.code == "ambiguous_sheet"
    assert "'A' (A1:C31)" in str(caught.value)
    assert "'B' (A1:C31)" in str(caught.value)
    assert "--table A" in caught.value.remedy
    assert chosen(path, "B").sheet.name == "B"


@pytest.mark.parametrize(
    "notes",
    [
        [["see wiki"]],
        [["Author", "Ada"], ["Date", "May"], ["Source", "our books"]],
        [["column", "meaning"], ["key", "who"], ["X", "how many"], ["y", "how much"]],
        [["how many", 5], ["key", 1], ["x", 2], ["y", 3]],
        [[]],
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_notes_beside_a_table_are_no_rival(write: Write, notes: list[list[Any]], first: bool) -> None:
    found = chosen(write(notes, TABLE) if first else write(TABLE, notes))
    assert found.table.names == ("key", "x", "y")
    (told,) = found.findings
    assert (told.code, told.severity) == ("sheet_chosen", "info")
    assert told.numbers["sheet"] == ("B" if first else "A")


def test_a_hidden_sheet_is_no_rival_but_better_than_nothing(write: Write) -> None:
    assert chosen(write(TABLE, TABLE, change=hidden("A"))).sheet.name == "B"
    found = chosen(write([["see the other"]], TABLE, change=hidden("B")))
    assert found.sheet.name == "A"
    found = chosen(write([], TABLE, change=hidden("B")))
    assert found.sheet.name == "B"
    assert "B" in found.findings[0].message


def test_of_several_tables_on_a_sheet_the_largest_is_read(write: Write) -> None:
    rows = [["who", "what"], ["a", 1], ["b", 2], [], *TABLE]
    found = chosen(write(rows))
    assert found.table.names == ("key", "x", "y")
    assert [one.names[:2] for one in found.others] == [("who", "what")]


def test_a_sheet_of_one_column_is_a_table_where_no_other_is(write: Write) -> None:
    assert chosen(write([["x"], [1], [2], [3]])).table.names == ("x",)
