"""Build and judge on real tables as a user would: command line only, scored outside on rows never given.

    python benchmarks/tasks.py --tasks DIR [--time 30s] [--only NAME,NAME] [--raw | --told] [--out FILE]
    python benchmarks/tasks.py --table [--out FILE]

Each task is a folder with ``table.parquet``, ``split.parquet`` and ``card.json``. Of the card only target, metric and
positive label are given to the build. Without --raw the card's leak columns are left out of the table (these figures
count); with it they are in, and the row says which were caught. With --told the tasks whose card names an entity or a
time are built with --entity and --when. Trivial and quick scores of the card stand beside ours.

One row a task is appended to the results; a task that has its row already is not run again. ``--table`` writes the
results as Markdown to standard output.
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
from rows import append, rows_of

from journeyman.statistics.metrics.named import metric_named

#: Ways to run: as it counts, with leak columns left in, and told of entity and time.
MODES = ("plain", "raw", "told")


def run_task(folder: Path, seconds: str, mode: str) -> dict[str, Any]:
    """One table: build, predict, score."""
    card = json.loads((folder / "card.json").read_text())
    table = pl.read_parquet(folder / "table.parquet")
    leaks = [name for name in card.get("leak", []) if name in table.columns]
    if mode != "raw":
        table = table.drop(leaks)
    test = pl.read_parquet(folder / "split.parquet")["test"]
    target = card["target"]
    command = ["build", "train.csv", "--predict", target, "--metric", card["metric"], "--time", seconds]
    if "positive" in card:
        command += ["--positive", spelling(card["positive"])]
    if mode == "told":
        command += _told(card, table.columns)
    row: dict[str, Any] = {"task": folder.name, "time": seconds, "mode": mode}
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        table.filter(~test).write_csv(work / "train.csv")
        table.filter(test).drop(target).write_csv(work / "test.csv")
        began = time.monotonic()
        built = journeyman([*command, "--json", "--out", "run"], work)
        row |= {"exit": built.returncode, "wall": round(time.monotonic() - began, 2)}
        if built.returncode:
            return {**row, "error": built.stderr[-400:]}
        summary = json.loads(built.stdout)
        predicted = journeyman(["predict", "run", "test.csv", "-o", "out.csv"], work)
        row["predict_exit"] = predicted.returncode
        if predicted.returncode:
            return {**row, "error": predicted.stderr[-400:]}
        out = pl.read_csv(work / "out.csv", infer_schema=False)
        row["score"] = score(card, table.filter(test)[target], out)
        row["refused"] = int((out["status"] == "refused").sum())
        row["bytes"] = sum(path.stat().st_size for path in (work / "run" / "bundle").iterdir())
    return row | _judged(card, summary, row["score"]) | ({"leaks": _caught(leaks, summary)} if mode == "raw" else {})


def journeyman(arguments: list[str], work: Path) -> subprocess.CompletedProcess[str]:
    """A command of ours in a process of its own, in some folder."""
    command = [sys.executable, "-m", "journeyman", *arguments]
    return subprocess.run(command, cwd=work, capture_output=True, text=True)


def _told(card: dict[str, Any], columns: list[str]) -> list[str]:
    """The options that say what the card says of entity and time."""
    given = []
    for option, field in (("--entity", "group"), ("--when", "time")):
        if card.get(field) in columns:
            given += [option, card[field]]
    return given


def _judged(card: dict[str, Any], summary: dict[str, Any], delivered: float) -> dict[str, Any]:
    """What was found, printed and chosen, and how the delivered score stands beside the card's."""
    metric = card["metric"]
    sign = 1 if card["metric_direction"] == "max" else -1
    trivial, quick = card["baseline"]["trivial"][metric], card["baseline"]["lightgbm_quick"][metric]
    printed = summary["evaluation"].get(metric, {})
    low, high = printed.get("low"), printed.get("high")
    return {
        "metric": metric,
        "direction": card["metric_direction"],
        "trivial": trivial,
        "quick": quick,
        "printed": printed,
        "holds": None if low is None else low <= delivered <= high,
        "above_trivial": bool(sign * (delivered - trivial) > 0),
        "above_quick": bool(sign * (delivered - quick) > 0),
        "found": summary["task"],
        "card_task": card["task"],
        "folds": summary["folds"]["kind"],
        "chosen": summary["chosen"]["name"],
        "verdict": summary["verdict"]["decision"],
        "finished": sum(one["status"] == "done" for one in summary["trials"]),
        "tried": len(summary["trials"]),
        "seconds": summary["timings"],
    }


def _caught(leaks: list[str], summary: dict[str, Any]) -> dict[str, bool]:
    """Which leak columns were kept from the model, or warned of as leaks."""
    roles = {column["name"]: column["role"] for column in summary["schema"]}
    warned = {name for one in summary["findings"] if "leak" in one["code"] for name in one["columns"]}
    return {name: roles.get(name) != "feature" or name in warned for name in leaks}


