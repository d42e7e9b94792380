"""Records gathered into columns."""

from __future__ import annotations

import polars as pl

from journeyman.sources.json.chunks import chunks_of, frame_of, kinds_of_columns
from journeyman.sources.json.flatten import Columns
from journeyman.sources.json.record import Record

RECORDS = [
    Record(1, {"a": 1}),
    Record(2, None, "oops" * 1000, "json_invalid"),
    Record(3, {"a": 2.5, "b": {"c": True}}),
    Record(4, {"a": "x", "b": None}),
]


def test_chunks_have_so_many_rows_and_keep_lines() -> None:
    chunks = list(chunks_of(RECORDS, Columns(), 3))
    assert [chunk.rows for chunk in chunks] == [3, 1]
    assert [chunk.lines.tolist() for chunk in chunks] == [[1, 2, 3], [4]]
    (aside,) = chunks[0].set_aside
    assert (aside.row, aside.code, aside.line, len(aside.text)) == (1, "json_invalid", 2, 2000)


def test_types_hold_the_cells_of_all_chunks() -> None:
    columns = Columns()
    chunks = list(chunks_of(RECORDS, columns, 3))
    kinds = kinds_of_columns(columns)
    assert kinds == {("a",): pl.String(), ("b", "c"): pl.Boolean()}
    frame = pl.concat([frame_of(chunk, kinds, ["a", "b.c"]) for chunk in chunks])
    assert frame.rows() == [("1", None), (None, None), ("2.5", True), ("x", None)]
    again = list(chunks_of(RECORDS, Columns(), 2, kinds))
    assert pl.concat([frame_of(chunk, kinds, ["a", "b.c"]) for chunk in again]).equals(frame)
