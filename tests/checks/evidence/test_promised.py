from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from journeyman.brief.brief import Brief
from journeyman.checks.evidence.answer import Answer, answer_of
from journeyman.checks.evidence.promised import promised_of_known, promised_of_past
from journeyman.table.table import Table

Make = Callable[..., Table]
ROWS = 1200
RANDOM = np.random.default_rng(15)
WHO = RANDOM.integers(0, 120, ROWS).astype(np.int64)
WHEN = RANDOM.integers(0, 700, ROWS).astype(np.int64)
SIGNAL = RANDOM.normal(size=ROWS)


def asked(table_of: Make, number: Any, *, is_number: bool) -> tuple[Table, Answer]:
    table = table_of({"x": SIGNAL, "when": WHEN, "y": number if is_number else (number > 0).astype(int)})
    answer = answer_of(table, Brief(predict="y"))
    assert isinstance(answer, Answer)
    return table, answer


@pytest.mark.parametrize("is_number", [True, False])
def test_known_ones_are_told_better_than_new_ones(table_of: Make, is_number: bool) -> None:
    own = 2 * RANDOM.normal(size=120)[WHO]
    table, answer = asked(table_of, SIGNAL + own + RANDOM.normal(size=ROWS), is_number=is_number)
    cost = promised_of_known(table, ["x"], WHO, answer)
    assert cost is not None
    assert cost.ignored > cost.heeded + 0.1
    assert cost.words.startswith("rows at random 0.")
    assert cost.measure == ("R²" if is_number else "AUC")
    nobody = np.where(WHO < 60, WHO, -1)
    less = promised_of_known(table, ["x"], nobody, answer)
    assert less is None or less.ignored < cost.ignored


@pytest.mark.parametrize("is_number", [True, False])
def test_levels_of_each_week_are_not_known_beforehand(table_of: Make, is_number: bool) -> None:
    level = 2 * np.random.default_rng(3).normal(size=51)[WHEN // 14]
    table, answer = asked(table_of, SIGNAL + level + RANDOM.normal(size=ROWS), is_number=is_number)
    cost = promised_of_past(table, ["x", "when"], WHEN, answer)
    assert cost is not None
    assert cost.ignored > cost.heeded + 0.05


@pytest.mark.parametrize("is_number", [True, False])
def test_where_nothing_is_shared_nothing_is_told(table_of: Make, is_number: bool) -> None:
    table, answer = asked(table_of, SIGNAL + RANDOM.normal(size=ROWS), is_number=is_number)
    assert promised_of_known(table, ["x"], WHO, answer) is None
    assert promised_of_past(table, ["x", "when"], WHEN, answer) is None


def test_a_future_of_one_class_says_nothing(table_of: Make) -> None:
    table, answer = asked(table_of, np.where(WHEN > 300, 1.0, SIGNAL), is_number=False)
    assert promised_of_past(table, ["x"], WHEN, answer) is None
