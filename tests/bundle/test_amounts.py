from __future__ import annotations

from fractions import Fraction

import pytest

from journeyman.bundle.amounts import amount_reader, is_unit, unit_factors
from journeyman.table.schema import Column


def column(**fields: object) -> Column:
    return Column(name="x", kind="number", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "text", "value"),
    [
        ({}, "3.5", 3.5),
        ({}, "(3.5)", -3.5),
        ({}, "3,5", None),
        ({}, "+-3", None),
        ({}, "- 3", None),
        ({"decimal": ",", "thousands": "."}, "-1.234.567,5", -1234567.5),
        ({"decimal": ",", "thousands": "."}, "1.23,5", None),
        ({"thousands": ","}, "1,234", 1234.0),
        ({"thousands": ","}, "12,34,567", None),
        ({"thousands": ",", "groups": "lakhs"}, "12,34,567", 1234567.0),
        ({"thousands": ",", "groups": "lakhs"}, "1,234", 1234.0),
        ({"thousands": "'"}, "1'000.5", 1000.5),
        ({"decimal": ".,"}, "12,5", 12.5),
        ({"decimal": ".,"}, "12.5", 12.5),
        ({"decimal": ".,"}, "1.234,5", 1234.5),
        ({"decimal": ".,"}, "1,234.5", 1234.5),
        ({"decimal": ".,"}, "1,234,567", 1234567.0),
        ({"unit": "kg", "other_units": ("g=1/1000", "t=1000")}, "250 g", 0.25),
        ({"unit": "kg", "other_units": ("g=1/1000", "t=1000")}, "2t", 2000.0),
        ({"unit": "kg", "other_units": ("g=1/1000", "t=1000")}, "7", 7.0),
        ({"unit": "kg"}, "7 lb", None),
        ({"unit": "$", "other_units": ("M=1000000",)}, "-$1.2M", -1200000.0),
        ({"unit": "$", "other_units": ("M=1000000",)}, "$-1.2 M", -1200000.0),
        ({"unit": "%"}, "12.5 %", 12.5),
        ({"notation": "feet", "unit": "in"}, "6' 2\"", 74.0),
        ({"notation": "feet", "unit": "in"}, "6 ft 2 in", 74.0),
        ({"notation": "feet", "unit": "in"}, "74", 74.0),
        ({"notation": "clock", "unit": "h"}, "14:30", 14.5),
        ({"notation": "clock", "unit": "h"}, "2:30 PM", 14.5),
        ({"notation": "clock", "unit": "h"}, "12:00 am", 0.0),
        ({"notation": "clock", "unit": "h"}, "13:30 pm", None),
        ({"notation": "clock", "unit": "h"}, "1:60", None),
        ({"notation": "clock", "unit": "h"}, "100:00:36", 100.01),
        ({"ranges": "middle"}, "10-19", 14.5),
        ({"ranges": "middle"}, "10 to 19", 14.5),
        ({"ranges": "middle"}, "-5--1", -3.0),
        ({"ranges": "middle"}, "19-10", None),
        ({"ranges": "middle"}, "17-000123", None),
        ({"ranges": "middle"}, "<5", 2.5),
        ({"ranges": "middle"}, "< -5", -5.0),
        ({"ranges": "middle"}, ">= 100", 100.0),
        ({"ranges": "middle"}, "65+", 65.0),
        ({"ranges": "middle", "unit": "$"}, "$10 - $20", 15.0),
        ({"ranges": "middle"}, "2024-01-02", None),
        ({"ranges": "refused"}, "10-19", None),
    ],
)
def test_amounts(fields: dict[str, object], text: str, value: float | None) -> None:
    assert amount_reader(column(**fields))(text) == value


def test_a_unit_is_converted_to_the_digit() -> None:
    read = amount_reader(column(unit="kg", other_units=("g=1/1000",)))
    assert [read(f"{grams} g") for grams in (1, 29, 57_000)] == [0.001, 0.029, 57.0]


def test_other_units_are_data_of_one_form() -> None:
    assert unit_factors(column(unit="kg", other_units=("g=1/1000",))) == {"kg": Fraction(1), "g": Fraction(1, 1000)}
    assert is_unit("g=1/1000")
    assert not any(map(is_unit, ("g", "g=", "g=1/0", "=3", "g=1.5", "g=1/1000/2", "g=" + "9" * 19)))
