from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.sources.meaning import Meaning, understand
from journeyman.sources.meaning.epochs import numbered_format, scales_of
from journeyman.table.table import Dates

Mean = Callable[..., Meaning]
SECONDS = np.arange(40) * 86_400 + 1_700_000_000


def test_seconds_under_the_name_of_a_time(mean: Mean) -> None:
    for name in ("ts", "created_at", "eventTime", "timestamp", "updated", "Date"):
        found = understand(name, SECONDS)
        assert (found.column.kind, found.column.date_format) == ("date", "epoch"), name
        assert found.findings == ()
        assert mean(SECONDS.tolist(), name).column == found.column
    for name in ("x", "station", "amount", "notes", "stats"):
        assert understand(name, SECONDS).column.kind != "date", name


def test_seconds_and_milliseconds_mixed_are_times_and_told(mean: Mean) -> None:
    mixed = np.where(np.arange(40) % 4 == 0, SECONDS * 1000, SECONDS)
    for found in (understand("x", mixed), mean(mixed.tolist())):
        assert found.column.date_format == "epoch"
        assert isinstance(found.read.values, Dates)
        assert found.read.values.at.tolist() == (SECONDS * 1_000_000).tolist()
        told = found.findings[0]
        assert (told.code, told.severity, told.numbers["count"]) == ("epoch_mixed", "warning", 10)
        assert told.numbers["examples"][0] == [1, "1700000000000", "2023-11-14T22:13:20"]


def test_days_as_eight_digits(mean: Mean) -> None:
    days = [20240100 + day for day in range(1, 29)]
    found = mean(days)
    assert (found.column.kind, found.column.date_format) == ("date", "ymd")
    assert mean([*days, 20240230]).column.kind == "number"
    assert mean(days[:5]).column.kind == "number"
    assert mean(days, wishes={"kind": "number"}).column.kind == "number"
    assert mean(days, is_target=True).column.kind == "number"


@pytest.mark.parametrize(
    ("values", "scales"),
    [([1.7e9, 1.6e9], (1,)), ([1.7e9, 1.7e12], (1, 1000)), ([1.7e9, 5.0], ()), ([1.7e15], (1_000_000,))],
)
def test_scales(values: list[float], scales: tuple[int, ...]) -> None:
    assert scales_of(np.array(values)) == scales


def test_numbers_that_somebody_calls_dates(mean: Mean) -> None:
    assert numbered_format(np.array([20240131.0, np.nan])) == "ymd"
    assert numbered_format(np.array([45000.0])) == "serial"
    assert numbered_format(np.array([1.7e9])) == "epoch"
    found = understand("x", np.array([45000, 45001]), wishes={"kind": "date"})
    assert (found.column.date_format, found.read.refused.any()) == ("serial", False)
