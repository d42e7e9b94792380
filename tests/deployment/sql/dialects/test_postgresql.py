"""PostgreSQL, against a real server: it answers as the bundle does, and nothing stops it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import journeyman as jm
from journeyman.deployment.sql.dialect import dialects
from journeyman.deployment.sql.statement import statement
from journeyman.sources import postgresql as source_of
from journeyman.sources.source import open_source

DIALECT = dialects()["postgresql"]
HOSTILE = ["it's", '"', "\\", "\\'; DROP TABLE rows; --", "a\nb", "\u202eright", "日本 🂡", "\x01"]


def asked(address: str, sql: str) -> Any:
    return source_of.read_raw(open_source(address, query=sql.strip().rstrip(";"))).frame


def test_literals_come_back(postgresql: Any) -> None:
    address, _ = postgresql
    frame = asked(
        address, f"SELECT {', '.join(f'{DIALECT.text(one)} AS c{place}' for place, one in enumerate(HOSTILE))}"
    )
    assert list(frame.row(0)) == HOSTILE
    array = DIALECT.entry(["1.5", "NULL", "2.0"], "3", "number")
    frame = asked(address, f"SELECT {DIALECT.divided('-7', '2')} AS a, {DIALECT.rest('-7', '3')} AS b, {array} AS c")
    assert frame.row(0) == (-3, -1, 2.0)


@pytest.mark.parametrize("task", ["binary", "regression"])
def test_it_answers_as_the_bundle_does(
    task: str,
    postgresql: Any,
    bundles: Callable[[str], Path],
    rows: dict[str, list[Any]],
    script_of: Any,
    compared: Any,
) -> None:
    address, run = postgresql
    bundle, model = bundles(task), jm.load(bundles(task))
    script = script_of(rows, DIALECT, model.columns).replace("; INSERT", ";\nINSERT")
    run(script.replace("AS DOUBLE)", "AS float8)").rstrip(";"))
    text = statement(bundle, model.manifest, DIALECT, ("rows",), with_status=True).text
    frame = asked(address, text)
    found = compared(frame.columns, frame.rows(), model.predict(rows), len(rows))
    assert max(found.values()) < 1e-9
