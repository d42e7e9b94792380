from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

import journeyman as jm
from journeyman.errors import InputError
from journeyman.job.run import Run
from journeyman.store.champion import champion_of
from journeyman.verification.verify import verify


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Path:
    return Path(shutil.copytree(run.folder, tmp_path / "runs" / "churn-1"))


def other_law(rows: pl.DataFrame) -> pl.DataFrame:
    """What was true of these rows has turned around."""
    return rows.with_columns(churn=pl.when(pl.col("churn") == "yes").then(pl.lit("no")).otherwise(pl.lit("yes")))


def test_where_the_law_has_changed_the_new_model_serves(own: Path, more: Callable, tmp_path: Path) -> None:
    other_law(more(900, 31)).write_csv(tmp_path / "new.csv")
    found = jm.retrain(own, str(tmp_path / "new.csv"), new_only=True, trials=1)
    assert found.promoted
    assert found.comparison.by == "payoff"
    assert found.comparison.low > 0
    assert champion_of(own).serving == found.run.folder
    assert found.run.folder.parent == own.parent
    note = json.loads((found.run.folder / "retrain.json").read_text())
    assert note["promoted"] is True
    assert verify(found.run.folder).holds
    assert {one.name for one in own.parent.iterdir()} == {"churn-1", found.run.folder.name}
    assert jm.rollback(own).is_itself


def test_where_nothing_has_changed_it_is_kept_beside(own: Path, more: Callable, tmp_path: Path) -> None:
    more(300, 32).write_csv(tmp_path / "new.csv")
    found = jm.retrain(own, str(tmp_path / "new.csv"), trials=1)
    assert not found.promoted
    assert champion_of(own).is_itself
    # Old and new rows, in that order, so that it can be retrained again.
    assert found.run.summary["rows"]["read"] == 800
    assert len(found.run.summary["sources"]) == 2
    assert "is kept beside" in repr(found)


def test_nothing_is_built_where_the_old_rows_are_gone(own: Path, more: Callable) -> None:
    summary = json.loads((own / "run.json").read_text())
    (own / "run.json").write_text(json.dumps({**summary, "sources": ["gone.csv"]}))
    with pytest.raises(InputError, match="--new-only"):
        jm.retrain(own, more(50, 1))
    with pytest.raises(InputError, match="no new rows"):
        jm.retrain(own)
    (own / "run.json").write_text("{")
    with pytest.raises(InputError, match=r"run\.json cannot be read"):
        jm.retrain(own, more(50, 1))
    assert [one.name for one in own.parent.iterdir()] == ["churn-1"]
