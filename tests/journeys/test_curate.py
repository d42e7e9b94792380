"""Real tables of the three kinds: folds, their reason, and that every choice of rows is told with its gain."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from journeyman.brief.read import make_brief
from journeyman.job.build import build
from journeyman.job.understand import understand
from journeyman.sources.read import read

TASKS = Path(__file__).parents[3] / "shared" / "data" / "tasks"
needs_tables = pytest.mark.skipif(not TASKS.is_dir(), reason="the shared tables are not beside this checkout")


def some_rows(task: str, most: int, *, block: bool = False) -> tuple[pl.DataFrame, str]:
    """Rows of a table in their order, and its target: evenly spread ones, or the first."""
    table = pl.read_parquet(TASKS / task / "table.parquet")
    places = np.arange(most) if block else np.linspace(0, table.height - 1, most).astype(int)
    return table[np.unique(places).tolist()], json.loads((TASKS / task / "card.json").read_text())["target"]


@needs_tables
@pytest.mark.parametrize(
    ("task", "kind", "says"),
    [
        ("telco_churn", "stratified", "rows are independent"),
        ("parkinsons_tele", "entity", "stay together"),
        ("bike_hourly", "forward", "learn from the past"),
    ],
)
def test_folds_are_those_that_the_rows_ask_for_and_the_reason_is_said(task: str, kind: str, says: str) -> None:
    table, target = some_rows(task, 3000)
    curation = understand(read(table, target=target), make_brief(predict=target, time="30s")).curation
    assert curation.folds.kind == kind
    assert says in curation.reason
    groups = curation.target.groups
    for fold in curation.folds.usable:
        training, judged = curation.folds.training(fold), curation.folds.scored(fold)
        assert len(training)
        assert not np.intersect1d(training, judged).size
        if kind == "forward":
            order = curation.target.order
            assert order is not None
            assert order[training].max() < order[judged].min()
        elif groups is not None:
            assert not np.intersect1d(groups[training], groups[judged]).size, "copies and entities stay on one side"


@needs_tables
def test_copies_are_kept_on_one_side_whatever_else_is_found() -> None:
    table, target = some_rows("telco_churn", 600)
    twice = pl.concat([table.drop("customerID"), table.drop("customerID")[:200]])
    curation = understand(read(twice, target=target), make_brief(predict=target)).curation
    assert "kept on one side" in curation.reason
    number = curation.folds.number
    assert (number[:200] == number[600:]).all()


@needs_tables
def test_many_rows_for_little_time_are_capped_and_it_is_said() -> None:
    table, target = some_rows("elec2", 40_000)
    curation = understand(read(table, target=target), make_brief(predict=target, time="5s", when="none")).curation
    assert "because rows are many for the time" in curation.reason
    assert curation.folds.count < 5


@needs_tables
def test_a_build_over_time_says_which_rows_it_learnt_from_and_what_to_look_at(tmp_path: Path) -> None:
    table, target = some_rows("bike_hourly", 2500, block=True)
    told: list[str] = []
    run = build(
        table.drop("casual", "registered"),
        predict=target,
        trials=1,
        out=tmp_path / "run",
        progress=lambda verb, text, done: told.append(text),
    )
    chosen, review = run.summary["training_rows"], run.summary["review"]
    assert chosen["sentence"] in told
    names = [name for one in chosen["tried"] for name in one["names"]] + [one["name"] for one in chosen["skipped"]]
    assert any(name.endswith("newest half of the rows") for name in names)
    assert all(one["gain"]["low"] > 0 for one in chosen["tried"] if one["accepted"])
    assert len(review["targets"]) <= 20
    assert len(review["irregular"]) <= 20
    page = (tmp_path / "run" / "report.html").read_text()
    assert "What a person should look at" in page
    assert "Which data it learnt from" in page
