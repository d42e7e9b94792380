from __future__ import annotations

import numpy as np

from journeyman.bundle.reader import read_cells
from journeyman.bundle.spelling import Respelt, respelt
from journeyman.monitoring.schema import absent_columns, changed_spelling, changed_type, changed_unit
from journeyman.table.schema import Column

METRES = Column(name="length", kind="number", low=1.0, high=9.9)
CUTS = tuple(np.arange(1, 10, dtype=float).tolist())


def test_a_column_that_is_gone_names_its_likely_new_name() -> None:
    columns = [METRES, Column(name="Age", kind="number")]
    gone, renamed = absent_columns(columns, ["age_", "colour"])
    assert (gone.kind, renamed.kind) == ("missing_column", "renamed")
    assert "'age_'" in renamed.remedy
    assert absent_columns(columns, ["length", "Age", "more"]) == []


def test_a_file_of_another_table_is_told_in_one_line() -> None:
    columns = [Column(name=name, kind="number") for name in ("age", "income", "height", "weight", "shoe")]
    (told,) = absent_columns(columns, ["petal", "sepal"])
    assert (told.kind, told.column) == ("missing_columns", "age")
    assert told.sentence.startswith("5 of the 5 columns")
    assert "right file" in told.remedy
    together, renamed = absent_columns(columns, ["Shoe"])
    assert together.sentence.startswith("4 of the 5 columns")
    assert renamed.kind == "renamed"


def test_half_of_the_cells_unreadable_is_another_type_and_one_is_not() -> None:
    cells = ["1", "2", "x", "y", "z", "3"]
    found = changed_type(METRES, cells, read_cells(METRES, cells), 0)
    assert found is not None
    assert found.stops
    assert "'x'" in found.sentence
    few = ["1", "2", "3", "4", "5", "z"]
    assert changed_type(METRES, few, read_cells(METRES, few), 0) is None


def test_units_that_are_mistaken_for_one_another_are_seen_and_drift_is_none() -> None:
    random = np.random.default_rng(0)
    metres = random.uniform(1, 9.9, 400)
    for factor in (100.0, 3.28084, 0.001):
        found = changed_unit(METRES, metres * factor, CUTS)
        assert found is not None
        assert found.kind == "unit_changed"
        assert not found.stops
    assert changed_unit(METRES, metres, CUTS) is None
    assert changed_unit(METRES, metres + 3, CUTS) is None
    assert changed_unit(METRES, metres[:10] * 100, CUTS) is None
    # All the same number, far away: no unit makes that of what training had.
    assert changed_unit(METRES, np.full(400, 5000.0), CUTS) is None


def test_another_spelling_that_can_be_read_does_not_stop() -> None:
    found = respelt(Column(name="since", kind="date"), ["31.12.2024", "01.02.2024"])
    assert isinstance(found, Respelt)
    told = changed_spelling(found)
    assert (told.kind, told.column, told.stops) == ("type_changed", "since", False)
    assert "31.12.2024" in told.sentence
