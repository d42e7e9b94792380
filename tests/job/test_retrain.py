from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


def test_where_nothing_has_changed_it_is_kept_beside(
    own: Path, run: Run, more: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def build(*sources: Any, out: Path, progress: Any, **options: Any) -> Run:
        asked.append((sources, options))
        return Run(Path(shutil.copytree(run.folder, out)), run.summary)

    monkeypatch.setattr("journeyman.job.retrain.build", build)
    more(300, 32).write_csv(tmp_path / "new.csv")
    found = jm.retrain(own, str(tmp_path / "new.csv"), time="60s")
    assert not found.promoted
    assert champion_of(own).is_itself
    assert "is kept beside" in repr(found)
    (learnt, given), (whole, _) = asked
    # The challenger learns from all old rows and half of the new ones; the candidate from all of them, by name.
    assert [one.rows for one in learnt] == [500, 150]
    assert whole == (run.summary["sources"][0], str(tmp_path / "new.csv"))
    assert given["time"] == "28.200s"
    assert found.run.folder == own.parent / "churn-2"


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


def test_nothing_is_built_where_the_new_rows_cannot_judge(
    own: Path, more: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("journeyman.job.retrain.build", lambda *_, **__: pytest.fail("it was built"))
    with pytest.raises(InputError, match="no column 'churn'"):
        jm.retrain(own, more(400, 1).drop("churn"))
    with pytest.raises(InputError, match="75 of the newest half"):
        jm.retrain(own, more(150, 1))
    unknown = more(400, 1).with_columns(churn=pl.when(pl.int_range(pl.len()) < 350).then(pl.col("churn")))
    with pytest.raises(InputError, match="too few to judge by"):
        jm.retrain(own, unknown.tail(160))
