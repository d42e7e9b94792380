"""A column that was learnt is surprised by cells of other columns."""

from __future__ import annotations

import math

import pytest

from journeyman.sources.text.columns import Columns, learn_column

DAYS = [f"2024-0{1 + place % 9}-{10 + place}" for place in range(18)]
TEXTS = ["a red house", "the old mill by the river", "two dogs", "nothing to see here", "one more day of rain"]


def test_a_cell_of_its_kind_surprises_less_than_one_of_another() -> None:
    model = learn_column(DAYS)
    assert model.surprise(DAYS[0]) < model.surprise("2031-12-05") < model.surprise("31/12/05") < model.surprise("Ada B")


def test_a_cell_that_stood_there_often_surprises_little() -> None:
    model = learn_column(["red"] * 30 + ["blue"] * 3)
    assert model.surprise("red") < model.surprise("blue") < model.surprise("der")


def test_an_empty_cell_surprises_by_how_rare_it_is() -> None:
    assert learn_column(["a", "", "b", ""]).surprise("") == pytest.approx(-math.log(2.5 / 5))
    assert learn_column(["1"] * 99).surprise("") == pytest.approx(math.log(200))


def test_a_long_cell_costs_in_proportion_to_its_length() -> None:
    model = learn_column(TEXTS)
    assert model.surprise("dog " * 400) == pytest.approx(4 * model.surprise("dog " * 100))


def test_only_what_looks_alike_fits_a_typed_column() -> None:
    model = learn_column(DAYS)
    assert model.typed
    assert model.strict
    assert model.kinds == {"date"}
    assert [model.fits(cell) for cell in ("1999-01-01", "n/a", "word", "")] == [True, True, False, False]


def test_anything_fits_a_column_of_texts() -> None:
    model = learn_column(TEXTS)
    assert not model.typed
    assert not model.strict
    assert model.fits("2024-01-01")


def test_an_empty_cell_fits_where_there_was_one_or_little_is_known() -> None:
    assert learn_column(["1"] * 20 + [""]).fits("")
    assert not learn_column(["1"] * 20).fits(" ")
    assert learn_column(["1"] * 7).fits("")


def test_what_all_cells_begin_with_is_known() -> None:
    assert learn_column(["item-7", "item-19", "item-3"]).prefix == "item-"
    assert learn_column(["it7", "it9", "it3"]).prefix == ""


def test_columns_are_learnt_with_their_quotes() -> None:
    first, second = Columns([("1", "a"), ("2", "b")], [(False, True), (False, False)])
    assert (first.quoted, second.quoted) == (0.0, 0.5)
    assert (first.rows, set(second.levels)) == (2, {"a", "b"})


def test_a_column_without_any_cell_can_be_asked() -> None:
    model = learn_column(["", "", ""])
    assert model.surprise("x") > model.surprise("") > 0
    assert (model.strict, model.typed) == (False, False)


def test_a_column_is_learnt_once_and_only_when_asked_for() -> None:
    columns = Columns([("1", "a"), ("2", "b")])
    assert columns[1] is columns[-1]
    assert [set(one.levels) for one in columns[:2]] == [{"1", "2"}, {"a", "b"}]
    with pytest.raises(IndexError):
        columns[2]


def test_columns_without_rows_have_the_width_that_is_said() -> None:
    assert [one.rows for one in Columns([], width=3)] == [0, 0, 0]
