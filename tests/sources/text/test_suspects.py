"""Rows of a frame that may be no rows of the table."""

from __future__ import annotations

import polars as pl

from journeyman.sources.text.form import Form
from journeyman.sources.text.suspects import Suspects, last_filled

ROWS = {"name": ["Ada", "name", None, "Total"], "age": ["36", "age", None, "36"]}
ROWS |= {"day": ["2024-01-10", "day", None, None], "colour": ["red", "colour", None, None]}
FRAME = pl.DataFrame(ROWS)


def test_names_empty_rows_and_totals_are_found_at_once(form: Form) -> None:
    suspects = Suspects(form)
    assert suspects.names(FRAME) == [1]
    assert suspects.empty(FRAME) == [2]
    assert suspects.totals(FRAME) == [3]
    assert suspects.totals(FRAME.head(1)) == []
    assert suspects.names(FRAME.clear()) == suspects.empty(FRAME.clear()) == suspects.totals(FRAME.clear()) == []


def test_the_last_row_with_a_cell_is_found_however_far_up() -> None:
    empty = pl.DataFrame({"a": [None] * 30, "b": [None] * 30}, schema={"a": pl.String, "b": pl.String})
    assert last_filled(empty) == -1
    some = pl.DataFrame({"a": ["x"], "b": [None]}, schema={"a": pl.String, "b": pl.String})
    assert last_filled(pl.concat([some, empty])) == 0
    assert last_filled(pl.concat([empty, some])) == 30
