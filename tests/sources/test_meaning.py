"""What columns mean."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.errors import BriefError
from journeyman.sources.meaning import Meaning, understand
from journeyman.table.columns import Strings
from journeyman.table.table import Dates


def meaning(cells: list[str], name: str = "x", **options: object) -> Meaning:
    return understand(name, Strings.of(cells), **options)  # type: ignore[arg-type]


def codes(found: Meaning) -> list[str]:
    return [finding.code for finding in found.findings]


RANDOM = np.random.default_rng(0)
SENTENCES = [f"the quick fox number {place} jumps" for place in range(50)]
SHUFFLED = [str(place) for place in RANDOM.permutation(50)]


COLOURS = ("red", "green", "blue", "brown", "grey", "black", "white", "pink", "orange", "yellow", "violet")
THINGS = ("chair", "table", "lamp", "shelf", "stool", "desk", "bench", "chest", "couch", "mirror", "rug")
#: Of few words each, used again and again: 121 distinct ones.
FURNITURE = [f"{colour} {thing}" for colour in COLOURS for thing in THINGS]
NAMES = [f"{chr(97 + place % 26) * 4}{place} {chr(98 + place % 24) * 5}{place}" for place in range(121)]
TITLES = [
    f"the {colour} {thing} {place}" for place, (colour, thing) in enumerate(zip(COLOURS * 5, THINGS * 5, strict=True))
]


@pytest.mark.parametrize(
    ("cells", "name", "kind"),
    [
        (FURNITURE * 5, "x", "text"),
        (FURNITURE * 20, "x", "category"),
        (FURNITURE[:60] * 2, "x", "category"),
        (NAMES * 5, "x", "category"),
        (TITLES, "x", "text"),
        ([f"user {place}" for place in range(50)], "x", "id"),
        ([f"これは{place}とても良い製品です" for place in "一二三四五六七八九十" * 3], "x", "category"),
        ([f"これは{one}{other}とても良い製品です" for one in "一二三四五六" for other in "七八九十百"], "x", "text"),
        (["1", "2.5", "-3e2", ""], "x", "number"),
        (["1", "2", "1", "3"], "grade", "number"),
        (["", "", ""], "x", "number"),
        (["?", "NA", "5", "-"], "x", "number"),
        (["0", "1", "1"], "x", "number"),
        (["01234", "98765", "01234"], "zip", "category"),
        (["yes", "no", "yes", ""], "x", "flag"),
        (["T", "F", "T"], "x", "flag"),
        (["TRUE", "false", "Yes", "n", "1", "0"], "x", "flag"),
        (["yes", "yes"], "x", "category"),
        (["yes", "no", "maybe"], "x", "category"),
        (["red", "blue", "red"], "x", "category"),
        (["2024-01-02", "2024-03-04T05:06:07Z", ""], "x", "date"),
        (["31.12.2024", "1.2.2024"], "x", "date"),
        (["12:30", "13:45"], "x", "category"),
        (SENTENCES, "x", "text"),
        ([f"k{place}" for place in range(50)], "x", "id"),
        (SHUFFLED, "x", "number"),
        (SHUFFLED, "customerID", "id"),
        (SHUFFLED, "order_no", "id"),
        ([str(place) for place in range(50)], "x", "id"),
        ([str(place) for place in range(1970, 2020)], "year", "number"),
        ([f"{place}.5" for place in range(50)], "id", "number"),
        ([str(10**18 + 7 * int(place)) for place in SHUFFLED], "x", "id"),
    ],
)
def test_kinds(cells: list[str], name: str, kind: str) -> None:
    found = meaning(cells, name)
    assert found.column.kind == kind
    assert found.column.reason
    assert not found.read.refused.any()


@pytest.mark.parametrize(
    ("cells", "kind", "levels"),
    [
        (["yes", "no", "no"], "category", ("no", "yes")),
        (["-", "+", "+"], "category", ("+", "-")),
        ([f"k{place}" for place in range(50)], "category", None),
        (["1", "0", "1"], "number", ()),
        ([str(place) for place in range(50)], "number", ()),
        (["True", "False", "True"], "category", ("True", "False")),
    ],
)
def test_a_target_keeps_its_words(cells: list[str], kind: str, levels: tuple[str, ...] | None) -> None:
    column = meaning(cells, is_target=True).column
    assert column.kind == kind
    assert levels is None or column.levels == levels


@pytest.mark.parametrize(
    ("cells", "values", "code"),
    [
        (["1,5", "2", "0,25"], [1.5, 2, 0.25], "decimal_comma"),
        (["1,234", "12,345.5", "1"], [1234, 12345.5, 1], "number_format"),
        (["1.234,50 €", "2,00 €"], [1234.5, 2], "number_format"),
        (["5%", "12.5%"], [5, 12.5], "number_format"),
        (["(3.5)", "4", "5"], [-3.5, 4, 5], ""),
        (["1", "n.a.", "null", "none", "#N/A"], [1, np.nan, np.nan, np.nan, np.nan], "missing_tokens"),
        (["1", "2", "inf", "1e400"], [1, 2, np.nan, np.nan], "infinite_values"),
    ],
)
def test_numbers_as_people_write_them(cells: list[str], values: list[float], code: str) -> None:
    found = meaning(cells)
    assert found.column.kind == "number"
    np.testing.assert_array_equal(found.read.values, values)
    assert codes(found) == ([code] if code else [])


def test_few_words_among_numbers_are_missing_and_told() -> None:
    found = meaning([str(place / 7) for place in range(100)] + ["ask", "later"])
    assert found.column.kind == "number"
    assert codes(found) == ["mixed_types"]
    assert found.findings[0].rows == (100, 101)
    assert np.flatnonzero(found.read.refused).tolist() == [100, 101]
    assert found.column.sure < 1


def test_one_word_for_missing_is_found() -> None:
    found = meaning([str(place / 7) for place in range(60)] + ["withheld"] * 40)
    assert found.column.kind == "number"
    assert "withheld" in found.column.missing
    assert codes(found) == ["missing_tokens"]
    assert not found.read.refused.any()


@pytest.mark.parametrize(
    ("cells", "date_format", "sure"),
    [
        (["2024-05-06", "2023-01-02"], "iso", 1.0),
        (["13/02/2024", "01/03/2024"], "d/m/y", 1.0),
        (["02/13/2024", "01/03/2024"], "m/d/y", 1.0),
        (["02/03/2024", "01/03/2024"], "m/d/y", 0.6),
        (["02.03.2024", "01.03.2024"], "d.m.y", 1.0),
        (["2024/02/28", "2024/12/01"], "y/m/d", 1.0),
    ],
)
def test_date_formats(cells: list[str], date_format: str, sure: float) -> None:
    found = meaning(cells)
    assert (found.column.kind, found.column.date_format, found.column.sure) == ("date", date_format, sure)
    assert codes(found) == (["date_ambiguous"] if sure == 0.6 else [])


def test_impossible_dates_are_missing_and_told() -> None:
    found = meaning([f"2024-01-{day:02}" for day in range(1, 31)] + ["2023-02-31"])
    assert found.column.kind == "date"
    assert isinstance(found.read.values, Dates)
    assert found.read.values.missing.tolist() == [False] * 30 + [True]
    assert codes(found) == ["date_invalid"]


def test_typed_cells_mean_what_their_text_means() -> None:
    for typed in (np.array([1.0, 2.5, np.nan]), np.arange(50), np.arange(50.0), RANDOM.integers(0, 5, 40)):
        text = ["" if cell != cell else str(cell) for cell in typed.tolist()]
        first, second = understand("x", typed), meaning(text)
        assert first.column.kind == second.column.kind
        assert (first.column.low, first.column.high) == (second.column.low, second.column.high)


def test_levels_are_ordered_by_frequency_and_range_is_known() -> None:
    assert meaning(["b", "a", "a", "c", ""]).column.levels == ("a", "b", "c")
    number = meaning(["3", "-1.5", ""]).column
    assert (number.low, number.high) == (-1.5, 3.0)


def test_names_of_people_are_not_missing() -> None:
    assert "nan" not in meaning(["Nan", "Nat", "Ada", "Ada", "NULL"]).column.missing
    assert "null" in meaning(["Nan", "Nat", "Ada", "Ada", "NULL"]).column.missing
    assert "nan" in meaning(["nan", "Ada", "Bo"]).column.missing


def test_wishes_win() -> None:
    grades = understand("grade", np.array([1.0, 2.0, 2.0]), wishes={"kind": "category", "role": "ignored"}).column
    assert (grades.kind, grades.role, grades.levels, grades.reason) == (
        "category",
        "ignored",
        ("2", "1"),
        "you said so",
    )
    assert meaning(["1", "2", "2"], wishes={"kind": "category"}).column.levels == ("2", "1")
    assert meaning(["007", "8"], wishes={"kind": "number"}).read.values.tolist() == [7.0, 8.0]  # type: ignore[union-attr]
    day_first = meaning(["02/03/2024"], wishes={"date_format": "d/m/y"}).read.values
    assert isinstance(day_first, Dates)
    assert day_first.at.astype("datetime64[us]").astype(str).tolist() == ["2024-03-02T00:00:00.000000"]
    assert meaning(["5", "-999"], wishes={"missing": "-999"}).column.low == 5.0


@pytest.mark.parametrize("wishes", [{"knid": "number"}, {"kind": "numbr"}, {"role": "x"}, {"decimal": ";"}])
def test_unknown_wishes_are_refused(wishes: dict[str, str]) -> None:
    with pytest.raises(BriefError):
        meaning(["1"], wishes=wishes)
