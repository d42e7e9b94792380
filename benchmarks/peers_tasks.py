"""A task as every system gets it: the same files, the same job, answers judged by our metrics.

A task is a folder with ``table.parquet``, ``split.parquet`` and ``card.json``. Leak and identifier columns of the card
are left out for every system, and rows without a target too. Of classes the target is text in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from journeyman.sources.read import read
from journeyman.statistics.bbc import make_units
from journeyman.statistics.metrics.metric import Metric
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Numbers
from journeyman.table.table import Dates


@dataclass(frozen=True)
class Task:
    """One table, split.

    Parameters
    ----------
    name : its folder's
    card : what is known of it
    train, test : rows to learn from, with the target; rows to answer, without
    truth : (rows,) of the test rows: values, or places in ``classes``
    classes : of the training rows, as text; of two the positive one last; none of a regression
    units : (rows,) which test rows belong together: stretches of time where the split goes forward in time, else
        those of the card's group or of the rule of the split; each its own where they name none
    trivial : the score of the same answer for every row, learnt from the training rows
    """

    name: str
    card: dict[str, Any]
    train: pl.DataFrame
    test: pl.DataFrame
    truth: Numbers
    classes: list[str]
    units: Numbers
    trivial: float

    @property
    def metric(self) -> Metric:
        """What it is judged by."""
        return metric_named(self.card["metric"])

    @property
    def job(self) -> dict[str, Any]:
        """What every system is told."""
        return {key: self.card[key] for key in ("target", "task", "metric")} | {"classes": self.classes}


def read_task(folder: Path) -> Task:
    """A task from its folder."""
    card = json.loads((folder / "card.json").read_text())
    target = card["target"]
    table = pl.read_parquet(folder / "table.parquet")
    test = pl.read_parquet(folder / "split.parquet")["test"]
    there = table[target].is_not_null()
    table, test = table.filter(there), test.filter(there)
    judged = table.filter(test)
    times = _times(judged, card.get("split_rule", ""))
    units = _units(judged, _unit_columns(card, table.columns)) if times is None else _stretches(times)
    unused = {*card.get("leak", []), *card.get("ids", [])} - {target}
    table = table.drop(name for name in table.columns if name in unused)
    classes: list[str] = []
    if card["task"] != "regression":
        words = pl.Series(target, [spelling(cell) for cell in table[target].to_list()])
        table = table.with_columns(words)
        classes = _classes(words.filter(~test).unique().to_list(), card)
    learnt, judged = table.filter(~test), table.filter(test)
    truth = _truth(judged[target], classes)
    trivial = _trivial(metric_named(card["metric"]), _truth(learnt[target], classes), truth, len(classes))
    return Task(folder.name, card, learnt, judged.drop(target), truth, classes, units, trivial)


def _classes(words: list[str], card: dict[str, Any]) -> list[str]:
    words = sorted(words)
    if card["task"] != "binary":
        return words
    positive = spelling(card["positive"]) if "positive" in card else words[-1]
    return [word for word in words if word != positive] + [positive]


def _unit_columns(card: dict[str, Any], columns: Sequence[str]) -> list[str]:
    """The columns in which rows of one unit agree."""
    if card.get("group") in columns:
        return [card["group"]]
    kept_together = re.search(r"% of the groups of (.+) \(no group on both sides\)", card.get("split_rule", ""))
    if not kept_together:
        return []
    if kept_together[1] == "identical feature rows":
        return [name for name in columns if name != card["target"]]
    named = kept_together[1].split(", ")
    return named if set(named) <= set(columns) else []


def _times(rows: pl.DataFrame, rule: str) -> Numbers | None:
    """(rows,) when each row was, where the rule of the split cuts by time; what has no time comes last."""
    if "in file order" in rule:
        return np.arange(rows.height, dtype=np.float64)
    later = re.search(r"later part: (.+?) from ", rule)
    if not later or later[1] not in rows.columns:
        return None
    cells = read(rows.select(later[1])).values[later[1]]
    if isinstance(cells, Dates):
        cells = np.where(cells.missing, np.nan, cells.at.astype(np.float64))
    return np.nan_to_num(cells, nan=np.inf) if isinstance(cells, np.ndarray) else None


def _stretches(times: Numbers) -> Numbers:
    """What happens in a stretch of time moves all its rows alike, so they are drawn together, as in a build."""
    order = np.unique(times, return_inverse=True)[1].astype(np.int64)
    return make_units(len(times), order=order).of_row.astype(np.float64)


def _units(rows: pl.DataFrame, columns: Sequence[str]) -> Numbers:
    alone = -1.0 - np.arange(rows.height)
    if not columns:
        return alone
    rows = rows.select(columns)
    # A row of no group belongs with no other.
    no_group = rows.select(pl.all_horizontal(pl.all().is_null())).to_series().to_numpy()
    codes = rows.select(pl.struct(pl.all().cast(pl.String).fill_null("")).rank("dense")).to_series().to_numpy()
    return np.where(no_group, alone, codes.astype(np.float64))


def _truth(words: pl.Series, classes: list[str]) -> Numbers:
    if not classes:
        return words.cast(pl.Float64).to_numpy().astype(np.float64)
    # A class that training did not hold comes after all that it did.
    unseen = sorted(set(words.to_list()) - set(classes)) if len(classes) > 2 else []
    places = {word: place for place, word in enumerate([*classes, *unseen])}
    return np.array([float(places.get(word, 0)) for word in words.to_list()])


def _trivial(metric: Metric, learnt: Numbers, truth: Numbers, classes: int) -> float:
    """Of one same answer: the share of each class, the median for absolute errors, the mean (of logarithms) else."""
    if classes == 2:
        answer = np.array([learnt.mean()])
    elif classes:
        answer = np.bincount(learnt.astype(int), minlength=classes) / len(learnt)
    elif metric.name == "mae":
        answer = np.array([np.median(learnt)])
    elif metric.name == "rmsle":
        answer = np.array([np.expm1(np.log1p(learnt).mean())])
    else:
        answer = np.array([learnt.mean()])
    return metric.score(truth, widened(np.tile(answer, (len(truth), 1)), truth))


def widened(answers: Numbers, truth: Numbers) -> Numbers:
    """Answers with a column of hardly any chance for each class that came true and that training did not hold."""
    missing = int(truth.max()) + 1 - answers.shape[1] if answers.shape[1] > 1 else 0
    return np.hstack([answers, np.full((len(answers), missing), 1e-15)]) if missing > 0 else answers


def answers_of(task: Task, given: Numbers) -> Numbers:
    """What a system answered, in the shape that metrics read; a row without an answer gets a middling one.

    Under Poisson deviance, which knows no value of 0 or less, such answers are raised to 1 % of the mean learnt; so
    are those of every system alike.
    """
    given = given[:, None] if given.ndim == 1 else given
    if len(given) != len(task.truth) or (task.classes and given.shape[1] != len(task.classes)):
        raise ValueError(f"answers of shape {given.shape} for {len(task.truth)} rows, {len(task.classes)} classes")
    if not np.isfinite(given).any():
        raise ValueError("no answer is a number")
    if task.classes:
        given = np.where(np.isfinite(given), given, 1 / len(task.classes))
        return widened(given[:, 1:] if len(task.classes) == 2 else given, task.truth)
    given = np.where(np.isfinite(given), given, np.nanmean(np.where(np.isfinite(given), given, np.nan)))
    least = 0.01 * float(np.mean(task.train[task.card["target"]].to_numpy()))
    return np.maximum(given, least) if task.metric.name == "poisson_deviance" else given


def spelling(cell: Any) -> str:
    """A cell as it stands in a text file that was written from a typed one."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell)


def tasks_in(folder: Path, only: Sequence[str]) -> list[str]:
    """Names of the tasks of a folder, or those named."""
    return list(only) or sorted(path.parent.name for path in folder.glob("*/card.json"))
