"""Totals and notes are told from rows by what stands in the columns above."""

from __future__ import annotations

import pytest

from journeyman.sources.text.columns import Columns
from journeyman.sources.text.ending import is_note, is_total, looks_like_end


@pytest.mark.parametrize("word", ["Total", "Grand total:", "Summe", "AVERAGE"])
def test_a_word_for_a_sum_beside_missing_cells_is_a_total(word: str, columns: Columns) -> None:
    assert is_total([word, "970", "", ""], columns)


def test_a_word_for_a_sum_in_a_full_row_is_no_total(columns: Columns) -> None:
    assert not is_total(["Total", "41", "2024-03-02", "red"], columns)


def test_a_word_that_only_begins_like_a_sum_is_no_total(columns: Columns) -> None:
    assert not is_total(["Totally", "970", "", ""], columns)


@pytest.mark.parametrize(("said", "is_sum"), [("1,006.5", True), ("1,016.5", False)])
def test_numbers_are_compared_with_the_sums_above(said: str, is_sum: bool) -> None:
    rows = [["a", "1,000.5", "x"], ["b", "4", ""], ["c", "2", "y"]]
    assert is_total(["Total", said, ""], Columns(rows), rows) is is_sum


def test_a_single_sentence_is_a_note(columns: Columns) -> None:
    assert is_note(["Source: the survey of 1999", "", "", ""], columns)
    assert is_note(["* provisional"], columns)


def test_a_level_of_its_column_is_no_note(columns: Columns) -> None:
    assert not is_note(["", "", "", "red"], columns)
    assert not is_note(["Ada", "", "", ""], columns)


def test_a_number_alone_is_no_note(columns: Columns) -> None:
    assert not is_note(["", "77", "", ""], columns)


def test_a_note_in_a_column_of_numbers_is_a_note(columns: Columns) -> None:
    assert is_note(["", "as reported", "", ""], columns)


@pytest.mark.parametrize(
    ("row", "is_end"),
    [
        (["", " "], True),
        (["Total", "3"], True),
        (["Note: rounded", ""], True),
        (["Note: rounded", "3"], False),
        (["Ada", "3"], False),
        (["Ada", ""], False),
    ],
)
def test_what_says_of_itself_that_it_is_an_end(row: list[str], is_end: bool) -> None:
    assert looks_like_end(row) is is_end
