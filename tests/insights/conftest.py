"""Tables with one thing in them, and a second way of counting what a sentence says, which shares no code with ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.stats import spearmanr

from journeyman.brief.aim import find_aim
from journeyman.brief.brief import Brief
from journeyman.insights.explored import Explored
from journeyman.insights.find import find_insights
from journeyman.insights.insight import Insight
from journeyman.insights.material import Material
from journeyman.insights.prepare import prepare
from journeyman.sources.read import read
from journeyman.table.said import number
from journeyman.table.table import Table

Columns = Mapping[str, Any]


def noise(rows: int, seed: int = 0) -> dict[str, Any]:
    """Columns that have nothing to do with one another."""
    random = np.random.default_rng(seed)
    return {
        "height": random.normal(170, 10, size=rows).round(1),
        "income": random.lognormal(sigma=0.6, size=rows),
        "city": random.choice(["Bern", "Genf", "Chur", "Thun"], size=rows, p=[0.4, 0.3, 0.2, 0.1]),
        "smokes": random.choice(["yes", "no"], size=rows),
    }


def days(rows: int, span: int = 700, seed: int = 1) -> Any:
    """A day for each row."""
    random = np.random.default_rng(seed)
    return np.datetime64("2021-03-01") + random.integers(0, span, size=rows).astype("timedelta64[D]")


def read_table(columns: Columns) -> Table:
    return read(pl.DataFrame(dict(columns)))


def material_of(columns: Columns, target: str | None = None) -> Material:
    table = read_table(columns)
    aim = find_aim(table, Brief(predict=target)) if target else None
    return prepare(table, aim, None)[0]


def explored(columns: Columns, target: str | None = None, **options: Any) -> Explored:
    table = read_table(columns)
    aim = find_aim(table, Brief(predict=target)) if target else None
    return find_insights(table, aim, **options)


def the_one(kind: str, columns: Columns, target: str | None = None, about: tuple[str, ...] = ()) -> Insight:
    """The insight of a kind about some columns; every number in every sentence beside it is counted again."""
    found = explored(columns, target)
    fitting = [one for one in found.insights if one.kind == kind and set(about) <= set(one.columns)]
    assert fitting, [(one.kind, one.columns) for one in found.insights]
    for one in found.insights:
        check(one, pl.DataFrame(dict(columns)))
    return fitting[0]


@pytest.fixture
def made() -> SimpleNamespace:
    """The functions of this file."""
    return SimpleNamespace(
        noise=noise, days=days, table=read_table, material=material_of, explored=explored, the_one=the_one, check=check
    )


def check(insight: Insight, frame: pl.DataFrame) -> None:
    """Every claim is what another program counts, and every number of the sentence is one of the claims'."""
    allowed = set()
    frame = as_read(frame)
    for claim in insight.facts["claims"]:
        value, rows = recount(frame, claim)
        assert rows == claim["rows"], insight.sentence
        assert value == pytest.approx(claim["value"], rel=1e-9, abs=1e-12), insight.sentence
        allowed |= {f"{100 * value:.1f}", number(value), f"{value:.2f}".replace("-", "−"), f"{rows:,}"}
        for condition in [*claim["where"], *(one for group in claim["but"] for one in group), claim["far"] or {}]:
            allowed |= set(_numbers(str(condition.get("said", ""))))
    if insight.kind == "change_point":
        allowed |= set(_numbers(insight.facts["claims"][1]["where"][0]["said"]))
    names = [repr(name) for name in insight.columns]
    text = insight.sentence
    for name in names:
        text = text.replace(name, "")
    assert set(_numbers(re.sub(r"'[^']*'", "", text))) <= allowed, insight.sentence
    low, high = sorted((insight.low, insight.high))
    assert low <= insight.value <= high


def as_read(frame: pl.DataFrame) -> pl.DataFrame:
    """Missing is null, and a column of yes and no is one of 1 and 0."""
    found = [
        pl.col(name).replace_strict({"yes": 1.0, "no": 0.0}, default=None)
        for name, kind in frame.schema.items()
        if kind == pl.String and set(frame[name].drop_nulls()) == {"yes", "no"}
    ]
    return frame.with_columns(found).with_columns(pl.selectors.float().fill_nan(None))


def recount(frame: pl.DataFrame, claim: Mapping[str, Any]) -> tuple[float, int]:
    """What a claim says, counted in the frame."""
    kept = _all(claim["where"])
    for group in claim["but"]:
        kept = kept & ~_all(group)
    column = claim["column"]
    there = pl.col(column).is_not_null()
    if claim["other"]:
        there = there & pl.col(claim["other"]).is_not_null()
    known, inside = frame.filter(there), frame.filter(there & kept.fill_null(value=False))
    cells = inside[column]
    measure = claim["measure"]
    if measure == "mean":
        return float(cells.cast(pl.Float64).mean() or 0.0), len(inside)
    if measure == "rate":
        return float((cells == claim["level"]).mean() or 0.0), len(inside)
    if measure == "share_of_rows":
        return len(inside) / len(known), len(inside)
    if measure == "share_of_sum":
        return float(cells.sum()) / float(known[column].sum()), len(inside)
    if measure == "share_beyond":
        return len(inside.filter(_all([claim["far"]]))) / len(inside), len(inside)
    first = cells.to_numpy() if claim["level"] is None else (cells == claim["level"]).to_numpy()
    return float(spearmanr(first, inside[claim["other"]].to_numpy()).statistic), len(inside)


def _all(conditions: Any) -> pl.Expr:
    found = pl.lit(value=True)
    for one in conditions:
        cell, value = pl.col(one["column"]), one["value"]
        moment = None if value is None or isinstance(value, str) else pl.lit(int(value)).cast(pl.Datetime("us"))
        is_date = "-" in str(one["said"]) and one["test"] in ("above", "up_to") and (value or 0) > 1e12
        part = {
            "is": lambda cell=cell, value=value: cell == value,
            "above": lambda cell=cell, value=value, d=is_date, m=moment: (
                cell.cast(pl.Datetime("us")) >= m if d else cell > value
            ),
            "up_to": lambda cell=cell, value=value, d=is_date, m=moment: (
                cell.cast(pl.Datetime("us")) < m if d else cell <= value
            ),
            "missing": lambda cell=cell: cell.is_null(),
            "known": lambda cell=cell: cell.is_not_null(),
            "weekday": lambda cell=cell, value=value: cell.dt.weekday() == int(value) + 1,
            "month": lambda cell=cell, value=value: cell.dt.month() == int(value) + 1,
            "hour": lambda cell=cell, value=value: cell.dt.hour() == int(value),
        }[one["test"]]
        found = found & part().fill_null(value=False)
    return found


def _numbers(text: str) -> list[str]:
    return re.findall(r"−?\d+(?:,\d{3})*(?:\.\d+)?", text)
