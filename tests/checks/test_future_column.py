from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.future_column import look
from journeyman.simulation.world import World
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
RANDOM = np.random.default_rng(10)
START = np.datetime64("2023-01-01T00:00:00") + RANDOM.integers(0, 600 * 86400, 800).astype("timedelta64[s]")
TRUTH = RANDOM.integers(0, 2, 800)
NEVER = np.datetime64("NaT")


def seen_in(table: Table, target: str = "y", **columns: Any) -> tuple[Finding, ...]:
    found = look(table, Brief(predict=target, columns=columns))
    assert not isinstance(found, Skip)
    return found


def days_after(days: Any) -> Any:
    return START + (days * 86400).astype("timedelta64[s]")


@pytest.mark.parametrize("task", ["binary", "regression"])
@pytest.mark.parametrize("strength", ["weak", "medium"])
def test_dates_of_the_end_are_set_aside(table_of: Make, task: Any, strength: str) -> None:
    for seed in range(3):
        world = World(task=task, rows=1500, seed=seed, plants=(f"leaks.future_column:{strength}",))
        dates = {name: np.array(world.columns[name], "datetime64[D]") for name in ("date", "closed_on")}
        table = table_of({**world.columns, **dates})
        (one,) = seen_in(table, world.target)
        assert (one.code, one.columns, one.remedy.value) == ("leak", ("closed_on",), "ignored")
        assert "never before 'date'" in one.message
        (kept,) = seen_in(table, world.target, closed_on={"role": "feature"})
        assert kept.remedy.action == "review"


def test_without_a_telling_name_a_person_is_asked(table_of: Make) -> None:
    after = days_after(RANDOM.exponential(20, 800) + 40 * TRUTH)
    (one,) = seen_in(table_of({"opened": START, "second": after, "y": TRUTH}))
    assert (one.columns, one.severity, one.remedy.action) == (("second",), "warning", "review")


def test_appointments_and_dates_that_say_nothing_are_left_alone(table_of: Make) -> None:
    appointment = days_after(RANDOM.exponential(10, 800) * (1 + 0.5 * TRUTH))
    closed = days_after(RANDOM.exponential(10, 800))
    before = START - np.timedelta64(5, "D")
    gaps = np.where(RANDOM.uniform(size=800) < 0.5, closed, NEVER)
    columns = {"booked": START, "appointment": appointment, "closed": closed, "before": before, "ended": gaps}
    assert seen_in(table_of({**columns, "y": TRUTH})) == ()


def test_dates_that_lie_on_both_sides_are_left_alone(table_of: Make) -> None:
    around = days_after(RANDOM.normal(0, 20, 800) + 60 * TRUTH - 30)
    assert seen_in(table_of({"opened": START, "other": around, "y": TRUTH})) == ()
    assert isinstance(look(table_of({"x": range(60)}), Brief()), Skip)
