"""Rows are unusual where the bundle says so: with what it knows of rows, and without."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import journeyman as jm
from journeyman.deployment.sql.dialect import Dialect
from journeyman.deployment.sql.statement import statement


@pytest.mark.parametrize("is_known", [True, False])
def test_status(
    is_known: bool,
    tmp_path: Path,
    bundles: Callable[[str], Path],
    dialect: Dialect,
    rows: dict[str, list[Any]],
    run_in: Any,
    script_of: Any,
) -> None:
    from sys import modules

    bundle = bundles("binary") if is_known else modules["bundle_conftest"].write(tmp_path / "plain")
    model = jm.load(bundle)
    assert (model.manifest.novelty is not None) == is_known
    text = statement(bundle, model.manifest, dialect, ("rows",), with_status=True).text
    names, found = run_in(dialect.name, text, script_of(rows, dialect, model.columns))
    got = [row[names.index("status")] for row in found]
    assert got == model.predict(rows).status.tolist()
    assert {"ok", "unusual"} <= set(got)
