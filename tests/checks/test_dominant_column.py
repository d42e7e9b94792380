from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.dominant_column import look
from journeyman.simulation.world import World
from journeyman.table.finding import Finding, Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
RANDOM = np.random.default_rng(6)
NOISE = RANDOM.normal(size=800)
TRUTH = RANDOM.integers(0, 2, 800)


def seen_in(table: Table, target: str, **columns: Any) -> tuple[Finding, ...]:
    found = look(table, Brief(predict=target, columns=columns))
    assert not isinstance(found, Skip)
    return found


@pytest.mark.parametrize("task", ["binary", "regression"])
@pytest.mark.parametrize("law", ["linear", "smooth"])
def test_what_is_written_from_the_target_is_told(table_of: Make, task: Any, law: str) -> None:
    strength = "weak" if task == "binary" else "medium"
    plant = {"kind": "leaks.too_good_column", "strength": strength, "column": "column_7"}
    for seed in range(3):
        world = World(law=law, task=task, rows=1000, seed=seed, plants=(plant,))
        table = table_of(dict(world.columns))
        (one,) = seen_in(table, world.target)
        severity = "info" if task == "binary" else "warning"
        assert (one.code, one.severity, one.columns) == ("leak", severity, ("column_7",))
        assert one.numbers["tied"]
        assert one.remedy.action == "review"
        assert seen_in(table, world.target, column_7={"role": "feature"}) == ()


@pytest.mark.parametrize("task", ["binary", "regression"])
@pytest.mark.parametrize("strength", [1.0, 3.0])
def test_honest_tables_raise_nothing(table_of: Make, task: Any, strength: float) -> None:
    for seed in range(4):
        world = World(law="smooth", task=task, rows=1000, seed=seed, strength=strength)
        assert seen_in(table_of(dict(world.columns)), world.target) == ()


def test_a_strong_column_beside_noise_is_a_remark(table_of: Make) -> None:
    strong = TRUTH + RANDOM.normal(0, 0.37, 800)
    (one,) = seen_in(table_of({"usage": strong, "noise": NOISE, "y": TRUTH}), "y")
    assert (one.severity, one.columns, one.remedy.action) == ("info", ("usage",), "review")


@pytest.mark.parametrize(("wrong", "severity"), [(0.07, "warning"), (0.2, "info")])
def test_two_values_that_say_much_beside_noise(table_of: Make, wrong: float, severity: str) -> None:
    flag = [("x", "y")[one] for one in np.where(RANDOM.uniform(size=800) < wrong, 1 - TRUTH, TRUTH)]
    (one,) = seen_in(table_of({"flag": flag, "noise": NOISE, "y": TRUTH}), "y")
    assert one.severity == severity


def test_a_measurement_of_the_thing_itself_is_a_remark_and_a_code_is_more(table_of: Make) -> None:
    clue = TRUTH + RANDOM.normal(0, 0.9, 800)
    measured = TRUTH + RANDOM.normal(0, 0.37, 800)
    (one,) = seen_in(table_of({"usage": measured, "clue": clue, "y": TRUTH}), "y")
    assert (one.columns, one.severity, one.numbers["tied"]) == (("usage",), "info", True)
    (one,) = seen_in(table_of({"level": np.round(measured * 3), "clue": clue, "y": TRUTH}), "y")
    assert (one.columns, one.severity, one.numbers["tied"]) == (("level",), "warning", True)
    (one,) = seen_in(table_of({"closed_as": measured, "clue": clue, "y": TRUTH}), "y")
    assert one.severity == "warning"


def test_a_column_among_equals_is_not_told(table_of: Make) -> None:
    equals = {f"x{place}": TRUTH + RANDOM.normal(0, 0.6, 800) for place in range(4)}
    assert seen_in(table_of({**equals, "y": TRUTH}), "y") == ()
    assert isinstance(look(table_of({"x": range(60)}), Brief()), Skip)


def test_copies_of_rows_do_not_make_a_cause_a_leak(table_of: Make) -> None:
    random = np.random.default_rng(1)
    calls, age = random.integers(0, 10, 450), random.integers(18, 80, 450)
    y = (random.uniform(size=450) < 1 / (1 + np.exp(-((calls - 4.5) * 0.6 - (age - 49) * 0.03)))).astype(int)
    twice = np.r_[np.arange(450), np.arange(300)]
    columns = {"age": age, "calls": calls, "income": random.lognormal(10, 0.4, 450), "y": y}
    for one in seen_in(table_of({name: cells[twice] for name, cells in columns.items()}), "y"):
        assert not one.numbers["tied"]
