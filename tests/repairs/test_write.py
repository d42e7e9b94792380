from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from journeyman.errors import InputError
from journeyman.repairs.write import require_clean_place, write_clean


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "shop.csv"
    rows = [f"{place};{'Lisbon' if place % 3 else 'Porto'}" for place in range(90)]
    rows[7], rows[50] = "7;Lisobn", "50;Lisbonn"
    path.write_text("\n".join(["number;town", *rows]) + "\n")
    return path


def test_a_copy_a_log_and_rules_are_written_and_the_source_stays(source: Path, tmp_path: Path) -> None:
    before = source.read_bytes()
    found = write_clean(source, tmp_path / "clean.csv")
    assert source.read_bytes() == before
    assert found.copy.read_text() == before.decode().replace("Lisobn", "Lisbon").replace("Lisbonn", "Lisbon")
    assert (found.changed, found.columns) == (2, {"town": 2})
    assert (found.changes.name, found.rules.name) == ("clean-changes.csv", "clean-rules.json")
    assert json.dumps(found.as_data())


def test_the_rules_repair_new_rows(source: Path, tmp_path: Path) -> None:
    rules = write_clean(source, tmp_path / "clean.csv").rules
    new = tmp_path / "new.csv"
    new.write_text("number;town\n1;Lisbno\n2;Porto\n3;Prto\n4;Madrid\n")
    found = write_clean(new, tmp_path / "new-clean.parquet", rules)
    assert pl.read_parquet(found.copy)["town"].to_list() == ["Lisbon", "Porto", "Porto", "Madrid"]


def test_the_source_is_never_written_over(source: Path) -> None:
    with pytest.raises(InputError, match="the source itself"):
        require_clean_place(str(source), source)
    with pytest.raises(InputError):
        require_clean_place(str(source), source.with_suffix(".docx"))
    require_clean_place(str(source), source.with_name("other.csv"))


def test_rules_that_were_tampered_with_are_refused(source: Path, tmp_path: Path) -> None:
    rules = write_clean(source, tmp_path / "clean.csv").rules
    document = json.loads(rules.read_text())
    for one in document["rules"]:
        one["knows"] = {"words": 3}
    rules.write_text(json.dumps(document))
    with pytest.raises(InputError, match="cannot be applied"):
        write_clean(source, tmp_path / "again.csv", rules)
    assert not (tmp_path / "again.csv").exists()
