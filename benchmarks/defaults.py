"""The bar: the plain mean of LightGBM and CatBoost with their defaults, on the same rows as ``tasks.py``.

    python benchmarks/defaults.py --tasks DIR [--only NAME,NAME] [--out FILE]

Needs CatBoost (``pip install catboost``), which Journeyman does not. Columns are given as a careful user would: leak
columns and identifiers of the card left out, numbers as they are, all else as categories (dates as days, rare levels
as they come).
No early stopping, no tuning, two threads. One row a task is appended to the results.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from machine import machine
from rows import append, rows_of

from journeyman.statistics.metrics.named import metric_named


def columns(table: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """Numbers as float64, dates as days, the rest as level codes by name."""
    made, categories = [], []
    # LightGBM refuses some characters in names.
    for name, column in zip((f"x{place}" for place in range(table.width)), table.iter_columns(), strict=True):
        if column.dtype.is_temporal():
            days = column.cast(pl.Datetime("us"), strict=False).dt.timestamp("ms").cast(pl.Float64) / 86_400_000
            made.append(days.alias(name))
        elif column.dtype.is_numeric() or column.dtype == pl.Boolean:
            made.append(column.cast(pl.Float64).alias(name))
        else:
            categories.append(name)
            made.append(column.cast(pl.String).fill_null("missing").rank("dense").cast(pl.Int32).alias(name))
    return pl.DataFrame(made), categories


def run_task(folder: Path) -> dict[str, Any]:
    """Both boosters on one task: their scores, the score of their mean, seconds."""
    import lightgbm
    from catboost import CatBoostClassifier, CatBoostRegressor

    card = json.loads((folder / "card.json").read_text())
    table = pl.read_parquet(folder / "table.parquet")
    test = pl.read_parquet(folder / "split.parquet")["test"]
    there = table[card["target"]].is_not_null()
    table, test = table.filter(there), test.filter(there)
    target = table[card["target"]]
    unused = [name for name in (*card.get("leak", []), *card.get("ids", [])) if name in table.columns]
    features, categories = columns(table.drop([card["target"], *unused]))
    frame = features.to_pandas()
    train, judged = (~test).to_numpy(), test.to_numpy()
    metric = metric_named(card["metric"])
    if card["task"] == "regression":
        truth = target.cast(pl.Float64).to_numpy()
        learnt = np.log1p(truth) if metric.name == "rmsle" else truth
        makers = (lightgbm.LGBMRegressor(n_jobs=2, verbose=-1), CatBoostRegressor(thread_count=2, verbose=False))
    else:
        words = np.array([str(one) for one in target.to_list()])
        classes = sorted(set(words[train]))
        positive = str(card.get("positive", classes[-1]))
        if card["task"] == "binary":
            classes.sort(key=lambda one: one == positive)
        truth = learnt = np.array([float(classes.index(one)) if one in classes else 0.0 for one in words])
        makers = (lightgbm.LGBMClassifier(n_jobs=2, verbose=-1), CatBoostClassifier(thread_count=2, verbose=False))
    row: dict[str, Any] = {"task": folder.name, "metric": card["metric"], "direction": card["metric_direction"]}
    answers = []
    for name, model in zip(("lightgbm", "catboost"), makers, strict=True):
        began = time.monotonic()
        if name == "lightgbm":
            model.fit(frame[train], learnt[train], categorical_feature=categories or "auto")
        else:
            model.set_params(allow_writing_files=False)
            model.fit(frame[train], learnt[train], cat_features=categories)
        if card["task"] == "regression":
            answer = np.asarray(model.predict(frame[judged]), float)[:, None]
            answer = np.expm1(answer) if metric.name == "rmsle" else answer
            answer = np.maximum(answer, 1e-6) if metric.name == "poisson_deviance" else answer
        else:
            answer = np.asarray(model.predict_proba(frame[judged]), float)
            answer = answer[:, 1:] if card["task"] == "binary" else answer
        answers.append(answer)
        row[name] = metric.score(truth[judged], answer)
        row[f"{name}_seconds"] = round(time.monotonic() - began, 2)
    row["mean"] = metric.score(truth[judged], (answers[0] + answers[1]) / 2)
    return row


def main() -> None:
    """Run what has no row yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "defaults.jsonl")
    given = parser.parse_args()
    names = (
        given.only.split(",") if given.only else sorted(path.parent.name for path in given.tasks.glob("*/card.json"))
    )
    done = {row["task"] for row in rows_of(given.out)}
    for name in names:
        if name not in done:
            row = run_task(given.tasks / name)
            append(given.out, {**row, **machine()})
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
