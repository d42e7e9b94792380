"""Names of cells and ranges."""

from __future__ import annotations

import pytest

from journeyman.sources.excel.addresses import cell_name, column_name, column_of, range_name, range_of


def test_columns_count_in_letters() -> None:
    assert [column_name(place) for place in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_of(column_name(place)) == place for place in range(20_000))


def test_ranges_are_named_and_read() -> None:
    assert range_name((3, 1), (203, 6)) == "B4:G204"
    assert range_of("b4:$G$204") == ((3, 1), (203, 6))
    assert range_of("G204:B4") == ((3, 1), (203, 6))
    assert range_of("C7") == ((6, 2), (6, 2))
    assert cell_name(6, 2) == "C7"


@pytest.mark.parametrize("text", ["", "Data", "2023", "A:C", "ABCD1", "A1:B", "1A"])
def test_other_words_are_no_ranges(text: str) -> None:
    assert range_of(text) is None
