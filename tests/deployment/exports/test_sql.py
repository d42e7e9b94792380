"""SQL of a bundle, through the door: what is written, what it answers, what is refused."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from journeyman.deployment.export import export
from journeyman.deployment.exports.sql import OPTIONS
from journeyman.deployment.sql.dialect import dialects
from journeyman.errors import BriefError


def test_every_dialect_is_a_choice() -> None:
    assert OPTIONS[0].choices == tuple(dialects())


def test_a_run_becomes_a_folder_that_scores_in_the_database(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built / "y", tmp_path / "shop-7")
    done = export(tmp_path / "shop-7", "sql", tmp_path / "out", {"dialect": "sqlite"})
    assert done.files == ("README.md", "example.sql", "model.sql", "export.json")
    assert "model.sql" in done.says[0]
    text, example = ((tmp_path / "out" / name).read_text(encoding="utf-8") for name in ("model.sql", "example.sql"))
    assert 'FROM "shop" AS t' in text
    connection = sqlite3.connect(":memory:")
    connection.executescript(example)
    cursor = connection.execute(text)
    names = [one[0] for one in cursor.description]
    for row in cursor.fetchall():
        told: dict[str, Any] = dict(zip(names, row, strict=True))
        assert told["probability_b"] == pytest.approx(told["expected probability_b"], rel=1e-6)
        assert [told[name] for name in ("prediction", "status")] == [
            told["expected prediction"],
            told["expected status"],
        ]
    connection.close()


def test_a_table_in_a_schema_has_no_example(built: Path, tmp_path: Path) -> None:
    done = export(built / "y", "sql", tmp_path / "out", {"table": "sales.orders", "status": "no"})
    assert done.files == ("README.md", "model.sql", "export.json")
    text = (tmp_path / "out" / "model.sql").read_text(encoding="utf-8")
    assert 'FROM "sales"."orders"' in text
    assert '"status"' not in text


def test_what_is_no_name_of_a_table_is_refused(built: Path, tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="no name of a table"):
        export(built / "y", "sql", tmp_path / "out", {"table": 'a"b'})
    assert not (tmp_path / "out").exists()
