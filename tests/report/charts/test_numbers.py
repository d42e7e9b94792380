from __future__ import annotations

from journeyman.report.charts.numbers import floats, is_number, part


def test_only_finite_numbers_are_numbers() -> None:
    assert [is_number(one) for one in (1, 0.5, True, None, "1", float("nan"), float("inf"))] == [
        True,
        True,
        *[False] * 5,
    ]


def test_a_list_with_one_that_is_none_is_no_list_of_numbers() -> None:
    assert floats([1, 2.5]) == (1.0, 2.5)
    assert floats([1, None]) == floats("12") == floats(None) == ()


def test_a_part_that_is_missing_is_empty() -> None:
    assert part({"a": {"b": 1}}, "a") == {"b": 1}
    assert part({"a": 3}, "a") == part({}, "a") == {}
