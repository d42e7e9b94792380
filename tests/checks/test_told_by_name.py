from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.told_by_name import look
from journeyman.table.finding import Skip
from journeyman.table.table import Table

Make = Callable[..., Table]
RANDOM = np.random.default_rng(17)
TRUTH = RANDOM.integers(0, 2, 600)


def test_a_telling_name_and_a_telling_column_are_a_remark(table_of: Make) -> None:
    telling = TRUTH + RANDOM.normal(0, 0.8, 600)
    columns = {"end": telling, "weekend": telling, "result": RANDOM.normal(size=600), "final": TRUTH, "y": TRUTH}
    found = look(table_of(columns), Brief(predict="y"))
    assert not isinstance(found, Skip)
    assert [(one.columns, one.severity, one.code) for one in found] == [(("end",), "info", "leak")]
    vouched = Brief(predict="y", columns={"end": {"role": "feature"}})
    assert look(table_of(columns), vouched) == ()
    assert isinstance(look(table_of(columns), Brief()), Skip)


def test_numbers_too(table_of: Make) -> None:
    y = RANDOM.normal(size=600)
    found = look(table_of({"refund_days": y + RANDOM.normal(size=600), "y": y}), Brief(predict="y"))
    assert not isinstance(found, Skip)
    assert [one.columns for one in found] == [("refund_days",)]
