"""Several sources of one shape, one below the other."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from journeyman.errors import SourceError
from journeyman.sources.raw import Raw
from journeyman.sources.read import read_raw
from journeyman.sources.stack import stacked
from journeyman.table.finding import Finding
from journeyman.table.table import Ledger, SetAside


def raw(name: str, frame: pl.DataFrame, **changes: object) -> Raw:
    return replace(read_raw(frame), name=name, **changes)  # type: ignore[arg-type]


def test_columns_keep_their_type_where_all_agree_and_are_text_where_not() -> None:
    first = raw("a", pl.DataFrame({"n": [1, 2], "f": [1, 2], "t": ["x", None], "m": [1.0, None]}))
    second = raw("b", pl.DataFrame({"t": ["y"], "m": ["z"], "n": [3], "f": [0.5]}))
    both = stacked([first, second])
    assert both.frame.schema == {"n": pl.Int64, "f": pl.Float64, "t": pl.String, "m": pl.String}
    assert both.frame["m"].to_list() == ["1", None, "z"]
    assert both.frame["n"].to_list() == [1, 2, 3]
    assert both.digest not in (first.digest, second.digest)
    assert stacked([first]) is first


def test_rows_set_aside_and_findings_count_through_and_name_their_source() -> None:
    frame = pl.DataFrame({"n": [1, 2, 3]})
    finding = Finding(code="ragged_rows", severity="warning", message="1 row has more cells", rows=(1,))
    ledger = Ledger(read=3, used=2, set_aside=(SetAside(1, "ragged_rows", 3, "2,5"),))
    one = raw("a", frame, ledger=ledger, findings=(finding,))
    both = stacked([one, replace(one, name="b")])
    assert both.ledger.read == 6 == both.ledger.used + len(both.ledger.set_aside)
    assert [(entry.row, entry.line, entry.source) for entry in both.ledger.set_aside] == [(1, 3, "a"), (4, 3, "b")]
    assert [found.rows for found in both.findings] == [(1,), (4,)]
    assert both.findings[1].message == "b: 1 row has more cells"


def test_sources_of_other_columns_are_refused() -> None:
    with pytest.raises(SourceError, match="not of one shape") as caught:
        stacked([raw("a", pl.DataFrame({"x": [1], "y": [1]})), raw("b", pl.DataFrame({"x": [1], "z": [1]}))])
    assert "b lacks 'y' and only b has 'z'" in caught.value.because
