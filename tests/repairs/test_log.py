from __future__ import annotations

import csv
from pathlib import Path

import pytest

from journeyman.errors import InputError
from journeyman.repairs.clean import clean
from journeyman.repairs.log import read_rules, require_columns, write_changes, write_rules
from journeyman.repairs.rule import Rule
from journeyman.sources.read import read_raw


def dirty(tmp_path: Path) -> Path:
    rows = ["=1+1bad" if place == 4 else "=1+1good" if place % 2 else "plainly" for place in range(60)]
    rows[6] = "plianly"
    path = tmp_path / "words.csv"
    path.write_text("word,number\n" + "".join(f"{word},{place}\n" for place, word in enumerate(rows)))
    return path


def test_every_changed_cell_stands_in_the_log_with_row_and_line(tmp_path: Path) -> None:
    cleaned = clean(read_raw(dirty(tmp_path)))
    written = write_changes(cleaned, tmp_path / "log.csv")
    rows = list(csv.DictReader(written.read_text().splitlines()))
    assert len(rows) == cleaned.changed
    (row,) = [one for one in rows if one["before"] == "plianly"]
    assert (row["row"], row["line"], row["column"], row["after"]) == ("7", "8", "word", "plainly")
    assert row["detector"] == "spelling"
    assert "plainly" in row["why"]


def test_no_cell_of_the_log_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "formula.csv"
    path.write_text("word,n\n" + "".join(f"{'=HYPER' if place else '=HYPRE'},{place}\n" for place in range(40)))
    written = write_changes(clean(read_raw(path)), tmp_path / "log.csv")
    (row,) = csv.DictReader(written.read_text().splitlines())
    assert (row["before"], row["after"]) == ("'=HYPRE", "'=HYPER")


def test_rules_come_back_as_they_were_written(tmp_path: Path) -> None:
    cleaned = clean(read_raw(dirty(tmp_path)))
    back = read_rules(write_rules(cleaned, tmp_path / "rules.json"))
    assert [one.as_data() for one in back] == [one.as_data() for one in cleaned.found.rules]
    again = clean(read_raw(dirty(tmp_path)), back)
    assert again.found.cells == cleaned.found.cells


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"kind": "other", "format": 1}', '{"kind": "journeyman cleaning rules", "format": 1, "rules": 3}',
     '{"kind": "journeyman cleaning rules", "format": 1, "rules": [{"detector": 1}]}', "\xff"],
)  # fmt: skip
def test_what_holds_no_rules_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rules.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError):
        read_rules(path)


def test_a_file_that_is_not_there_and_rules_of_another_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no file"):
        read_rules(tmp_path / "none.json")
    with pytest.raises(InputError, match="another table"):
        require_columns([Rule("spelling", "town")], ["other"])
    require_columns([Rule("spelling", "town")], ["town", "other"])
    require_columns([], ["other"])
