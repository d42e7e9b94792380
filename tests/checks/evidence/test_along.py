"""The target along each column."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.evidence.along import along
from journeyman.table.table import Table

Make = Callable[..., Table]
RANDOM = np.random.default_rng(1)
ROWS = 400
YES = np.repeat([False, True], ROWS // 2)


def _of(table: Table, name: str, **options: frozenset[str]) -> object:
    untold = options.get("untold", frozenset())
    found = along(table, Brief(predict="y"), frozenset(one.name for one in table.schema), untold)
    return next(one for one in found if one.name == name)


def test_words_stand_with_the_share_of_the_later_class(table_of: Make) -> None:
    words = ["hot" if yes else "cold" for yes in YES]
    words[:3] = ["rare"] * 3
    found = _of(table_of({"w": words, "y": ["yes" if yes else "no" for yes in YES]}), "w")
    assert [(one.label, one.value, one.rows) for one in found.groups] == [("hot", 1.0, 200), ("cold", 0.0, 197)]  # type: ignore[attr-defined]
    assert (found.of, found.is_rate, found.overall, found.measure) == ("share of 'yes'", True, 0.5, "AUC")  # type: ignore[attr-defined]
    assert found.score > 0.97  # type: ignore[attr-defined]


def test_a_number_is_cut_into_stretches_and_few_values_stand_alone(table_of: Make) -> None:
    number = np.arange(ROWS) + 0.5
    target = number * 2
    table = table_of({"n": number.tolist(), "few": (number > 100).astype(float).tolist(), "y": target.tolist()})
    stretches = _of(table, "n").groups  # type: ignore[attr-defined]
    assert len(stretches) == 10
    assert all(one.value == pytest.approx(2 * one.at) for one in stretches)
    assert all(one.low < one.value < one.high for one in stretches)
    few = _of(table, "few").groups  # type: ignore[attr-defined]
    assert [(one.label, one.at, one.rows) for one in few] == [("0", None, 100), ("1", None, 300)]


def test_no_value_of_personal_columns_texts_and_many_classes_is_shown(table_of: Make) -> None:
    words = ["a" if yes else "b" for yes in YES]
    table = table_of({"w": words, "y": ["yes" if yes else "no" for yes in YES]})
    assert _of(table, "w", untold=frozenset({"w"})).groups == ()  # type: ignore[attr-defined]
    three = table_of({"w": words, "y": [f"c{place % 3}" for place in range(ROWS)]})
    assert _of(three, "w").groups == ()  # type: ignore[attr-defined]


def test_without_a_target_there_is_nothing(table_of: Make) -> None:
    assert along(table_of({"a": [1, 2]}), Brief(), frozenset({"a"}), frozenset()) == ()
