from __future__ import annotations

import json

import numpy as np
import pytest

from journeyman.bundle.golden import ROWS, UNSEEN, date_text, golden_cells
from journeyman.bundle.reader import Reader
from journeyman.table.columns import MISSING_WORD
from journeyman.table.schema import Column

DAY = 86_400_000_000
COLUMNS = (
    Column(name="n", kind="number", low=-5.0, high=5.0, decimal=",", missing=("na",)),
    Column(name="huge", kind="number", low=-1.7e308, high=1.7e308),
    Column(name="bare", kind="number"),
    Column(name="f", kind="flag", true_words=("ja",), false_words=("nein",)),
    Column(name="c", kind="category", levels=("1", "2", "3"), numeric_spelling=True),
    Column(name="empty", kind="category"),
    Column(name="note", kind="text", levels=("somebody's words",)),
    *(
        Column(name=form, kind="date", date_format=form, low=10 * DAY, high=9000 * DAY)
        for form in ("iso", "d/m/y", "m-d-y", "y.m.d")
    ),
    *(
        Column(name=form, kind="date", date_format=form, low=10 * DAY, high=9000 * DAY)
        for form in ("d b y", "y:m", "quarter", "ymd", "epoch", "serial")
    ),
    Column(name="weight", kind="number", unit="kg", other_units=("g=1/1000",), ranges="middle", low=0.5, high=9.0),
    Column(name="late", kind="date", low=0, high=8e18),
)


def test_the_reader_takes_every_cell() -> None:
    cells = golden_cells(COLUMNS)
    batch = Reader(COLUMNS).batch(json.loads(json.dumps(cells)), ROWS)
    assert "refused" not in batch.status
    assert batch.columns.rows == ROWS
    numbers, words = batch.columns.numbers, batch.columns.words
    assert np.isnan(numbers[1]).all()
    assert batch.columns.dates_missing[1].all()
    assert all(column.cells()[1] == MISSING_WORD for column in words)
    assert words[0].cells()[2] == UNSEEN
    assert words[-1].cells()[2].startswith("\ufffd")
    assert batch.status[2] == "unusual"


def test_they_cover_range_and_levels() -> None:
    batch = Reader(COLUMNS).batch(golden_cells(COLUMNS), ROWS)
    numbers = batch.columns.numbers[:, 0]
    assert {-5.0, 0.0, 5.0} <= set(numbers[~np.isnan(numbers)].tolist())
    assert numbers[2] > 5.0
    assert {"1", "2", "3", UNSEEN, MISSING_WORD} <= set(batch.columns.words[0].cells())
    for place in range(4):
        days = batch.columns.dates[:, place] // DAY
        assert {10, 9000} <= set(days.tolist())


def test_texts_are_made_up_and_of_many_kinds() -> None:
    cells = golden_cells(COLUMNS)["note"]
    assert "somebody's words" not in cells
    texts = Reader(COLUMNS).batch(golden_cells(COLUMNS), ROWS).columns
    assert texts.texts == ("note",)
    assert {MISSING_WORD, ""} < set(texts.words[-1].cells())
    assert len(set(texts.words[-1].cells())) > 6


def test_they_are_the_same_every_time() -> None:
    assert golden_cells(COLUMNS) == golden_cells(COLUMNS)


@pytest.mark.parametrize(
    ("at", "text"), [(0.0, "1970-01-01T00:00"), (1e25, "1970-01-01T00:00"), (-6e7, "1969-12-31T23:59")]
)
def test_dates_are_text_of_the_calendar(at: float, text: str) -> None:
    assert date_text(at, "iso") == text
