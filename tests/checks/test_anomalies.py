from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.anomalies import look
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
BRIEF = Brief(predict="y")


def seen(table: Table) -> tuple[Finding, ...]:
    found = look(table, BRIEF)
    assert isinstance(found, tuple)
    assert all((one.code, one.severity, one.remedy.action) == ("anomalies", "info", "review") for one in found)
    return found


def columns(rows: int = 400) -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)
    return {name: random.normal(50, 5, rows) for name in "abc"} | {"y": random.normal(size=rows)}


def test_a_row_that_does_not_fit_is_told_with_its_column_and_no_value(table_of: Make) -> None:
    cells = columns()
    cells["b"][123] = 987654.0
    (found,) = seen(table_of(cells))
    assert found.rows == (123,)
    assert found.columns == ("b",)
    assert found.numbers["reasons"] == [{"row": 124, "columns": ["b"]}]
    assert "987654" not in str(found.as_data())


def test_neither_ids_nor_the_target_are_compared(table_of: Make) -> None:
    cells = columns()
    cells["y"][5] = 1e6
    cells["customer_id"] = np.random.default_rng(1).permutation(10_000)[:400]
    cells["customer_id"][7] = 10**9
    assert seen(table_of(cells)) == ()


def test_a_number_over_time_that_departs_from_its_course_is_told(table_of: Make) -> None:
    random = np.random.default_rng(0)
    when = np.datetime64("2024-03-01") + np.arange(1000) * np.timedelta64(15, "m")
    value = np.sin(np.arange(1000) / 96 * 2 * np.pi) + 0.1 * random.normal(size=1000)
    value[600:640] += 4
    found = [one for one in seen(table_of({"when": when, "value": value})) if "course" in one.message]
    assert [one.columns for one in found] == [("value",)]
    assert 590 <= found[0].rows[0] <= 650
    assert "2024-03-07" in found[0].message
    shuffled = random.permutation(1000)
    again = [
        one for one in seen(table_of({"when": when[shuffled], "value": value[shuffled]})) if "course" in one.message
    ]
    assert shuffled[again[0].rows[0]] == found[0].rows[0]


def test_what_is_drawn_anew_at_each_time_or_comes_at_any_time_has_no_course(table_of: Make) -> None:
    random = np.random.default_rng(0)
    even = np.datetime64("2024-03-01") + np.arange(1000) * np.timedelta64(15, "m")
    uneven = even + random.permutation(1000) * np.timedelta64(7, "h")
    drawn = random.lognormal(sigma=2, size=1000)
    smooth = np.sin(np.arange(1000) / 20) + 0.1 * random.normal(size=1000)
    smooth[500:540] += 9
    for when, value in ((even, drawn), (uneven, smooth)):
        assert not [one for one in seen(table_of({"when": when, "value": value})) if "course" in one.message]


def test_small_tables_and_empty_ones_are_skipped(table_of: Make) -> None:
    assert isinstance(look(table_of(columns(20)), BRIEF), Skip)
    assert isinstance(look(table_of({"y": np.arange(100.0)}), BRIEF), Skip)
