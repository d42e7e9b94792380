"""The README names every column and what it holds; nothing in a name breaks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import journeyman as jm
from journeyman.bundle.model import Model
from journeyman.deployment.sql.dialect import dialects
from journeyman.deployment.sql.readme import readme
from journeyman.deployment.sql.statement import statement


@pytest.mark.parametrize("name", ["ansi", "duckdb", "postgresql", "sqlite"])
def test_it_says_what_is_expected(name: str, bundles: Callable[[str], Path]) -> None:
    bundle, dialect = bundles("binary"), dialects()[name]
    model = jm.load(bundle)
    said = statement(bundle, model.manifest, dialect, ("rows",), with_status=True)
    text = readme(model, dialect, ("rows",), said, has_example=True)
    for part in ("model.sql", '"rows"', "`age`", "`since`", "dates or timestamps", "`probability_yes`", "example.sql"):
        assert part in text
    assert "example.sql" not in readme(model, dialect, ("a", "rows"), said, has_example=False)


def test_no_name_breaks_it(bundles: Callable[[str], Path]) -> None:
    bundle, dialect = bundles("binary"), dialects()["duckdb"]
    model = jm.load(bundle)
    said = statement(bundle, model.manifest, dialect, ("rows",), with_status=True)
    columns = (replace(model.columns[0], name="a|b`c\n# d", unit="<b>\n"), *model.columns[1:])
    named = Model(replace(model.manifest, columns=columns), model._session)
    text = readme(named, dialect, ("rows",), said, has_example=False)
    assert "| `a\\|b'c\ufffd# d` |" in text
    assert "\n# d" not in text
