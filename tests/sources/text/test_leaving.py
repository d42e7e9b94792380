"""Columns that are left out by what the first rows hold."""

from __future__ import annotations

import numpy as np
import polars as pl

from journeyman.sources.text.describing import Described
from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.leaving import Leaving
from journeyman.sources.text.rows import Batch


def batch(first: list[str], last: list[str | None]) -> Batch:
    frame = pl.DataFrame({"a": first, "b": ["x"] * len(first), "c": last}, schema_overrides={"c": pl.String})
    return Batch(frame, np.arange(2, 2 + len(first)))


def columns(*, counts_from: int | None, is_trailing: bool) -> Described:
    return Described(("b",), (1,), counts_from, is_trailing, ())


def test_what_agrees_is_not_told() -> None:
    leaving = Leaving(columns(counts_from=0, is_trailing=True), Dialect())
    assert leaving.look(batch(["0", "1"], [None, None]), 0) == []
    assert leaving.look(batch(["2", "3"], [None, None]), 2) == []
    assert list(leaving.findings()) == []


def test_a_row_with_a_cell_in_the_column_that_was_empty_is_set_aside() -> None:
    leaving = Leaving(columns(counts_from=None, is_trailing=True), Dialect())
    (aside,) = leaving.look(batch(["p", "q"], [None, "z"]), 10)
    assert (aside.row, aside.line, aside.text) == (1, 3, "q,x,z")
    (finding,) = leaving.findings()
    assert (finding.code, finding.rows, finding.numbers["count"]) == ("ragged_rows", (11,), 1)


def test_a_column_that_counts_no_more_is_told_with_its_line() -> None:
    leaving = Leaving(columns(counts_from=0, is_trailing=False), Dialect())
    leaving.look(batch(["0", "7"], [None, None]), 0)
    (finding,) = leaving.findings()
    assert (finding.code, finding.numbers["lines"]) == ("index_column", [3])
