"""The door, over all who decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.errors import BriefError
from journeyman.sources.meaning import Meaning, understand
from journeyman.table.columns import Strings
from journeyman.table.table import Dates

Mean = Callable[..., Meaning]
RANDOM = np.random.default_rng(0)
SENTENCES = [f"the quick fox number {place} jumps" for place in range(50)]
SHUFFLED = [str(place) for place in RANDOM.permutation(50)]
SPARSE = [str(3 * int(place)) for place in SHUFFLED]

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
        (["12:30", "13:45"], "x", "number"),
        (SENTENCES, "x", "text"),
        ([f"k{place}" for place in range(50)], "x", "id"),
        (SHUFFLED, "x", "id"),
        (SHUFFLED, "rank", "number"),
        (SPARSE, "amount", "number"),
        (SPARSE, "customerID", "id"),
        (SPARSE, "order_no", "id"),
        ([str(place) for place in range(1970, 2020)], "year", "number"),
        ([f"{place}.5" for place in range(50)], "id", "number"),
        ([str(10**18 + 7 * int(place)) for place in SHUFFLED], "x", "id"),
    ],
)
def test_kinds(mean: Mean, cells: list[str], name: str, kind: str) -> None:
    found = mean(cells, name)
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
def test_a_target_keeps_its_words(mean: Mean, cells: list[str], kind: str, levels: tuple[str, ...] | None) -> None:
    column = mean(cells, is_target=True).column
    assert column.kind == kind
    assert levels is None or column.levels == levels


def test_typed_cells_mean_what_their_text_means(mean: Mean) -> None:
    for typed in (np.array([1.0, 2.5, np.nan]), np.arange(50), np.arange(50.0), RANDOM.integers(0, 5, 40)):
        first, second = understand("x", typed), mean([cell if cell == cell else "" for cell in typed.tolist()])
        assert first.column.kind == second.column.kind
        assert (first.column.low, first.column.high) == (second.column.low, second.column.high)


def test_levels_are_ordered_by_frequency_and_range_is_known(mean: Mean) -> None:
    assert mean(["b", "a", "a", "c", ""]).column.levels == ("a", "b", "c")
    number = mean(["3", "-1.5", ""]).column
    assert (number.low, number.high) == (-1.5, 3.0)


def test_wishes_win(mean: Mean) -> None:
    grades = understand("grade", np.array([1.0, 2.0, 2.0]), wishes={"kind": "category", "role": "ignored"}).column
    assert (grades.kind, grades.role, grades.levels, grades.reason) == (
        "category",
        "ignored",
        ("2", "1"),
        "you said so",
    )
    assert mean(["1", "2", "2"], wishes={"kind": "category"}).column.levels == ("2", "1")
    assert mean(["007", "8"], wishes={"kind": "number"}).read.values.tolist() == [7.0, 8.0]
    day_first = mean(["02/03/2024"], wishes={"date_format": "d/m/y"}).read.values
    assert isinstance(day_first, Dates)
    assert day_first.at.astype("datetime64[us]").astype(str).tolist() == ["2024-03-02T00:00:00.000000"]
    assert mean(["5", "-999"], wishes={"missing": "-999"}).column.low == 5.0


@pytest.mark.parametrize(
    ("cells", "wishes", "field", "value"),
    [
        (["1", "2"], {"unit": "kg", "other_units": "g=1/1000"}, "other_units", ("g=1/1000",)),
        (["1,234", "2"], {"decimal": ","}, "decimal", ","),
        (["10-19", "20-29"], {"kind": "number", "ranges": "middle"}, "ranges", "middle"),
        (["6:30", "7:15"], {"kind": "number", "notation": "clock"}, "notation", "clock"),
        (["Oslo", "OSLO"], {"case": "ignored"}, "case", "ignored"),
        (["a  b", "a b"], {"spaces": "kept"}, "spaces", "kept"),
        (["1.2.2024"], {"date_formats": "iso|d b y"}, "date_formats", ("iso", "d b y")),
        (["1,00,000"], {"kind": "number", "thousands": ",", "groups": "lakhs"}, "groups", "lakhs"),
        (["so", "la"], {"kind": "flag", "true_words": "so", "false_words": "la"}, "true_words", ("so",)),
    ],
)
def test_every_way_to_read_can_be_said(
    mean: Mean, cells: list[str], wishes: dict[str, str], field: str, value: object
) -> None:
    found = mean(cells, wishes=wishes)
    assert getattr(found.column, field) == value
    assert not found.read.refused.any()


@pytest.mark.parametrize("wishes", [{"knid": "number"}, {"kind": "numbr"}, {"role": "x"}, {"decimal": ";"}])
def test_unknown_wishes_are_refused(mean: Mean, wishes: dict[str, str]) -> None:
    with pytest.raises(BriefError):
        mean(["1"], wishes=wishes)


#: Cells of many kinds, mixed as tables mix them.
CELLS = st.one_of(
    st.lists(st.sampled_from(["1", "2.5", "-999", "?", "", "1,5", "x", "12 kg", "300 g", "inf"]), max_size=60),
    st.lists(st.dates().map(str) | st.sampled_from(["", "13/02/2024", "0000-00-00", "45000"]), max_size=60),
    st.lists(st.text(max_size=6), max_size=60),
    st.lists(st.integers(-5, 10**12).map(str), max_size=60),
    st.lists(st.sampled_from(["yes", "No", "TRUE", "f", "1", "0", "", "Oslo", " oslo"]), max_size=60),
)


@settings(max_examples=60, deadline=None)
@given(CELLS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(cells: list[str], random: object) -> None:
    mixed = list(cells)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random
    first, second = understand("x", Strings.of(cells)), understand("x", Strings.of(mixed))
    assert first.column == second.column
    assert [one.code for one in first.findings] == [one.code for one in second.findings]
    assert [one.numbers.get("count") for one in first.findings] == [one.numbers.get("count") for one in second.findings]


@settings(max_examples=40, deadline=None)
@given(CELLS)
def test_reading_twice_gives_the_same_and_a_read_column_reads_its_own_cells(cells: list[str]) -> None:
    from journeyman.bundle.reader import read_cells

    first, second = understand("x", Strings.of(cells)), understand("x", Strings.of(cells))
    assert first.column == second.column
    again = read_cells(first.column, Strings.of(cells))
    assert again.refused.tolist() == first.read.refused.tolist()
    assert _listed(again.values) == _listed(first.read.values)


def _listed(values: object) -> Sequence[object]:
    if isinstance(values, Strings):
        return list(values.cells())
    if isinstance(values, Dates):
        return list(zip(values.at.tolist(), values.missing.tolist(), strict=True))
    return [str(value) for value in np.asarray(values).tolist()]


def test_many_different_texts_mean_what_few_of_them_mean(mean: Mean) -> None:
    texts = [f"{place / 7:.4f}".replace(".", ",") for place in range(8000)]
    many, mixed = mean(texts), mean([texts[place] for place in RANDOM.permutation(len(texts))])
    assert many.column == mixed.column
    assert (many.column.kind, many.column.decimal) == ("number", ",")
    assert not many.read.refused.any()
    stamps = mean(
        [f"{place % 28 + 1:02}/{place % 12 + 1:02}/2021 {place % 24:02}:{place % 60:02}" for place in range(9000)]
    )
    assert (stamps.column.kind, stamps.column.date_format) == ("date", "d/m/y")
