from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journeyman.bundle.reader import read_cells
from journeyman.bundle.spelling import Respelt, Unclear, reading_at, respelt
from journeyman.table.columns import Strings
from journeyman.table.schema import Column
from journeyman.table.table import Dates

PLAIN = Column(name="income", kind="number", low=5000.0, high=80000.0, missing=("n/a",))
DAYS = Column(name="since", kind="date", low=1.7e15, high=1.74e15)
FLAG = Column(name="paid", kind="flag", true_words=("yes",), false_words=("no",))
AMOUNTS = (12345.5, 7000.0, 61234.25, 20000.0, 9999.5, 45678.0)


def numbers(one: Respelt | Unclear | None) -> list[float]:
    assert isinstance(one, Respelt)
    assert isinstance(one.read.values, np.ndarray)
    return one.read.values.tolist()


def dates(one: Respelt | Unclear | None) -> list[str]:
    assert isinstance(one, Respelt)
    assert isinstance(one.read.values, Dates)
    return [str(np.datetime64(int(at), "us").astype("datetime64[D]")) for at in one.read.values.at]


def written(amount: float, decimal: str, thousands: str) -> str:
    return f"{amount:,.2f}".replace(",", "\0").replace(".", decimal).replace("\0", thousands)


@pytest.mark.parametrize(("decimal", "thousands"), [(",", "."), (",", " "), (".", ","), (",", ""), (".", "'")])
@pytest.mark.parametrize("unit", ["", "$", "€", " kr", "%"])
def test_numbers_are_read_however_they_are_marked(decimal: str, thousands: str, unit: str) -> None:
    before = unit if unit == "$" else ""
    cells = [before + written(one, decimal, thousands) + ("" if before else unit) for one in AMOUNTS]
    found = respelt(PLAIN, cells)
    assert numbers(found) == list(AMOUNTS)
    assert isinstance(found, Respelt)
    assert found.changed.all()
    assert reading_at(found, 0) == "12345.5"


def test_a_table_written_as_declared_is_left_alone() -> None:
    assert respelt(PLAIN, [str(one) for one in AMOUNTS]) is None
    assert respelt(PLAIN, np.array(AMOUNTS)) is None
    german = replace(PLAIN, decimal=",", thousands=".")
    assert respelt(german, [written(one, ",", ".") for one in AMOUNTS]) is None
    assert respelt(DAYS, ["2024-03-04"] * 9) is None
    assert respelt(Column(name="city", kind="category"), ["1,5", "2,5"]) is None


def test_a_table_written_plainly_is_read_by_a_model_of_another_spelling() -> None:
    german = replace(PLAIN, decimal=",", thousands=".")
    assert numbers(respelt(german, ["12345.5", "7000.25", "61234.25"])) == [12345.5, 7000.25, 61234.25]


def test_the_range_of_training_decides_where_a_mark_can_mean_both() -> None:
    both = ["12,345", "7,001", "61,234", "20,000", "9,999"]
    found = respelt(PLAIN, both)
    assert numbers(found) == [12345, 7001, 61234, 20000, 9999]
    assert isinstance(found, Respelt)
    assert found.by_range
    small = respelt(replace(PLAIN, low=1.0, high=99.0), both)
    assert numbers(small) == [12.345, 7.001, 61.234, 20.0, 9.999]


def test_what_can_mean_both_and_is_decided_by_nothing_is_said_with_its_cell() -> None:
    found = respelt(replace(PLAIN, low=None, high=None), ["n/a", "12,345", "7,001"])
    assert isinstance(found, Unclear)
    assert (found.row, set(found.readings)) == (1, {"12345", "12.345"})
    days = respelt(DAYS, ["", "03/04/2024", "05/06/2024"])
    assert isinstance(days, Unclear)
    assert (days.row, set(days.readings)) == (1, {"2024-04-03", "2024-03-04"})


def test_a_declared_reading_that_holds_is_never_given_up_for_another() -> None:
    grouped = replace(PLAIN, low=1.0, high=10.0)
    assert respelt(grouped, ["1.234", "5.678", "9.012"]) is None
    us = replace(DAYS, date_format="m/d/y")
    assert respelt(us, ["03/04/2024", "05/06/2024", "07/08/2024"]) is None


def test_numbers_that_lie_far_off_as_declared_and_well_otherwise_are_read_otherwise() -> None:
    cells = ["12.345", "7.001", "61.234", "20.000", "9.999"]
    assert numbers(respelt(PLAIN, cells)) == [12345, 7001, 61234, 20000, 9999]
    assert respelt(PLAIN, [f"{one * 1000:.1f}" for one in AMOUNTS]) is None


