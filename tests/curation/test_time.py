from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.curation.time import FEWEST_ROWS, Time, find_time
from journeyman.table.finding import Finding
from journeyman.table.table import Table

Make = Callable[..., Table]
ROWS = 600
DAY = np.datetime64("2024-01-01") + np.arange(ROWS) // 3
SHUFFLED = np.random.default_rng(0).permutation(ROWS)


def found(table: Table) -> tuple[Time | None, tuple[Finding, ...]]:
    return find_time(table, tuple(table.schema))


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("order_date", DAY),
        ("order_date", DAY[SHUFFLED]),
        ("opaque", DAY),
        ("year", 1980.0 + np.arange(ROWS)[SHUFFLED] % 30),
        ("week", 1.0 + np.arange(ROWS)[SHUFFLED] % 145),
        ("week", 1.0 + np.arange(ROWS) // 12),
        ("timestamp", 1.5e9 + 977.0 * SHUFFLED),
        ("timestamp", (1.5e9 + 977.0 * SHUFFLED) * 1000),
        ("shown on", np.array([float(str(one).replace("-", "")) for one in DAY])[SHUFFLED]),
    ],
)
def test_times_are_found_in_order_and_shuffled(table_of: Make, name: str, cells: Any) -> None:
    time, asked = found(table_of({"x": np.arange(ROWS) % 7, name: cells}))
    assert time is not None
    assert (time.columns, asked) == ((name,), ())
    assert (np.argsort(time.order, kind="stable") == np.argsort(cells, kind="stable")).all()
    assert time.evidence


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("dob", DAY - 9000),
        ("last_review", DAY),
        ("hire_date", DAY),
        ("YearBuilt", 1900.0 + SHUFFLED % 100),
        ("signup", DAY[SHUFFLED]),
        ("hour", SHUFFLED % 24),
        ("age", SHUFFLED % 90),
        ("price", 1.5e9 + SHUFFLED),
        ("Time", 6.0 * (SHUFFLED % 12)),
        ("half date", np.where(SHUFFLED % 2, DAY, np.datetime64("NaT"))),
        ("year", 2000.0 + SHUFFLED % 5),
    ],
)
def test_what_is_no_time_of_decision(table_of: Make, name: str, cells: Any) -> None:
    assert found(table_of({"x": np.arange(ROWS) % 7, name: cells})) == (None, ())


def test_parts_of_a_date_are_put_together(table_of: Make) -> None:
    month = DAY.astype("datetime64[M]").astype(int)
    time, _ = found(table_of({"year": 1970 + month // 12 + np.arange(ROWS) * 0, "month": month % 12 + 1}))
    assert time is None
    long = np.datetime64("2010-01-01") + 7 * np.arange(ROWS)
    month = long.astype("datetime64[M]").astype(int)
    time, _ = found(table_of({"month": month % 12 + 1, "year": 1970 + month // 12}))
    assert time is not None
    assert time.columns == ("year", "month")


def test_a_date_that_piles_up_is_no_time(table_of: Make) -> None:
    late = np.datetime64("2024-01-01") - (np.arange(ROWS)[SHUFFLED] ** 8 / float(ROWS) ** 7).astype(int)
    assert found(table_of({"seen date": late}))[0] is None


def test_the_better_of_two_dates(table_of: Make) -> None:
    tail = DAY - (np.random.default_rng(1).exponential(1, ROWS) ** 4 * 30).astype(int)
    time, _ = found(table_of({"ScheduledDay": tail[SHUFFLED], "AppointmentDay": DAY[SHUFFLED]}))
    assert time is not None
    assert time.columns == ("AppointmentDay",)


def test_the_year_of_something_is_asked_about(table_of: Make) -> None:
    time, asked = found(table_of({"Yr Sold": 1990.0 + np.arange(ROWS) // 20}))
    assert time is None
    assert (asked[0].code, asked[0].severity) == ("time_order", "warning")
    assert "--when 'Yr Sold'" in asked[0].remedy.words


def test_few_rows_are_only_told(table_of: Make) -> None:
    time, asked = found(table_of({"date": DAY[: FEWEST_ROWS - 1]}))
    assert time is None
    assert [one.severity for one in asked] == ["info"]


def test_rows_without_a_time_come_first(table_of: Make) -> None:
    day = DAY.copy()
    day[10] = np.datetime64("NaT")
    time, _ = found(table_of({"date": day}))
    assert time is not None
    assert time.order[10] == -1
    assert time.order.min() == -1
