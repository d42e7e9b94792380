"""A folder of files that are one table together."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeyman.errors import SourceError
from journeyman.sources.folder import files_of, is_folder
from journeyman.sources.read import read, read_raw


def test_the_tables_of_a_folder_are_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "sales"
    folder.mkdir()
    for month in (2, 1):
        (folder / f"2024-{month}.csv").write_text("amount,month\n" + "".join(f"{row},{month}\n" for row in range(30)))
    (folder / "README.md").write_text("sales by month")
    (folder / ".hidden.csv").write_text("x\n1\n")
    assert [one.name for one in files_of(folder)] == ["2024-1.csv", "2024-2.csv"]
    table = read(folder)
    assert (table.name, table.rows, table.ledger.read) == ("sales", 60, 60)
    raw = read_raw(folder)
    assert (raw.name, raw.rows) == ("sales", 60)
    assert raw.frame["month"].to_list() == ["1"] * 30 + ["2"] * 30
    assert raw.digest == table.digest


def test_a_folder_of_no_table_or_of_several_kinds_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("nothing")
    with pytest.raises(SourceError, match="no table in it") as caught:
        read(tmp_path)
    assert caught.value.code == "not_a_file"
    (tmp_path / "a.csv").write_text("x\n1\n")
    (tmp_path / "b.json").write_text("[]")
    with pytest.raises(SourceError, match=r"1 \.csv, 1 \.json") as caught:
        read_raw(tmp_path)
    assert caught.value.code == "ambiguous_archive"


def test_what_cannot_be_a_folder_is_none(tmp_path: Path) -> None:
    assert is_folder(tmp_path)
    assert not is_folder(tmp_path / "no")
    assert not is_folder(Path("x" * 5000))
    assert not is_folder(Path("a\x00b"))
