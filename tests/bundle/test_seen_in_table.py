from __future__ import annotations

from collections.abc import Sequence

from journeyman.bundle.places import Places
from journeyman.bundle.reader import read_cells
from journeyman.bundle.seen_in_table import cell_findings
from journeyman.table.finding import Finding
from journeyman.table.schema import Column

NUMBER = Column(name="age", kind="number", low=18.0, high=80.0, missing=("n/a", "null", "nan"))
CITY = Column(name="city", kind="category", levels=("Oslo", "Lyon"), missing=("n/a",))


def seen(column: Column, cells: Sequence[object]) -> list[Finding]:
    reads = {column.name: read_cells(column, list(cells))}
    return list(cell_findings([column], {column.name: list(cells)}, reads, len(cells), Places()))


def told(column: Column, cells: Sequence[object]) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in seen(column, cells)]


def test_rows_as_those_of_training_bring_nothing() -> None:
    assert told(NUMBER, ["18", "80", "", "40", None, 33.5]) == []
    assert told(CITY, ["Oslo", "Lyon", "", "Oslo"]) == []
    assert told(NUMBER, []) == []


def test_a_column_without_any_value_is_told_but_not_of_one_row() -> None:
    assert told(NUMBER, [""] * 6) == [("all_missing", "warning")]
    assert told(NUMBER, ["n/a"] * 6) == [("all_missing", "warning"), ("missing_tokens", "info")]
    assert told(NUMBER, [""]) == []


def test_infinite_numbers_are_told_and_count_as_missing() -> None:
    found = seen(NUMBER, ["inf", "1e400", "30"])
    assert [(one.code, one.numbers["cells"]) for one in found] == [("infinite_values", 2)]
    assert "row 1" in found[0].message


def test_numbers_far_beyond_those_of_training_are_a_warning_and_a_few_just_beyond_are_nothing() -> None:
    assert told(NUMBER, ["30000", "45000", "50"]) == [("out_of_range", "warning")]
    assert told(NUMBER, ["30"] * 50 + ["82"]) == []
    assert told(NUMBER, ["30"] * 50 + ["82000"]) == [("out_of_range", "info")]
    assert told(NUMBER, ["30"] * 7 + ["85", "90", "91"]) == [("out_of_range", "warning")]


def test_dates_come_later_than_those_of_training_but_not_by_ages() -> None:
    day = Column(name="day", kind="date", low=1.704e15, high=1.72e15)
    assert told(day, ["2026-03-01"] * 9) == []
    assert told(day, ["2024-03-01"] * 9 + ["2999-12-31"]) == [("out_of_range", "warning")]
    assert told(day, ["2024-03-01"] * 50 + ["1900-01-01"]) == [("out_of_range", "info")]
    assert "2023-12-31 to 2024-07-03" in seen(day, ["2999-12-31"] * 2)[0].message


def test_new_levels_are_named() -> None:
    found = seen(CITY, ["Oslo", "Atlantis", "Atlantis", "Ys"])
    assert [(one.code, one.severity, one.numbers["levels"]) for one in found] == [("unseen_category", "warning", 2)]
    assert "'Atlantis', 'Ys' in 3 rows" in found[0].message
    assert found[0].rows == (1, 2, 3)
    many = Column(name="sku", kind="category", levels=tuple(f"s{place}" for place in range(99)))
    assert told(many, ["s1"] * 98 + ["new"]) == [("unseen_category", "info")]


def test_words_for_missing_are_counted() -> None:
    found = seen(NUMBER, ["NaN", "null", "N/A", "44", "null"])
    assert [(one.code, one.numbers["count"]) for one in found] == [("missing_tokens", 4)]
    assert "'null' 2" in found[0].message


def test_cells_that_cannot_be_read_are_told_with_the_first() -> None:
    found = seen(NUMBER, ["30"] * 20 + ["a lot"])
    assert [(one.code, one.rows) for one in found] == [("mixed_types", (20,))]
    assert "row 21, 'a lot'" in found[0].message
    day = Column(name="day", kind="date")
    assert told(day, ["2024-01-01"] * 9 + ["2024-02-31"]) == [("date_invalid", "warning")]
