"""Broken records are brought to their columns where one way of doing so is clearly the best."""

from __future__ import annotations

import pytest

from journeyman.sources.text.columns import Columns
from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.mending import LEAD, mend


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Bo,33,2024-02-11,red", ()),
        ("Bo,33 2024-02-11,red", ("split",)),
        ("Bo,332024-02-11,red", ("split",)),
        ("Bo,33,,2024-02-11,red", ("dropped",)),
        ("Bo,33,2024-02-11,red,,", ("dropped",)),
        ("Bo;33;2024-02-11;red", ("delimiter",)),
        ("Bo\t33\t2024-02-11\tred", ("delimiter",)),
    ],
)
def test_a_record_is_brought_to_its_columns(text: str, how: tuple[str, ...], columns: Columns) -> None:
    found = mend(text, Dialect(), columns)
    assert found is not None
    assert (found.cells, found.how) == (("Bo", "33", "2024-02-11", "red"), how)
    assert found.lead >= LEAD


def test_cells_missing_at_the_end_are_filled_up(columns: Columns) -> None:
    found = mend("Bo,33", Dialect(), columns)
    assert found is not None
    assert (found.cells, found.how) == (("Bo", "33", "", ""), ("short",))


def test_a_stray_quote_is_a_character(columns: Columns) -> None:
    found = mend('"Bo,33,2024-02-11,red', Dialect(), columns)
    assert found is not None
    assert (found.cells, found.how) == (('"Bo', "33", "2024-02-11", "red"), ("quote",))


def test_a_delimiter_in_a_text_without_quotes_is_content() -> None:
    texts = ("a red house", "the old mill by the river", "two dogs", "nothing to see here", "rain, rain and wind")
    columns = Columns([(str(place), texts[place % 5], f"2024-01-{10 + place}") for place in range(20)])
    found = mend("21,the house, the river and the rain,2024-01-30", Dialect(), columns)
    assert found is not None
    assert found.cells == ("21", "the house, the river and the rain", "2024-01-30")
    assert found.how == ("joined",)


@pytest.mark.parametrize("text", ["x", "???,!!!,~~~,^^^,###", "33,Bo,red,2024-02-11"])
def test_what_fits_badly_is_not_mended(text: str, columns: Columns) -> None:
    assert mend(text, Dialect(), columns) is None


def test_two_ways_that_are_as_good_are_none() -> None:
    columns = Columns([(str(place), str(place * 7 % 20), str(place * 3 % 20)) for place in range(20)])
    assert mend("12,,7,13,5", Dialect(), columns) is None
    assert mend("123,7", Dialect(), columns) is None


def test_far_too_many_cells_are_not_searched(columns: Columns) -> None:
    assert mend("Bo,33,2024-02-11,red" + "," * 9, Dialect(), columns) is None