@pytest.mark.parametrize("form", ["31.12.2024", "12/31/2024", "31/12/2024", "31-12-2024", "2024/12/31", "2024.12.31"])
def test_dates_are_read_in_another_order(form: str) -> None:
    def spell(day: int, month: int) -> str:
        return form.replace("2024", "Y").replace("31", f"{day:02d}").replace("12", f"{month:02d}").replace("Y", "2024")

    cells = [spell(31, 12), spell(3, 4), spell(25, 6)]
    assert dates(respelt(DAYS, cells)) == ["2024-12-31", "2024-04-03", "2024-06-25"]


def test_dates_that_are_written_as_numbers_are_dates_where_they_are_near_those_of_training() -> None:
    known = replace(DAYS, low=1.704e15, high=1.72e15)
    assert dates(respelt(known, ["1709251200", "1709337600", "1712016000"])) == [
        "2024-03-01",
        "2024-03-02",
        "2024-04-02",
    ]
    assert dates(respelt(known, np.array([45352.0, 45353.0, np.nan]))) == ["2024-03-01", "2024-03-02", "1970-01-01"]
    assert dates(respelt(known, np.array([1709251200000, 1709337600000]))) == ["2024-03-01", "2024-03-02"]
    counted = np.array([1709251200, 1709337600])
    as_spelt = respelt(known, counted)
    assert isinstance(as_spelt, Respelt)
    again = read_cells(as_spelt.column, counted).values
    assert isinstance(again, Dates)
    assert (again.at.tolist(), again.missing.any()) == ([1709251200000000, 1709337600000000], False)
    assert respelt(replace(known, date_format="epoch"), counted) is None
    assert respelt(known, ["45", "46", "47"]) is None
    assert respelt(known, np.array([17, 18, 19])) is None


def test_the_other_way_round_is_known_by_its_impossible_months() -> None:
    us = replace(DAYS, date_format="m/d/y")
    assert dates(respelt(us, ["03/04/2024", "25/06/2024"])) == ["2024-04-03", "2024-06-25"]


def test_another_unit_is_another_thing() -> None:
    weighed = Column(name="weight", kind="number", unit="kg", low=2.0, high=90.0)
    assert respelt(weighed, ["5000 g", "7500 g", "12000 g"]) is None
    assert numbers(respelt(weighed, ["5,5 kg", "7,25", "12,5 kg"])) == [5.5, 7.25, 12.5]
    bare = replace(weighed, unit="")
    assert respelt(bare, ["5000 g", "7500 g", "12000 g"]) is None
    assert numbers(respelt(bare, ["5 kg", "7.5 kg", "12 kg"])) == [5.0, 7.5, 12.0]


def test_a_few_cells_that_nothing_reads_do_not_hide_the_spelling_and_stay_refused() -> None:
    cells = [written(one, ",", ".") for one in AMOUNTS * 5] + ["a lot"]
    found = respelt(PLAIN, cells)
    assert numbers(found)[:6] == list(AMOUNTS)
    assert isinstance(found, Respelt)
    assert found.read.refused.tolist() == [False] * 30 + [True]


def test_words_are_no_spelling_of_numbers() -> None:
    assert respelt(PLAIN, ["high", "low", "high", "middle"]) is None
    assert respelt(DAYS, ["Oslo", "Lyon"]) is None


def test_one_cell_is_no_evidence_and_an_empty_column_none() -> None:
    assert respelt(PLAIN, ["12.345,50"]) is None
    assert respelt(PLAIN, ["", "", "12.345,50"]) is None
    assert respelt(PLAIN, ["", ""]) is None
    assert respelt(PLAIN, []) is None


def test_other_words_for_yes_and_no() -> None:
    found = respelt(FLAG, ["Y", "N", "TRUE", "f", ""])
    assert isinstance(found, Respelt)
    assert found.read.values[:4].tolist() == [1.0, 0.0, 1.0, 0.0]  # type: ignore[index,union-attr]  # a flag is numbers
    sexes = Column(name="sex", kind="flag", true_words=("f",), false_words=("m",))
    assert respelt(sexes, ["y", "n", "y"]) is None


def test_coded_text_is_taken_as_lists_are_and_cells_that_nobody_has_do_not_count() -> None:
    coded = Strings(np.array([0, 2, 0], np.int32), ("12.345,50", "a word", "7.000,25"))
    assert numbers(respelt(PLAIN, coded)) == [12345.5, 7000.25, 12345.5]
