"""What comes to light while rows are read is told by its gravest."""

from __future__ import annotations

import numpy as np

from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.notes import Mending, Notes
from journeyman.sources.text.telling import LeftOut
from journeyman.table.table import LONGEST_RECORD


def test_mended_rows_are_told_by_the_gravest_that_was_assumed() -> None:
    notes = Notes(Dialect(delimiter=";"), 3)
    notes.take_mended(
        [Mending(4, 6, ("joined", "quote"), 'a"b', ("a", "b")), Mending(7, 9, ("short",), "a;b", ("a", "b"))]
    )
    notes.take_mended([Mending(9, 11, ("aside",), "y" * 3_000, ())])
    aside, quote, short = notes.findings(20)
    assert [one.code for one in (aside, quote, short)] == ["ragged_rows", "stray_quote", "ragged_rows"]
    assert quote.rows == (4,)
    assert "row 5, line 6" in quote.message
    assert "fewer than 3 cells" in short.message
    (kept,) = notes.set_aside
    assert (kept.row, kept.line, kept.code, kept.text) == (9, 11, "ragged_rows", "y" * LONGEST_RECORD)


def test_line_ends_repeated_names_and_a_second_table_are_told() -> None:
    notes = Notes(Dialect(), 2)
    assert list(notes.findings(9)) == []
    notes.count_ends(np.array([1, 1, 1, 1, 1, 0], np.int8))
    assert list(notes.findings(9)) == []
    notes.count_ends(np.array([1, 2, 2], np.int8))
    notes.repeated(7, "a,b")
    notes.ended(LeftOut("second_table", 8, "x,y"))
    ends, names, table = notes.findings(9)
    assert (ends.code, ends.numbers) == ("newlines", {"LF": 6, "CRLF": 2})
    assert (names.code, names.numbers["lines"]) == ("repeated_header", [7])
    assert (table.code, table.numbers["count"]) == ("second_table", 2)