def score(card: dict[str, Any], truth: pl.Series, out: pl.DataFrame) -> float:
    """The card's metric on the rows that were kept back; a row without an answer gets a middling one."""
    metric = metric_named(card["metric"])
    there = truth.is_not_null().to_numpy()
    if card["task"] == "regression":
        answers = out["prediction"].cast(pl.Float64, strict=False).to_numpy()
        middle = float(np.nanmean(answers))
        answers = np.where(np.isnan(answers), middle, answers)
        return metric.score(truth.cast(pl.Float64).to_numpy()[there], answers[there, None], None)
    words = [spelling(cell) for cell in truth.to_list()]
    names = [name for name in out.columns if name.startswith("probability_")]
    classes = [name.removeprefix("probability_") for name in names]
    if card["task"] == "binary":
        positive = spelling(card.get("positive", 1))
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


def spelling(cell: Any) -> str:
    """A cell as it stands in a text file that was written from a typed one."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell)


def as_markdown(rows: list[dict[str, Any]]) -> str:
    """The results as tables, one a way of running and a time."""
    text = ["# Real tables, built at the command line and scored outside", ""]
    for mode in MODES:
        for seconds in sorted({row["time"] for row in rows if row["mode"] == mode}):
            some = [row for row in rows if (row["mode"], row["time"]) == (mode, seconds)]
            some.sort(key=lambda row: str(row["task"]))
            text += [f"## {mode}, --time {seconds}", "", _totals(some), ""]
            text += ["| task | metric | trivial | quick | printed | delivered | folds | chosen | verdict | s |"]
            text += ["|---|---|--:|--:|---|--:|---|---|---|--:|"]
            text += [_line(row) for row in some]
            text += [""]
    return "\n".join(text)


def _totals(rows: list[dict[str, Any]]) -> str:
    scored = [row for row in rows if "score" in row]
    said = [row for row in scored if row["holds"] is not None]
    caught = [is_caught for row in scored for is_caught in row.get("leaks", {}).values()]
    told = [
        f"{len(rows)} tasks: exit 0 on {sum(row['exit'] == 0 for row in rows)}",
        f"longest {max(row['wall'] for row in rows)} s",
        f"above trivial {sum(row['above_trivial'] for row in scored)}",
        f"above quick {sum(row['above_quick'] for row in scored)}",
        f"the printed interval contains the delivered score on {sum(row['holds'] for row in said)} of {len(said)}",
    ]
    if caught:
        told.append(f"leak columns caught {sum(caught)} of {len(caught)}")
    return "; ".join(told)


def _line(row: dict[str, Any]) -> str:
    if "score" not in row:
        return f"| {row['task']} | exit {row['exit']} | | | | | | | | {row['wall']} |"
    printed = row["printed"]
    interval = (
        "" if printed.get("low") is None else f"{printed['value']:.4g} [{printed['low']:.4g}, {printed['high']:.4g}]"
    )
    mark = "**" if row["above_quick"] else ""
    cells = [
        row["task"], row["metric"], f"{row['trivial']:.4g}", f"{row['quick']:.4g}", interval,
        f"{mark}{row['score']:.4g}{mark}", row["folds"], row["chosen"], row["verdict"], f"{row['wall']:.0f}",
    ]  # fmt: skip
    if "leaks" in row:
        cells[7] += f" (caught {sum(row['leaks'].values())} of {len(row['leaks'])})"
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Run what has no row yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--time", default="30s")
    parser.add_argument("--only", default="", help="names; default all")
    parser.add_argument("--raw", action="store_true", help="keep the leak columns")
    parser.add_argument("--told", action="store_true", help="give --entity and --when where the card has them")
    parser.add_argument("--table", action="store_true", help="write the results as Markdown")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "tasks.jsonl")
    given = parser.parse_args()
    known = rows_of(given.out)
    if given.table:
        sys.stdout.write(as_markdown(known) + "\n")
        return
    if given.tasks is None:
        parser.error("--tasks DIR is needed")
    mode = "raw" if given.raw else "told" if given.told else "plain"
    cards = {path.parent.name: json.loads(path.read_text()) for path in sorted(given.tasks.glob("*/card.json"))}
    # Where there is nothing to leave in, or to tell, the run would be the plain one again.
    worth = {"plain": ("target",), "raw": ("leak",), "told": ("group", "time")}[mode]
    names = given.only.split(",") if given.only else [name for name, card in cards.items() if any(map(card.get, worth))]
    done = {(row["task"], row["time"], row["mode"]) for row in known}
    for name in names:
        if (name, given.time, mode) in done:
            continue
        row = run_task(given.tasks / name, given.time, mode)
        given.out.parent.mkdir(exist_ok=True)
        append(given.out, {**row, **machine()})
        keys = ("exit", "wall", "metric", "score", "printed", "trivial", "quick", "chosen", "finished", "error")
        sys.stdout.write(f"{name}: { {key: row[key] for key in keys if key in row} }\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
