from __future__ import annotations

import numpy as np
import pytest

from journeyman.sources.meaning import understand

NUMBERS = np.array([1.0, 0.0, np.nan])
DATES = np.array(["2024-01-01", "NaT"], "datetime64[us]")


@pytest.mark.parametrize("kind", ["number", "category", "text", "id", "flag", "date"])
def test_typed_cells_in_every_kind(kind: str) -> None:
    found = understand("x", NUMBERS, wishes={"kind": kind})
    assert found.column.kind == kind
    assert not found.read.refused.any()
    assert understand("x", DATES, wishes={"kind": kind}).column.kind == kind


def test_typed_cells_are_what_their_type_says() -> None:
    assert understand("x", NUMBERS).column.reason == "it holds numbers"
    assert understand("x", DATES).column.reason == "it holds dates"
    assert understand("x", DATES).column.low == 1_704_067_200_000_000
