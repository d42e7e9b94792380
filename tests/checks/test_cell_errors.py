from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.cell_errors import MOST_ROWS, look
from journeyman.table.table import Table

Made = Callable[..., Table]


def words(rows: int, wrong: int) -> list[str]:
    cells = [("Female", "Male")[place % 2] for place in range(rows)]
    for place in range(wrong):
        cells[place * 7] = ("Femael", "Feemale", "Fmale", "Femalle")[place % 4]
    return cells


def test_cells_that_are_likely_wrong_are_told_by_column(table_of: Made) -> None:
    (found,) = look(table_of({"sex": words(300, 8), "y": range(300)}), Brief(predict="y"))
    assert (found.code, found.severity, found.columns) == ("cell_errors", "warning", ("sex",))
    assert found.rows == tuple(range(0, 56, 7))
    assert (found.numbers["count"], found.numbers["repairable"]) == (8, 8)
    assert found.numbers["suspects"][0] == [1, "Femael", "Female"]
    assert (
        "8 cells are likely wrong ('Femael' for 'Female', 'Feemale' for 'Female', 'Fmale' for 'Female')"
        in found.message
    )
    assert found.remedy.action == "review"


def test_single_slips_are_no_warning(table_of: Made) -> None:
    (found,) = look(table_of({"sex": words(300, 2), "y": range(300)}), Brief(predict="y"))
    assert found.severity == "info"


def test_clean_words_numbers_and_columns_with_another_role_raise_nothing(table_of: Made) -> None:
    table = table_of({"sex": words(300, 0), "size": np.arange(300) * 1.5, "not used": words(300, 8), "y": range(300)})
    assert look(table, Brief(predict="y", ignore=("not used",))) == ()
    assert look(table_of({"sex": ["Male"]}), Brief()) == ()


def test_of_a_large_table_some_rows_are_looked_at_in_a_moment(table_of: Made) -> None:
    rows = 40 * MOST_ROWS
    table = table_of({f"word {place}": words(rows, rows // 10) for place in range(6)})
    look(table_of({"sex": words(300, 5)}), Brief())
    started = time.perf_counter()
    found = look(table, Brief())
    assert time.perf_counter() - started < 2
    assert len(found) == 6
    assert found[0].numbers["looked_at"] == MOST_ROWS
    assert "of 4,000 that were looked at" in found[0].message
    assert all(0 <= row < rows for row in found[0].rows)
