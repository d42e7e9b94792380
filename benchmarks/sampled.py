"""Some rows of a task, as a build understands them: for studies that fit plans in their own process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from journeyman.brief.read import make_brief
from journeyman.job.understand import understand
from journeyman.plan.target import Target
from journeyman.sources.read import read
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Columns

#: How cards call the order of the rows in the file, and the column that studies make of it.
_FILE_ORDER, _PLACE = "ROWORDER", "place in the file"


@dataclass(frozen=True)
class Sampled:
    """Columns and target of the rows that a build can use, and which of them, (rows,), are for testing."""

    card: dict[str, Any]
    columns: Columns
    target: Target
    metric: Metric
    is_test: np.ndarray


def card_of(folder: Path) -> dict[str, Any]:
    """What is known of a task."""
    card: dict[str, Any] = json.loads((folder / "card.json").read_text())
    return card


def is_over_time(folder: Path) -> bool:
    """Whether the rows that a task keeps back come after the others."""
    rule = card_of(folder)["split_rule"]
    return "later part" in rule or "in file order" in rule


def error_of(metric: Metric, truth: np.ndarray, answers: np.ndarray) -> float:
    """What is to be made small: the metric, or 1 less the metric where more is better."""
    score = metric.score(truth, answers)
    return 1 - score if metric.greater_is_better else score


def sample(folder: Path, most: int) -> tuple[pl.DataFrame, np.ndarray]:
    """At most so many training and test rows in their order, without leak and id columns; which are for testing."""
    card = card_of(folder)
    table = pl.read_parquet(folder / "table.parquet")
    test = pl.read_parquet(folder / "split.parquet")["test"].to_numpy()
    table = table.drop([name for name in (*card.get("leak", []), *card.get("ids", [])) if name in table.columns])
    there = table[card["target"]].is_not_null().to_numpy()
    random = np.random.default_rng(0)
    drawn = [random.permutation(np.flatnonzero(there & part))[:most] for part in (~test, test)]
    rows = np.sort(np.concatenate(drawn))
    return table[rows], test[rows]


def sampled(folder: Path, most: int, *, seed: int = 0, in_time: bool = False) -> Sampled:
    """Rows of a task, with the time of its card where that is asked for."""
    card = card_of(folder)
    frame, is_test = sample(folder, most)
    when = card["time"] if in_time else "none"
    if when == _FILE_ORDER:
        when, frame = _PLACE, frame.with_columns(pl.Series(_PLACE, np.arange(frame.height)))
    target = card["target"].strip()
    request = make_brief(predict=target, metric=card["metric"], trials=1, seed=seed, when=when)
    known = understand(read(frame, target=target), request)
    kept = known.curation.table.row_numbers
    is_test = is_test if kept is None else is_test[np.asarray(kept)]
    return Sampled(card, known.data.columns, known.data.target, metric_named(known.aim.metric), is_test)


def parted(rows: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Three quarters of the rows, and the others, each in their order."""
    mixed = np.random.default_rng(seed).permutation(rows)
    cut = len(mixed) * 3 // 4
    return np.sort(mixed[:cut]), np.sort(mixed[cut:])
