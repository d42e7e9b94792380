"""Many dates at once are what each of them is alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeyman.bundle.cell import OK, REFUSED, UNUSUAL
from journeyman.bundle.date_cells import date_reader
from journeyman.bundle.many_dates import ENOUGH, dates_of_numbers, read_dates
from journeyman.table.schema import Column

FORMS = (
    *("{a:04}-{b:02}-{c:02}", "{b:02}/{c:02}/{a}", "{c}.{b}.{d:02} {b}:3{c}", "{a:04}-{b:02}-{c:02}T{d:02}:15"),
    *("{a:04}-{b:02}-{c:02} 01:02:0{b}.5{c}", "{a:04}{b:02}{c:02}", "{a:04}-{b:02}-{c:02}T01:02:03Z", "{c} Jan {a}"),
    *("{a:04}-{b:02}-{c:02}T01:02:03+02:00", "", "n/a", "x", "{b}/{c}/{a} 1:02 PM", "{a}-{b:02}", "\u0661\u0662"),
)
COLUMNS = (
    Column(name="x", kind="date", missing=("n/a",), low=0.0, high=1.6e15),
    Column(name="x", kind="date", date_format="d/m/y", date_formats=("m/d/y", "y-m")),
    Column(name="x", kind="date", date_format="d.m.y", missing=("n/a", "2001-02-03")),
    Column(name="x", kind="date", date_format="ymd"),
    Column(name="x", kind="date", date_format="d b y"),
)
PARTS = st.fixed_dictionaries(
    {"a": st.integers(0, 3000), "b": st.integers(0, 14), "c": st.integers(0, 33), "d": st.integers(0, 99)}
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FORMS), PARTS), max_size=40), st.sampled_from(COLUMNS))
def test_many_are_read_as_each_alone(made: list[tuple[str, dict[str, int]]], column: Column) -> None:
    texts = [form.format(**parts) for form, parts in made]
    texts += [f"2001-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(ENOUGH)]
    found = read_dates(column, texts)
    assert found is not None
    at, missing, states = found
    read = date_reader(column)
    for place, text in enumerate(texts):
        value, state = read(text)
        assert (None if missing[place] else at[place], states[place]) == (value, state), text


def test_few_or_other_cells_are_left_to_the_reader_of_one() -> None:
    assert read_dates(COLUMNS[0], ["2001-01-01"] * 3) is None
    assert read_dates(COLUMNS[0], [None] * ENOUGH) is None


def test_times_as_numbers() -> None:
    column = Column(name="x", kind="date", date_format="epoch", missing=("1970-01-02",), low=0.0, high=1.8e15)
    values = np.array([1.7e9, 1.7e12, 86_400.0, np.nan, 1e18, 4e9])
    found = dates_of_numbers(column, values)
    assert found is not None
    at, missing, states = found
    assert at[:2].tolist() == [1_700_000_000_000_000] * 2
    assert missing.tolist() == [False, False, True, True, True, False]
    assert states.tolist() == [OK, OK, OK, OK, REFUSED, UNUSUAL]
    read = date_reader(column)
    assert [read(value)[1] for value in values.tolist()] == states.tolist()
    assert dates_of_numbers(Column(name="x", kind="date"), values) is None


@pytest.mark.parametrize("column", COLUMNS)
def test_the_calendar(column: Column) -> None:
    texts = [f"{y:04}-{m:02}-{d:02}" for y in (1, 1900, 2000, 2023, 2024, 9999) for m in range(14) for d in range(33)]
    found = read_dates(column, texts)
    assert found is not None
    read = date_reader(column)
    alone = [read(text) for text in texts]
    assert [None if gone else value for value, gone in zip(found[0], found[1], strict=True)] == [
        one for one, _ in alone
    ]
