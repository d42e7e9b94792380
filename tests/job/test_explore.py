from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

import journeyman as jm
from journeyman.brief.brief import Brief
from journeyman.errors import InputError
from journeyman.job.explore import explore, insights_for_build
from journeyman.job.understand import understand
from journeyman.sources.read import read


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    random = np.random.default_rng(0)
    rows = 900
    plan = random.choice(["<b>gold</b>", "silver", "=1+1"], size=rows)
    left = np.where(random.uniform(size=rows) < 0.15 + 0.5 * (plan == "silver"), "yes", "no")
    columns = {
        "customer": [f"C{place:05d}" for place in range(rows)],
        "plan": plan,
        "age": random.normal(40, 10, size=rows),
        "one": ["same"] * rows,
        "told later": (left == "yes") * 1.0,
        "left": left,
    }
    return pl.DataFrame(columns)


def test_ids_constants_and_leaks_are_not_told(frame: pl.DataFrame, tmp_path: Path) -> None:
    found = explore(frame, "left", out=tmp_path / "page.html")
    told = {name for one in found.insights for name in one.columns}
    assert "plan" in told
    assert told <= {"plan", "age", "left"}
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "<b>gold" not in page
    assert "silver" in page


def test_it_works_without_a_target_and_is_a_public_name(frame: pl.DataFrame) -> None:
    found = jm.explore(frame.drop("told later"))
    assert found.target == ""
    assert isinstance(found, jm.Explored)
    assert all(one.kind != "by_level" for one in found.insights)


def test_a_build_gives_it_little_time_and_only_some_rows(frame: pl.DataFrame) -> None:
    table, request = read(frame), Brief(predict="left")
    known = understand(table, request)
    found = insights_for_build(known.curation, known.aim, seed=0, seconds=60.0, rows=np.arange(600))
    assert found.first_rows + found.second_rows == 600
    assert found.insights
    twice = [insights_for_build(known.curation, known.aim, seed=0, seconds=None).as_data() for _ in range(2)]
    assert twice[0] | {"seconds": 0} == twice[1] | {"seconds": 0}
    late = insights_for_build(known.curation, known.aim, seed=0, seconds=1e-6)
    assert "for lack of time" in " ".join(late.left_out)


def test_rows_of_one_entity_stay_together_where_it_is_said(frame: pl.DataFrame) -> None:
    households = frame.with_columns(house=pl.int_range(0, pl.len()) % 90)
    found = explore(households, "left", entity="house")
    assert "belong together" in found.split
    assert explore(households, None, entity="house", ignore="age").left_out is not None


def test_a_target_that_is_not_there_is_told(frame: pl.DataFrame) -> None:
    with pytest.raises(InputError, match="no column 'gone'"):
        explore(frame, "gone")
