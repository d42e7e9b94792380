"""Units are recognised, names of things are not."""

from __future__ import annotations

import pytest

from journeyman.sources.dialects import common_unit


@pytest.mark.parametrize(
    ("texts", "unit"),
    [
        (["5%", "7.5 %"], "%"),
        (["$1,000", "-$12"], "$"),
        (["1.234,50 €", "2 €"], "€"),
        ([f"{place} kg" for place in range(30)], "kg"),
        (["36 months", "60 months"], ""),  # two levels
        (["A1", "B2"], ""),
        (["3.5", "4"], ""),
        (["5%", "7"], ""),
        ([], ""),
    ],
)
def test_common_unit(texts: list[str], unit: str) -> None:
    assert common_unit(texts) == unit
