from __future__ import annotations

from fractions import Fraction

import pytest

from journeyman.bundle.amounts import is_unit
from journeyman.sources.meaning.units import _FACTORS, _MULTIPLE, Units, is_currency, one_in, units_of


@pytest.mark.parametrize(
    ("texts", "units"),
    [
        (["5%", "7.5%"], Units("%")),
        (["$1,000", "$12", "15"], Units("$")),
        (["5 kg", "300 g", "2 kg"], Units("kg", ("g=1/1000",))),
        (["5 kg", "3 lbs", "2 kg"], Units("kg", ("lbs=45359237/100000000",))),
        (["5 cm", "3 in", "2 cm"], Units("cm", ("in=127/50",))),
        (["2 h", "30 min", "3 h"], Units("h", ("min=1/60",))),
        (["$1.2M", "$300k", "$7"], Units("$", ("M=1000000", "k=1000"))),
        (["1.5 million", "2 bn", "7"], Units("", ("bn=1000000000", "million=1000000"))),
        (["20 °C", "21 °C"], Units("°C")),
        (["20 °C", "70 °F"], Units()),
        (["36 months", "60 months"], Units()),
        ([f"{place} months" for place in range(9)], Units("months")),
        ([f"{place} widgets" for place in range(9)], Units()),
        ([f"{place} widgets" for place in range(30)], Units("widgets")),
        (["A1", "B2"], Units()),
        (["12 oz", "12 oz.", "12 oz", "16 OZ", "9 ounce"], Units("oz", ("OZ=1", "ounce=1", "oz.=1"))),
        (["5 m", "5 M"], Units()),
        ([f"{place} patients" for place in range(40)] + ["3 paxients"], Units("patients")),
        (["$5", "€5"], Units()),
        (["1st", "2nd"], Units()),
    ],
)
def test_units(texts: list[str], units: Units) -> None:
    assert next(units_of(texts)) == units
    assert list(units_of(texts))[-1] == Units()


def test_the_tables_hold_together() -> None:
    for family in _FACTORS:
        assert Fraction(1) in family.values()
    assert not set(_MULTIPLE) & {"kg", "g", "cm", "h"}
    assert all(is_unit(f"{name}={factor}") for family in (*_FACTORS, _MULTIPLE) for name, factor in family.items())
    assert is_currency("CHF")
    assert not is_currency("h")


def test_one_unit_in_another_of_its_family() -> None:
    assert one_in("g", "kg") == 0.001
    assert one_in("ounce", "oz") == one_in("OZ", "oz") == 1.0
    assert one_in("kg", "month") is None
    assert one_in("patients", "patients") is None
