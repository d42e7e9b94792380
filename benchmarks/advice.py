"""Is it better to follow the audit? Raw tables, built with its advice and against it, judged on honest rows.

    python benchmarks/advice.py --tasks DIR [--time 15s] [--only NAME,NAME] [--share 1/2] [--out FILE]
    python benchmarks/advice.py --table [--out FILE]

Each task is built twice at the command line, with everything in the table that its card calls a leak: once as it is,
once against all advice: every column that the audit took out is a feature again, and rows are neither kept together
nor put in time. The rows that judge were given to neither, and have the card's leak columns empty, for on the day of
the decision nobody knows them. "Worse beyond noise": 95 % of 300 draws of those rows say so. One row a task is
appended; a task that has its row is not run again.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from machine import machine
from rows import append, rows_of
from tasks import journeyman, score, spelling

OUT = Path(__file__).parent / "results" / "advice.jsonl"
#: Draws of the judging rows, and so many rows are drawn from.
DRAWS, MOST_ROWS = 300, 10_000


def run_task(folder: Path, seconds: str) -> dict[str, Any]:
    """One table, with the advice and against it."""
    card = json.loads((folder / "card.json").read_text())
    table = pl.read_parquet(folder / "table.parquet")
    test = pl.read_parquet(folder / "split.parquet")["test"]
    target = card["target"]
    judging = table.filter(test)
    leaks = [name for name in card.get("leak", []) if name in table.columns and name != target]
    hidden = judging.drop(target).with_columns(pl.lit(None, dtype=judging[name].dtype).alias(name) for name in leaks)
    row: dict[str, Any] = {"task": folder.name, "time": seconds, "metric": card["metric"]}
    row["direction"] = card["metric_direction"]
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        table.filter(~test).write_csv(work / "train.csv")
        hidden.write_csv(work / "test.csv")
        options = ["--predict", target, "--metric", card["metric"], "--time", seconds]
        options += ["--positive", spelling(card["positive"])] if "positive" in card else []
        answers = {}
        for way, more in (("with", []), ("against", _against(work, target))):
            built = _built(work, way, [*options, *more])
            row[way] = {key: value for key, value in built.items() if key != "out"}
            if "out" not in built:
                return row
            answers[way] = built["out"]
            row[way]["score"] = score(card, judging[target], built["out"])
    printed = row["with"]["printed"]
    low, high = printed.get("low"), printed.get("high")
    row["holds"] = None if low is None else bool(low <= row["with"]["score"] <= high)
    return row | _compared(card, judging[target], answers)


def _against(work: Path, target: str) -> list[str]:
    """The options that undo what an audit advises."""
    said = journeyman(["audit", "train.csv", "--predict", target, "--json", "-o", "audit.html"], work)
    schema = json.loads(said.stdout)["schema"] if not said.returncode else []
    out = [one["name"] for one in schema if one["role"] not in ("feature", "target")]
    found = ["--entity", "none", "--when", "none"]
    for name in out:
        found += ["--column", f"{name}:role=feature"]
    return found


def _built(work: Path, way: str, options: list[str]) -> dict[str, Any]:
    began = time.monotonic()
    built = journeyman(["build", "train.csv", *options, "--json", "--out", way], work)
    told: dict[str, Any] = {"exit": built.returncode, "wall": round(time.monotonic() - began, 1)}
    if built.returncode:
        return {**told, "error": built.stderr[-300:]}
    summary = json.loads(built.stdout)
    metric = summary["evaluation"]
    told |= {"chosen": summary["chosen"]["name"], "folds": summary["folds"]["kind"]}
    told["printed"] = metric.get(summary["metric"], {}) if isinstance(summary.get("metric"), str) else {}
    predicted = journeyman(["predict", way, "test.csv", "-o", f"{way}.csv"], work)
    if predicted.returncode:
        return {**told, "exit": predicted.returncode, "error": predicted.stderr[-300:]}
    return {**told, "out": pl.read_csv(work / f"{way}.csv", infer_schema=False)}


def _compared(card: dict[str, Any], truth: pl.Series, answers: dict[str, pl.DataFrame]) -> dict[str, Any]:
    """By how much the advice is better, with its interval over draws of the judging rows."""
    random = np.random.default_rng(0)
    rows = np.flatnonzero(truth.is_not_null().to_numpy())
    rows = rows if len(rows) <= MOST_ROWS else np.sort(random.choice(rows, MOST_ROWS, replace=False))
    sign = 1 if card["metric_direction"] == "max" else -1
    gains = []
    for _ in range(DRAWS):
        drawn = random.choice(rows, len(rows))
        pair = [score(card, truth[drawn], answers[way][drawn]) for way in ("with", "against")]
        gains.append(sign * (pair[0] - pair[1]))
    low, high = np.nanquantile(gains, [0.025, 0.975]).tolist()
    return {
        "gain": float(np.nanmean(gains)),
        "low": low,
        "high": high,
        "worse": bool(high < 0),
        "better": bool(low > 0),
    }


def as_markdown(rows: list[dict[str, Any]]) -> str:
    """The results as a table."""
    there = [row for row in rows if "gain" in row]
    said = [row["holds"] for row in there if row["holds"] is not None]
    better, worse = (sum(row[key] for row in there) for key in ("better", "worse"))
    first = f"{len(there)} tables: better by following the audit {better}, worse {worse}; "
    text = [
        f"{first}the printed interval holds the honest score on {sum(said)} of {len(said)}",
        "",
        "| task | metric | with the advice | against it | better by | folds | printed |",
        "|---|---|--:|--:|---|---|---|",
    ]
    for row in sorted(there, key=lambda one: str(one["task"])):
        gain = f"{row['gain']:+.4g} [{row['low']:+.4g}, {row['high']:+.4g}]"
        printed = row["with"]["printed"]
        held = f"[{printed['low']:.4g}, {printed['high']:.4g}]" if printed.get("low") is not None else ""
        folds = f"{row['with']['folds']} / {row['against']['folds']}"
        scores = f"{row['with']['score']:.4g} | {row['against']['score']:.4g}"
        text.append(f"| {row['task']} | {row['metric']} | {scores} | {gain} | {folds} | {held} |")
    text += [
        f"| {row['task']} | | {row.get('with')} {row.get('against')} | | | | |" for row in rows if "gain" not in row
    ]
    return "\n".join(text)


def main() -> None:
    """Run what has no row yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--time", default="15s")
    parser.add_argument("--only", default="")
    parser.add_argument("--share", default="1/1")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    known = rows_of(given.out) if given.out.exists() else []
    if given.table:
        sys.stdout.write(as_markdown(known) + "\n")
        return
    if given.tasks is None:
        parser.error("--tasks DIR is needed")
    part, parts = map(int, given.share.split("/"))
    names = (
        given.only.split(",") if given.only else sorted(path.parent.name for path in given.tasks.glob("*/card.json"))
    )
    names = list(dict.fromkeys(names))
    done = {(row["task"], row["time"]) for row in known}
    for place, name in enumerate(names):
        if place % parts != part - 1 or (name, given.time) in done:
            continue
        row = run_task(given.tasks / name, given.time)
        append(given.out, {**row, **machine()})
        sys.stdout.write(f"{name}: { {key: row.get(key) for key in ('gain', 'low', 'high', 'holds')} }\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
