"""What is told of dialect and names, and which columns are kept."""

from __future__ import annotations

import pytest

from journeyman.sources.text.describing import Described, described
from journeyman.sources.text.opening import open_table

DAYS = [f"2024-01-{day:02d}" for day in range(1, 9)]


def told(text: str) -> tuple[Described, list[str]]:
    found = described(open_table(text))
    return found, [one.code for one in found.findings]


@pytest.mark.parametrize(
    ("mark", "codes"),
    [(",", []), ("\t", []), (";", ["delimiter"]), ("||", ["delimiter"]), ("\x1f", ["delimiter"])],
)
def test_the_delimiter_is_told_where_it_is_unusual(mark: str, codes: list[str]) -> None:
    text = mark.join(["a", "b"]) + "\n" + "".join(f"{day}{mark}x\n" for day in DAYS)
    found, some = told(text)
    assert (found.names, some) == (("a", "b"), codes)


def test_a_first_column_that_counts_and_an_empty_last_one_are_left_out() -> None:
    found, codes = told(",day,\n" + "".join(f"{place},{day},\n" for place, day in enumerate(DAYS)))
    assert (found.names, found.kept, found.counts_from, found.is_trailing) == (("day",), (1,), 0, True)
    assert codes == ["trailing_delimiter", "index_column"]


def test_an_unnamed_first_column_that_does_not_count_is_kept() -> None:
    found, codes = told(",day\n" + "".join(f"{place * 2},{day}\n" for place, day in enumerate(DAYS)))
    assert (found.names, codes) == (("column_1", "day"), ["unnamed_column"])


def test_no_names_are_told_with_the_first_row() -> None:
    found, codes = told("".join(f"{day},7\n" for day in DAYS))
    assert (found.names, codes) == (("column_1", "column_2"), ["no_header"])
    assert "2024-01-01 | 7" in found.findings[0].message


def test_a_row_of_names_that_was_mended_is_told_with_its_line() -> None:
    found, codes = told("# x\nDate,Price,,Kind\n" + "".join(f"{day},$7.5{day[-1]},red\n" for day in DAYS))
    assert (found.names, codes) == (("Date", "Price", "Kind"), ["ragged_header"])
    assert found.findings[0].numbers["examples"] == [[2, "Date,Price,,Kind", "Date | Price | Kind"]]
