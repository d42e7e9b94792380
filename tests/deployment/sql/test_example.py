"""The example is a table on which the SELECT gives what is expected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import journeyman as jm
from journeyman.deployment.sql.dialect import Dialect
from journeyman.deployment.sql.example import EXPECTED, example, typed_rows
from journeyman.deployment.sql.statement import statement


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_the_answers_are_as_expected(task: str, bundles: Callable[[str], Path], dialect: Dialect, run_in: Any) -> None:
    bundle = bundles(task)
    model = jm.load(bundle)
    table = 'my "rows"; --'
    text = statement(bundle, model.manifest, dialect, (table,), with_status=True).text
    names, rows = run_in(dialect.name, text, example(model, dialect, table))
    count = 0
    for place, name in enumerate(names):
        if name.startswith(EXPECTED):
            got = len(names) - 1 - names[::-1].index(name.removeprefix(EXPECTED))
            for row in rows:
                count += 1
                is_number = isinstance(row[place], float)
                assert row[got] == (pytest.approx(row[place], rel=1e-9) if is_number else row[place])
    assert count >= 2 * len(rows)


def test_rows_are_typed(bundles: Callable[[str], Path]) -> None:
    rows = typed_rows(jm.load(bundles("binary")))
    assert {type(one) for one in rows["age"]} == {float, type(None)}
    assert {type(one).__name__ for one in rows["since"]} == {"datetime", "NoneType"}
