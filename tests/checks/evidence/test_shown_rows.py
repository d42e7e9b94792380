"""The rows by which a finding can be seen."""

from __future__ import annotations

from collections.abc import Callable

from journeyman.checks.evidence.shown_rows import HIDDEN, ROWS, evidence_of
from journeyman.table.finding import Finding
from journeyman.table.table import Table

Make = Callable[..., Table]


def _finding(*columns: str, rows: tuple[int, ...]) -> Finding:
    return Finding(code="outliers", severity="info", message="m", columns=columns, rows=rows)


def test_its_columns_and_the_target_are_shown_with_the_rows_number(table_of: Make) -> None:
    table = table_of({"a": [1.5, 2, 3], "b": ["x", "", "z" * 99], "c": [1, 1, 1], "y": ["no", "yes", "no"]})
    found = evidence_of(table, _finding("a", "b", rows=(1, 2)), "y", frozenset())
    assert found is not None
    assert found.columns == ("a", "b", "y")
    assert found.rows[0] == (2, ("2", "", "yes"))
    number, cells = found.rows[1]
    assert (number, len(cells[1])) == (3, 60)
    assert found.as_data()["rows"][0] == [2, "2", "", "yes"]


def test_personal_cells_are_hidden_and_a_finding_of_no_column_shows_the_first(table_of: Make) -> None:
    table = table_of({name: list("abcdefgh") for name in "klmnopqrs"} | {"y": ["0", "1"] * 4})
    found = evidence_of(table, _finding(rows=tuple(range(8))), "y", frozenset({"l"}))
    assert found is not None
    assert found.columns == ("k", "l", "m", "n", "o", "y")
    assert len(found.rows) == ROWS
    assert found.rows[0][1][:3] == ("a", HIDDEN, "a")


def test_a_finding_without_rows_of_the_table_has_none(table_of: Make) -> None:
    table = table_of({"a": [1, 2]})
    assert evidence_of(table, _finding("a", rows=()), "", frozenset()) is None
    assert evidence_of(table, _finding("a", rows=(7,)), "", frozenset()) is None
