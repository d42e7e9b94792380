"""Rows of totals, and rows that only look like some."""

from __future__ import annotations

import pytest

from journeyman.sources.excel.totals import is_total, says_total, sums_up

KINDS = ["text", "number", "number"]
USUAL = [True, True, False]


@pytest.mark.parametrize(
    "row",
    [
        ["Total", None, 5],
        ["Grand total:", None, 5],
        ["Summe Nord", 4, None],
        [None, "Subtotal", 5],
        ["合计", "sum", 4],
        ["Итого", None, 3],
    ],
)
def test_totals_lack_what_other_rows_have(row: list[object]) -> None:
    assert says_total(row)
    kinds = KINDS if row[0] != "Summe Nord" else ["number", "number", "number"]
    assert is_total(row, kinds, USUAL)


@pytest.mark.parametrize(
    "row",
    [["Total Wine", 4, 5], ["Somerset", None, 5], ["total", 4, 5], ["North", None, None], ["Mean Street", 1, None]],
)
def test_rows_with_all_cells_are_rows(row: list[object]) -> None:
    assert not is_total(row, KINDS, USUAL)


def test_sums_and_means_are_known_by_their_numbers() -> None:
    above = [["a", 1, 0.5, 9], ["b", 2, 1.5, 9], ["c", None, 4, 9]]
    assert sums_up(["Total", 3, 6.0, 7], above)
    assert sums_up(["Mean", 1.5, 2.0, 9], above)
    assert not sums_up(["Total", 4, 7.0, 7], above)
    assert not sums_up(["Total", None, None, None], above)
    assert not sums_up(["Total", 1, 0.5, 9], above[:1])
