from __future__ import annotations

import pytest

from journeyman.curation.scored import FEWEST_ROWS, scored_folds


def scored(
    kind: str = "random", count: int = 5, rows: int = 1000, seconds: float | None = 30.0, outputs: int = 1
) -> int:
    return scored_folds(kind, count, rows=rows, columns=20, outputs=outputs, seconds=seconds)  # type: ignore[arg-type]  # kinds


@pytest.mark.parametrize(("rows", "most"), [(1000, 5), (18_000, 5), (50_000, 3), (300_000, 2), (2_000_000, 1)])
def test_fewer_where_rows_are_many_for_the_time(rows: int, most: int) -> None:
    assert scored(rows=rows) == most
    assert scored(rows=rows, seconds=7200.0) == 5


def test_no_time_said_is_two_minutes() -> None:
    assert scored(rows=70_000, seconds=None) == scored(rows=70_000, seconds=120.0) == 5
    assert scored(rows=300_000, seconds=None) == 3


def test_never_too_few_rows_or_blocks() -> None:
    assert scored(rows=20_000, outputs=26) * 20_000 / 5 >= FEWEST_ROWS
    assert scored(rows=6_000, outputs=100) == 5
    assert scored("forward", rows=2_000_000) == 3
    assert scored("forward", count=1, rows=2_000_000) == 1
    assert scored(rows=0) == 5
