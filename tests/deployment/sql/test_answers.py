"""Predictions, chances, bounds, decisions and status are the bundle's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import journeyman as jm
from journeyman.bundle.decision import DecisionRule
from journeyman.bundle.expression import Expression
from journeyman.bundle.uncertainty import Spread
from journeyman.deployment.sql.dialect import Dialect
from journeyman.deployment.sql.statement import statement
from journeyman.statistics.label_rule import LabelRule

Compared = Callable[..., dict[str, float]]


def differences(
    bundle: Path, dialect: Dialect, rows: dict[str, list[Any]], run_in: Any, script_of: Any, compared: Compared
) -> dict[str, float]:
    model = jm.load(bundle)
    text = statement(bundle, model.manifest, dialect, ("rows",), with_status=True).text
    names, found = run_in(dialect.name, text, script_of(rows, dialect, model.columns))
    return compared(names, found, model.predict(rows), len(rows))


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_every_task(
    task: str,
    bundles: Callable[[str], Path],
    dialect: Dialect,
    rows: dict[str, list[Any]],
    run_in: Any,
    script_of: Any,
    compared: Compared,
) -> None:
    found = differences(bundles(task), dialect, rows, run_in, script_of, compared)
    assert max(found.values()) < 1e-9
    assert {"prediction", "status"} <= set(found)


@pytest.mark.parametrize(
    ("task", "rule"),
    [("binary", LabelRule.from_chance(0.3)), ("multiclass", LabelRule((3.0, 1.0, 2.0), (0.5, 0.0, 0.25)))],
)
def test_classes_are_named_by_the_rule(
    task: str,
    rule: LabelRule,
    tmp_path: Path,
    dialect: Dialect,
    rows: dict[str, list[Any]],
    run_in: Any,
    script_of: Any,
    compared: Compared,
) -> None:
    from sys import modules

    bundle = modules["bundle_conftest"].write(tmp_path / "a", task, label_rule=rule)
    model, plain = jm.load(bundle), jm.load(modules["bundle_conftest"].write(tmp_path / "b", task))
    assert (model.predict(rows).prediction != plain.predict(rows).prediction).any()
    found = differences(bundle, dialect, rows, run_in, script_of, compared)
    assert max(found.values()) < 1e-9


def test_rules_that_read_columns_and_bounds_around_numbers(
    tmp_path: Path, dialect: Dialect, rows: dict[str, list[Any]], run_in: Any, script_of: Any, compared: Compared
) -> None:
    from sys import modules

    bundles = modules["bundle_conftest"]
    gain = Expression.parse("max(age / (income - 50), 2) - 3")
    classes = DecisionRule({"call": {"yes": gain, "no": -1.0}, "it's": {"yes": 0.5, "no": 0.25}})
    found = differences(bundles.write(tmp_path / "a", rule=classes), dialect, rows, run_in, script_of, compared)
    assert max(found.values()) < 1e-9
    actions = {"buy": {"any": Expression.parse("abs(actual - prediction) * 2 - min(age, 30) / 10")}}
    rule = DecisionRule(actions, is_for_numbers=True, residuals=(-2.0, 0.0, 5.0))
    spread = Spread(0.9, (-0.5, 0.5), (-1.0, -2.0, -3.0), (1.0, 1.5, 2.0), -1.0)
    bundle = bundles.write(tmp_path / "b", "regression", rule=rule, uncertainty=spread)
    found = differences(bundle, dialect, rows, run_in, script_of, compared)
    assert max(found.values()) < 1e-9
    assert {"low", "high", "decision"} <= set(found)
