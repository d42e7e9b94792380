"""The whole SELECT: names of tables, hostile names of columns, and comments that end with their line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import journeyman as jm
from journeyman.deployment.sql.dialect import Dialect, dialects
from journeyman.deployment.sql.statement import named, statement
from journeyman.errors import BriefError


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("orders", ("orders",)),
        ("sales.orders", ("sales", "orders")),
        (' "Q 1" . "a.b" ', ("Q 1", "a.b")),
        ('"a""b"', ('a"b',)),
        ("two words", ("two words",)),
    ],
)
def test_names_of_tables(text: str, parts: tuple[str, ...]) -> None:
    assert named(text) == parts


@pytest.mark.parametrize("text", ["", ".", "a.", 'a"b', "a..b", "a.b.c.d", "a\0b"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(BriefError, match="no name of a table"):
        named(text)


def test_the_table_and_the_columns_are_quoted(bundles: Callable[[str], Path]) -> None:
    bundle = bundles("binary")
    model = jm.load(bundle)
    for name, dialect in dialects().items():
        found = statement(bundle, model.manifest, dialect, ("s x", 'a"; DROP TABLE b; --'), with_status=False)
        assert '"s x"."a""; DROP TABLE b; --"' in found.text, name
        assert found.columns == ("prediction", "probability_no", "probability_yes", "decision")
        assert (
            found.text
            == statement(bundle, model.manifest, dialect, ("s x", 'a"; DROP TABLE b; --'), with_status=False).text
        )


def test_comments_end_with_their_line(bundles: Callable[[str], Path], dialect: Dialect) -> None:
    bundle = bundles("binary")
    manifest = replace(jm.load(bundle).manifest, target="x\nDROP TABLE rows; --\r")
    text = statement(bundle, manifest, dialect, ("rows",), with_status=False).text
    head = text[: text.index("WITH")]
    assert all(line.startswith("-- ") for line in head.splitlines())


def test_columns_of_the_table_keep_their_names(
    bundles: Callable[[str], Path], dialect: Dialect, rows: dict[str, list[Any]], run_in: Any, script_of: Any
) -> None:
    bundle = bundles("regression")
    model = jm.load(bundle)
    more = [*model.columns, replace(model.columns[0], name='id "x"\n')]
    cells = {**rows, 'id "x"\n': [float(place) for place in range(len(rows["age"]))]}
    text = statement(bundle, model.manifest, dialect, ("rows",), with_status=True).text
    names, found = run_in(dialect.name, text, script_of(cells, dialect, more))
    assert names == [*cells, "prediction", "status"]
    assert sorted(row[4] for row in found) == cells['id "x"\n']
