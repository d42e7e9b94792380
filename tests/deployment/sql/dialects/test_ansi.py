"""Standard SQL: LATERAL, tried on DuckDB here and on PostgreSQL in its own file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import journeyman as jm
from journeyman.deployment.sql.dialect import dialects
from journeyman.deployment.sql.statement import statement


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_it_answers_as_the_bundle_does(
    task: str, bundles: Callable[[str], Path], rows: dict[str, list[Any]], run_in: Any, script_of: Any, compared: Any
) -> None:
    bundle, model = bundles(task), jm.load(bundles(task))
    rows["city"][2], rows["city"][5] = "Oslo ", "Bergen"  # blanks that are no spaces stay: TRIM knows spaces alone
    text = statement(bundle, model.manifest, dialects()["ansi"], ("rows",), with_status=False).text
    assert "CROSS JOIN LATERAL" in text
    names, found = run_in("duckdb", text, script_of(rows, dialects()["duckdb"], model.columns))
    wanted = model.predict(rows)
    names, found = [*names, "status"], [(*row, status) for row, status in zip(found, wanted.status, strict=True)]
    assert max(compared(names, found, wanted, len(rows)).values()) < 1e-9
