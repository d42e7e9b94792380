from __future__ import annotations

import math

import numpy as np

from journeyman.bundle.shown import MOST_SHOWN, about, amount, plain, shown_cell, typed_cell
from journeyman.table.columns import MISSING_WORD, TERM_END, Columns, Strings
from journeyman.table.schema import Column

HOUR = 3_600_000_000


def test_cells_are_typed_by_name() -> None:
    columns = Columns.of(
        rows=2,
        numbers=np.array([[1.5], [np.nan]]),
        number_names=["size"],
        dates=np.array([[HOUR], [0]]),
        dates_missing=np.array([[False], [True]]),
        date_names=["since"],
        words=[Strings.of(["Oslo", MISSING_WORD])],
        word_names=["city"],
    )
    assert [typed_cell(columns, name, 0) for name in columns.names] == [1.5, HOUR, "Oslo"]
    assert [typed_cell(columns, name, 1) for name in columns.names] == [None, None, None]


def test_cells_in_words() -> None:
    text = TERM_END.join(["free", "call", "free call", "!"])
    cells = [
        (Column(name="x", kind="number"), None, ""),
        (Column(name="x", kind="number"), 1234.0, "1,234"),
        (Column(name="x", kind="number", unit="kg"), 0.5, "0.5 kg"),
        (Column(name="x", kind="date"), 24 * HOUR, "1970-01-02"),
        (Column(name="x", kind="date"), 25 * HOUR, "1970-01-02 01:00"),
        (Column(name="x", kind="flag", true_words=("ja",), false_words=("nein",)), 0.0, "nein"),
        (Column(name="x", kind="flag"), 1.0, "true"),
        (Column(name="x", kind="category"), "a\nb", "a b"),
        (Column(name="x", kind="text"), text, "free call !"),
    ]
    assert [shown_cell(column, cell) for column, cell, _ in cells] == [told for _, _, told in cells]


def test_amounts() -> None:
    values = [0.0, -0.5, 3.0, 999.94, 1000.5, -12345.678, 1e20, 2e-7, math.inf]
    assert [amount(one) for one in values] == ["0", "-0.5", "3", "999.9", "1,000", "-12,346", "1e+20", "2e-07", ""]
    assert [about(one) for one in (0.20021, 2189.4, 12.0)] == ["0.2", "2,190", "12"]


def test_text_of_others_stays_on_one_line_and_short() -> None:
    assert plain("a\u202eb\n") == "a b "
    assert len(plain("x" * 1000)) == MOST_SHOWN
