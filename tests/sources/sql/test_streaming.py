"""Rows as they come, as sources: counted, cut to a size, told of with the last."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from journeyman.errors import SourceError
from journeyman.sources.sql import limits
from journeyman.sources.sql.forms import Form
from journeyman.sources.sql.streaming import Asked, sources, together

ASKED = Asked(
    sql="",
    forms=(Form("a", "a"), Form("d", "d", told="x")),
    names=("a", "d"),
    findings=(),
    name="t",
    place="shop, t",
)
PARTS = [
    pl.DataFrame({"o0": [1, 2, 3], "o1": [1, 2, None], "o2": [False, False, True]}),
    pl.DataFrame({"o0": [4], "o1": [None], "o2": [True]}, schema={"o0": pl.Int64, "o1": pl.Int64, "o2": pl.Boolean}),
]


def test_parts_are_cut_to_a_size_and_the_last_tells_of_all() -> None:
    found = list(sources(ASKED, iter(PARTS), 2))
    assert [one.rows for one in found] == [2, 1, 1]
    assert [one.findings for one in found[:-1]] == [(), ()]
    assert [(one.code, one.rows, one.numbers["count"]) for one in found[-1].findings] == [("infinite_values", (2,), 2)]
    assert found[-1].origin == "shop, t: 4 rows, 2 columns"
    whole = together(found)
    assert whole.frame.columns == ["a", "d"]
    assert whole.ledger.read == 4
    assert len(whole.digest) == 64


def test_the_digest_of_a_file_is_kept() -> None:
    assert list(sources(replace(ASKED, digest="f" * 64), iter(PARTS), 9))[-1].digest == "f" * 64


def test_an_answer_without_rows_has_its_columns() -> None:
    (found,) = sources(ASKED, iter([]), 2)
    assert (found.rows, found.frame.columns) == (0, ["a", "d"])


def test_an_answer_without_end_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 3)
    with pytest.raises(SourceError, match="more than 3 rows"):
        list(sources(ASKED, iter(PARTS), 2))
