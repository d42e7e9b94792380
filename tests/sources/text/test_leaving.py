"""A column that is left out by its first rows is watched: nothing of later rows is lost in silence."""

from __future__ import annotations

import numpy as np
import polars as pl

from journeyman.sources.text.describing import Described
from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.leaving import Leaving
from journeyman.sources.text.rows import Batch

COLUMNS = Described(("day",), (1,), 0, is_trailing=True, findings=())


def batch(rows: list[tuple[str | None, ...]], line: int) -> Batch:
    frame = pl.DataFrame(rows, schema=dict.fromkeys("abc", pl.String), orient="row")
    return Batch(frame, np.arange(line, line + len(rows)))


def test_rows_that_agree_are_not_told() -> None:
    leaving = Leaving(COLUMNS, Dialect())
    assert leaving.look(batch([("0", "x", None), ("1", "y", None)], 2), 0) == []
    assert leaving.look(batch([("2", "z", None)], 4), 2) == []
    assert list(leaving.findings()) == []


def test_rows_that_do_not_are_told_with_their_line_and_kept() -> None:
    leaving = Leaving(COLUMNS, Dialect())
    assert leaving.look(batch([("0", "x", None)], 2), 0) == []
    aside = leaving.look(batch([("1", "y", None), ("7", "z", "more")], 3), 1)
    assert [(one.row, one.code, one.line, one.text) for one in aside] == [(1, "ragged_rows", 4, "7,z,more")]
    index, ragged = leaving.findings()
    assert (index.code, index.numbers["lines"]) == ("index_column", [4])
    assert (ragged.code, ragged.rows, ragged.severity) == ("ragged_rows", (2,), "warning")
