"""Build and judge on real tables as a user would: command line only, scored outside on rows never given.

    python benchmarks/tasks.py --tasks DIR [--time 30s] [--only NAME,NAME] [--raw] [--out FILE]

Each task is a folder with ``table.parquet``, ``split.parquet`` and ``card.json``. Of the card only target, metric,
positive label, task and (unless --raw) the leak columns are used; for comparison its trivial score and its quick
model's. One row a task is appended to the results; a task that has its row already is not run again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from machine import machine

from journeyman.statistics.metrics.named import metric_named

TWELVE = (
    "auto_imports,meats_fat,penguins_raw,german_credit,titanic3,life_expectancy,hpc_jobs,telco_churn,"
    "bank_marketing,adult_income,letters,wine_quality"
)


def run_task(folder: Path, seconds: str, raw: bool) -> dict[str, Any]:
    """One table: build, predict, score."""
    card = json.loads((folder / "card.json").read_text())
    table = pl.read_parquet(folder / "table.parquet")
    if not raw:
        table = table.drop([name for name in card.get("leak", []) if name in table.columns])
    test = pl.read_parquet(folder / "split.parquet")["test"]
    target = card["target"]
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        table.filter(~test).write_csv(work / "train.csv")
        table.filter(test).drop(target).write_csv(work / "test.csv")
        command = [sys.executable, "-m", "journeyman", "build", "train.csv", "--predict", target, "--time", seconds]
        began = time.monotonic()
        built = subprocess.run([*command, "--json", "--out", "run"], cwd=work, capture_output=True, text=True)
        wall = time.monotonic() - began
        row: dict[str, Any] = {
            "task": folder.name,
            "time": seconds,
            "raw": raw,
            "exit": built.returncode,
            "wall": round(wall, 2),
        }
        if built.returncode:
            return {**row, "error": built.stderr[-400:]}
        summary = json.loads(built.stdout)
        command = [sys.executable, "-m", "journeyman", "predict", "run", "test.csv", "-o", "out.csv"]
        predicted = subprocess.run(command, cwd=work, capture_output=True, text=True)
        row["predict_exit"] = predicted.returncode
        if predicted.returncode:
            return {**row, "error": predicted.stderr[-400:]}
        out = pl.read_csv(work / "out.csv", infer_schema=False)
        row["score"] = score(card, table.filter(test)[target], out, summary)
    baseline = card["baseline"]
    row |= {
        "metric": card["metric"],
        "trivial": baseline["trivial"][card["metric"]],
        "quick": baseline["lightgbm_quick"][card["metric"]],
        "direction": card["metric_direction"],
        "found": summary["task"],
        "card_task": card["task"],
        "chosen": summary["chosen"]["name"],
        "verdict": summary["verdict"]["decision"],
        "printed": summary["evaluation"],
        "finished": sum(one["status"] == "done" for one in summary["trials"]),
    }
    sign = 1 if card["metric_direction"] == "max" else -1
    row["above_trivial"] = bool(sign * (row["score"] - row["trivial"]) > 0)
    row["above_quick"] = bool(sign * (row["score"] - row["quick"]) > 0)
    return row


def score(card: dict[str, Any], truth: pl.Series, out: pl.DataFrame, summary: dict[str, Any]) -> float:
    """The card's metric on the rows that were kept back; a row without an answer gets the worst plausible one."""
    metric = metric_named(card["metric"])
    there = truth.is_not_null().to_numpy()
    if card["task"] == "regression":
        answers = out["prediction"].cast(pl.Float64, strict=False).to_numpy()
        middle = float(np.nanmean(answers))
        answers = np.where(np.isnan(answers), middle, answers)
        return metric.score(truth.cast(pl.Float64).to_numpy()[there], answers[there, None], None)
    words = [_spelling(cell) for cell in truth.to_list()]
    names = [name for name in out.columns if name.startswith("probability_")]
    classes = [name.removeprefix("probability_") for name in names]
    if card["task"] == "binary":
        positive = _spelling(card.get("positive", 1))
        if positive not in classes:
            positive = next(one for one in classes if one.casefold() in {positive.casefold(), "true", "1"})
        answers = out[names[classes.index(positive)]].cast(pl.Float64, strict=False).fill_null(0.5).to_numpy()[:, None]
        codes = np.array([float(word == positive) for word in words])
    else:
        answers = out.select(names).cast(pl.Float64).fill_null(1 / len(names)).to_numpy()
        for missing in sorted({word for word in words if word not in classes}):
            classes.append(missing)
            answers = np.hstack([answers, np.full((len(answers), 1), 1e-15)])
        codes = np.array([float(classes.index(word)) for word in words])
    return metric.score(codes[there], answers[there], None)


def _spelling(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell)


def main() -> None:
    """Run what has no row yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path, required=True)
    parser.add_argument("--time", default="30s")
    parser.add_argument("--only", default=TWELVE, help="names, or 'all'")
    parser.add_argument("--raw", action="store_true", help="keep the leak columns")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "tasks.jsonl")
    given = parser.parse_args()
    names = sorted(path.parent.name for path in given.tasks.glob("*/card.json"))
    if given.only != "all":
        names = given.only.split(",")
    known = [json.loads(line) for line in given.out.read_text().splitlines()] if given.out.exists() else []
    done = {(row["task"], row["time"], row["raw"]) for row in known}
    for name in names:
        if (name, given.time, given.raw) in done:
            continue
        row = run_task(given.tasks / name, given.time, given.raw)
        given.out.parent.mkdir(exist_ok=True)
        with given.out.open("a") as file:
            file.write(json.dumps({**row, **machine()}) + "\n")
        told = {key: row.get(key) for key in ("exit", "wall", "metric", "score", "trivial", "quick", "chosen", "error")}
        sys.stdout.write(f"{name}: {told}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
