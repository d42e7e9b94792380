from __future__ import annotations

from pathlib import Path

from journeyman.repairs.clean import clean
from journeyman.sources.read import read_raw

ROWS = [f"{place},{'Female' if place % 2 else 'Male'},{place * 7 % 90}" for place in range(80)]


def source(tmp_path: Path, rows: list[str]) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("\n".join(["id,sex,age", *rows]) + "\n")
    return path


def test_cells_that_can_be_repaired_are_and_the_source_is_untouched(tmp_path: Path) -> None:
    path = source(tmp_path, [*ROWS[:10], "10,Mael,70", *ROWS[11:20], "20,Femalle,5", *ROWS[21:]])
    before = path.read_bytes()
    raw = read_raw(path)
    cleaned = clean(raw)
    assert {(one.row, one.before, one.after) for one in cleaned.found.cells} == {
        (10, "Mael", "Male"), (20, "Femalle", "Female"),
    }  # fmt: skip
    assert (cleaned.changed, cleaned.columns) == (2, {"sex": 2})
    assert cleaned.raw.frame["sex"][10] == "Male"
    assert raw.frame["sex"][10] == "Mael"
    assert path.read_bytes() == before
    assert clean(cleaned.raw).changed == 0


def test_a_word_for_missing_becomes_an_empty_cell(tmp_path: Path) -> None:
    rows = [row if place % 9 else f"{place},Male,N/A" for place, row in enumerate(ROWS)]
    cleaned = clean(read_raw(source(tmp_path, rows)))
    assert cleaned.raw.frame["age"][9] is None
    assert cleaned.columns == {"age": 9}


def test_rows_that_are_set_aside_stay_as_they_are_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    rows = [*ROWS[:10], "1,2,3,4,5,6,7,8", *ROWS[10:20], "20,Femalle,5", *ROWS[21:]]
    raw = read_raw(source(tmp_path, rows))
    cleaned = clean(raw)
    assert raw.ledger.set_aside
    (only,) = [one for one in cleaned.found.cells if one.after]
    assert raw.frame["sex"][only.row] == "Femalle"
    assert cleaned.raw.frame.height == raw.frame.height
