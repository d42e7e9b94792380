"""A digest of cells: the same for every size of the parts, another one for other cells."""

from __future__ import annotations

import datetime

import polars as pl
import pytest

from journeyman.sources.sql.cell_digest import CellDigest

FRAME = pl.DataFrame(
    {
        "n": [1, None, 3, 0],
        "f": [0.5, None, float("nan"), float("inf")],
        "t": ["ab", None, "", "c\x00d"],
        "b": [b"a", b"", None, b"\xff"],
        "q": [True, None, False, True],
        "d": [datetime.date(2024, 1, 1), None, datetime.date(1960, 1, 1), None],
        "m": [datetime.datetime(2024, 1, 1, 2), None, None, datetime.datetime(1, 1, 1)],
    }
)


def digest_of(frame: pl.DataFrame, size: int = 100) -> str:
    found = CellDigest()
    for part in frame.iter_slices(size):
        found.add(part)
    return found.hexdigest()


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_size_of_the_parts_changes_nothing(size: int) -> None:
    assert digest_of(FRAME, size) == digest_of(FRAME)


def test_other_cells_names_or_orders_have_another_digest() -> None:
    changed = [
        FRAME.with_columns(n=pl.col("n").fill_null(0)),
        FRAME.with_columns(t=pl.col("t").fill_null("")),
        FRAME.with_columns(t=pl.Series(["a", None, "b", "c\x00d"])),
        FRAME.with_columns(b=pl.col("b").fill_null(b"")),
        FRAME.with_columns(d=pl.col("d").fill_null(datetime.date(1970, 1, 1))),
        FRAME.rename({"n": "k"}),
        FRAME.reverse(),
        FRAME.head(3),
        FRAME.with_columns(n=pl.col("n").cast(pl.Int32)),
    ]
    assert len({digest_of(one) for one in (FRAME, *changed)}) == len(changed) + 1
