from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.sources.meaning import Meaning, understand
from journeyman.sources.meaning.numbers import NUMBER_FORMS, has_leading_zeros
from journeyman.table.columns import Strings

Mean = Callable[..., Meaning]
NAN = float("nan")


@pytest.mark.parametrize(
    ("cells", "values", "fields"),
    [
        (["1,5", "2", "0,25"], [1.5, 2, 0.25], {"decimal": ","}),
        (["0,125", "0,500"], [0.125, 0.5], {"decimal": ",", "thousands": ""}),
        (["1,234", "12,345.5", "1"], [1234, 12345.5, 1], {"thousands": ","}),
        (["1.234,50 €", "2,00 €"], [1234.5, 2], {"decimal": ",", "thousands": ".", "unit": "€"}),
        (["5%", "12.5%"], [5, 12.5], {"unit": "%"}),
        (["(3.5)", "4", "5"], [-3.5, 4, 5], {}),
        (["1", "n.a.", "null", "none", "#N/A"], [1, NAN, NAN, NAN, NAN], {}),
        (["1", "2", "inf", "1e400"], [1, 2, NAN, NAN], {}),
        (["1 234,5", "12 345,5"], [1234.5, 12345.5], {"decimal": ",", "thousands": " "}),
        (["1’234.5", "2’000.0"], [1234.5, 2000], {"thousands": "'"}),
        (["12,34,567", "1,00,000"], [1234567, 100000], {"groups": "lakhs"}),
        (["12,5", "12.5", "13,5", "13.25"], [12.5, 12.5, 13.5, 13.25], {"decimal": ".,"}),
        (["5' 11\"", "6'"], [71, 72], {"notation": "feet", "unit": "in"}),
        (["11:30 PM", "0:15 am", "12:00 pm"], [23.5, NAN, 12], {"notation": "clock"}),
        (["٣", "٤٥", "６"], [3, 45, 6], {}),
    ],
)
def test_numbers_as_people_write_them(
    mean: Mean, cells: list[str], values: list[float], fields: dict[str, object]
) -> None:
    found = mean(cells, wishes={"kind": "number"} if "pm" in cells[-1] else None)
    assert found.column.kind == "number"
    assert {name: getattr(found.column, name) for name in fields} == fields
    np.testing.assert_array_equal(found.read.values, values)


def test_marks_are_decided_by_all_cells_and_not_by_the_first(mean: Mean) -> None:
    cells = [f"{place}.{place % 10}{place % 7}" for place in range(1, 400)] + ["1.234.567"] * 40
    assert mean(cells).column.thousands == ""
    assert mean(["1.234", "12.345", "123.456", "1.234.567"] * 5).column.thousands == "."


def test_a_range_among_numbers_is_its_middle_and_few_ranges_are_levels(mean: Mean) -> None:
    censored = mean([*map(str, range(40)), "<5", "40-50", "100+"])
    assert censored.column.ranges == "middle"
    assert censored.read.values[-3:].tolist() == [2.5, 45, 100]
    assert mean(["10-19", "20-29", "30-39"] * 20).column.kind == "category"


@pytest.mark.parametrize(
    "cells",
    [
        [f"555-{place * 37 % 10_000:04}" for place in range(100)],
        [f"17-{place:06}" for place in range(100)],
        [f"192.168.{place}.{place * 7 % 256}" for place in range(100)],
        [f"{place % 9}.{place % 7}.{place}" for place in range(100)],
        [f"{place % 5}/{place % 4}" for place in range(100)],
        [f"A{place}" for place in range(100)],
        ["$5", "€6"] * 50,
    ],
)
def test_codes_are_no_numbers(mean: Mean, cells: list[str]) -> None:
    assert mean(cells).column.kind in ("category", "id")


def test_words_among_numbers(mean: Mean) -> None:
    few = mean([str(place / 7) for place in range(100)] + ["ask", "later"])
    assert (few.column.kind, few.read.refused.sum()) == ("number", 2)
    one = mean([str(place / 7) for place in range(60)] + ["withheld"] * 40)
    assert (one.column.kind, "withheld" in one.column.missing, one.read.refused.sum()) == ("number", True, 0)
    three = mean([str(place / 7) for place in range(92)] + ["n/k", "pending", "later"] * 2)
    assert three.column.kind == "number"
    assert mean([str(place) for place in range(40)] + [f"word {place}" for place in range(30)]).column.kind != "number"


def test_leading_zeros_are_codes(mean: Mean) -> None:
    assert has_leading_zeros(["7", "007"])
    assert not has_leading_zeros(["0", "0.5", "10"])
    assert mean(["01234", "98765"]).column.kind == "category"
    assert mean(["01234", "98765"], wishes={"kind": "number"}).column.kind == "number"


def test_what_few_cells_show_is_proved_on_all(mean: Mean) -> None:
    cells = [f"{place},5" for place in range(5000)]
    assert mean(cells).column.kind == "number"
    assert mean(cells + [f"word{place}" for place in range(3000)]).column.kind != "number"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-(10**9), 10**9), min_size=5, max_size=40, unique=True),
    st.sampled_from(NUMBER_FORMS),
    st.sampled_from(["", " kg", "%", " €"]),
)
def test_numbers_in_any_form_are_read_back(hundredths: list[int], form: tuple[str, str, str], unit: str) -> None:
    decimal, thousands, groups = form
    if groups == "lakhs":
        return
    amounts = [1234567.25, -9876543.5, *(one / 100 for one in hundredths)]
    written = [f"{one:,.2f}".translate(str.maketrans({",": thousands, ".": decimal})) + unit for one in amounts]
    found = understand("x", Strings.of(written))
    assert found.column.kind == "number"
    np.testing.assert_array_equal(found.read.values, amounts)
