from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from journeyman.bundle.cell import OK, REFUSED, UNUSUAL
from journeyman.bundle.date_cells import date_reader, missing_moments
from journeyman.bundle.reader import read_cells
from journeyman.table.schema import Column
from journeyman.table.table import Dates


def at(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc,arg-type]


def test_the_first_format_that_takes_a_cell_reads_it() -> None:
    read = date_reader(Column(name="x", kind="date", date_format="d/m/y", date_formats=("m/d/y", "d b y", "serial")))
    assert read("3/4/2024") == (at(2024, 4, 3), OK)
    assert read("4/13/2024") == (at(2024, 4, 13), OK)
    assert read("13 Jan 2024") == (at(2024, 1, 13), OK)
    assert read("2024-01-13") == (at(2024, 1, 13), OK)
    assert read("45000") == read(45000) == read(45000.0) == (at(2023, 3, 15), OK)
    assert read("soon") == (None, REFUSED)
    assert read(True) == (None, REFUSED)
    assert read(10**30) == (None, REFUSED)


def test_numbers_are_dates_only_where_the_column_says_so() -> None:
    epoch = date_reader(Column(name="x", kind="date", date_format="epoch"))
    assert epoch(1_700_000_000) == epoch(1_700_000_000_000.0) == epoch("1700000000") == (1_700_000_000_000_000, OK)
    assert date_reader(Column(name="x", kind="date"))(1_700_000_000) == (None, REFUSED)


def test_a_day_that_stands_for_none_does_so_however_it_is_written() -> None:
    column = Column(name="x", kind="date", date_format="d/m/y", missing=("9999-12-31", "0000-00-00", "?"), high=1e18)
    assert missing_moments(column) == {253402214400000000}
    read = date_reader(column)
    assert read("31/12/9999") == read("9999-12-31") == read("0000-00-00") == read("?") == (None, OK)
    assert read(np.datetime64("9999-12-31")) == (None, OK)
    assert read("1/1/9999") == (253370764800000000, OK)
    assert date_reader(Column(name="x", kind="date", high=0.0))("2024-01-01")[1] == UNUSUAL
    typed = read_cells(column, np.array(["9999-12-31", "2024-01-01", "NaT"], "datetime64[us]")).values
    assert isinstance(typed, Dates)
    assert typed.missing.tolist() == [True, False, True]
