"""Rows that may be no rows are found among all at once."""

from __future__ import annotations

import polars as pl

from journeyman.sources.text.form import Form
from journeyman.sources.text.suspects import Suspects, last_filled

ROWS = [
    ("Ada", "36", "2024-01-10", "red"),
    ("Subtotal", "36", None, None),
    ("name", "age", "day", "colour"),
    (None, None, None, None),
    ("Total eclipse", "41", None, "blue"),
    (None, None, None, None),
]


def frame() -> pl.DataFrame:
    return pl.DataFrame(ROWS, schema=dict.fromkeys("abcd", pl.String), orient="row")


def test_totals_names_and_empty_rows(form: Form) -> None:
    suspects = Suspects(form)
    assert suspects.totals(frame()) == [1]
    assert suspects.names(frame()) == [2]
    assert suspects.empty(frame()) == [3, 5]
    assert [find(frame().head(0)) for find in (suspects.totals, suspects.names, suspects.empty)] == [[], [], []]


def test_the_last_row_with_a_cell() -> None:
    assert last_filled(frame()) == 4
    assert last_filled(pl.concat([frame(), *[frame()[3:4]] * 20])) == 4
    assert last_filled(frame()[3:4]) == -1
