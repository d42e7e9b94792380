from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

import journeyman as jm
from journeyman.errors import InputError
from journeyman.job.run import Run
from journeyman.monitoring.monitored import Monitored


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Path:
    """A run whose state nobody shares."""
    return Path(shutil.copytree(run.folder, tmp_path / "run"))


def evidence(found: Monitored) -> dict[str, float]:
    return {name: round(value, 9) for name, value in found.evidence.items()}


def test_rows_and_outcomes_count_once(own: Path, more: Callable[[int, int], pl.DataFrame]) -> None:
    rows = more(200, 7)
    first = jm.monitor(own, rows.drop("churn"))
    assert (first.new, first.outcomes, first.alarms) == (200, 0, ())
    again = jm.monitor(own, rows.drop("churn"))
    assert again.new == 0
    assert evidence(again) == evidence(first)
    late = jm.monitor(own, rows, outcome="churn")
    assert (late.new, late.outcomes) == (0, 200)
    assert evidence(late)["drift"] == evidence(first)["drift"]
    assert evidence(late)["real_performance"] != evidence(first)["real_performance"]
    assert jm.monitor(own, rows, outcome="churn").outcomes == 0
    assert late.as_data()["real"][0]["rows"] == 200


def test_a_file_that_grows_by_the_day_is_the_same_test(own: Path, run: Run, tmp_path: Path, more: Callable) -> None:
    other = Path(shutil.copytree(run.folder, tmp_path / "other"))
    rows = more(300, 8)
    for count in (100, 200, 300):
        grown = jm.monitor(own, rows.head(count), outcome="churn")
    for start in (0, 100, 200):
        daily = jm.monitor(other, rows.slice(start, 100), outcome="churn")
    assert evidence(grown) == evidence(daily)
    assert grown.counted == daily.counted == 300


def test_days_are_batches_where_a_column_of_dates_is_named(own: Path, more: Callable) -> None:
    rows = more(90, 5).with_columns(seen=pl.Series([f"2025-03-0{1 + one // 30}" for one in range(90)]))
    found = jm.monitor(own, rows, when="seen")
    assert found.batches == 3
    assert found.counted == 90
    with pytest.raises(InputError, match="holds no dates"):
        jm.monitor(own, rows, when="contract")


def test_a_broken_file_is_an_alarm_and_no_batch(own: Path, more: Callable) -> None:
    found = jm.monitor(own, more(50, 5).rename({"charge": "charges"}))
    (alarm,) = found.alarms
    assert "'charges'" in alarm.sentence
    assert "per 1,000 rows" in alarm.price
    assert found.counted == 0
    assert found.facts is None
    page = (own / "monitoring" / "monitor.html").read_text()
    assert "The rows are not of the shape" in page


def test_calls_at_once_wait_for_each_other_and_lose_nothing(own: Path, more: Callable) -> None:
    parts = [more(60, seed) for seed in range(20, 26)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda rows: jm.monitor(own, rows, outcome="churn"), parts))
    found = jm.monitor(own, parts[0], outcome="churn")
    assert (found.counted, found.batches) == (360, 6)
    assert not list((own / "monitoring").glob(".*"))
    json.loads((own / "monitoring" / "latest.json").read_text())


def test_what_serves_is_monitored(own: Path, more: Callable, tmp_path: Path) -> None:
    shutil.copytree(own, tmp_path / "next")
    jm.promote(own, "next")
    said: list[str] = []
    found = jm.monitor(own, more(50, 5), progress=lambda stage, text, final: said.append(text))
    assert found.folder == tmp_path / "next"
    assert (tmp_path / "next" / "monitoring" / "state.json").exists()
    assert not (own / "monitoring" / "state.json").exists()
    assert "serves the model of" in said[0]


def test_a_run_of_before_and_a_table_without_rows_are_refused(own: Path, more: Callable) -> None:
    with pytest.raises(InputError, match="no rows"):
        jm.monitor(own, more(10, 1).head(0))
    shutil.rmtree(own / "monitoring")
    with pytest.raises(InputError, match="build it again"):
        jm.monitor(own, more(10, 1))
