"""Do bounds and sets hold 90 % of new rows? Built and applied through the command line, counted outside.

    python benchmarks/intervals.py --tasks DIR [--splits random,groups,later] [--trials 3] [--only NAMES] [--out FILE]
    python benchmarks/intervals.py --worlds [--trials 3] [--only NAMES] [--out FILE]
    python benchmarks/intervals.py --table [--out FILE]

Of real tasks (``table.parquet``, ``split.parquet``, ``card.json``) those are taken whose test rows were drawn at
random; with --splits also those of new groups (built with --entity) and of a later time (built with --when). At most
20,000 of the rows to learn from are given, drawn with a fixed seed; all test rows are judged. Worlds are simulated,
with 10,000 fresh rows to judge. One row a table is appended to the results; a table that has its row is not run
again. ``--table`` writes the results as Markdown.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from machine import machine
from rows import append, rows_of

from journeyman.bundle.predictions import BETWEEN_LABELS
from journeyman.statistics.proportion import proportion

NOMINAL, BAND = 0.9, (0.88, 0.92)
MOST_ROWS, FRESH_ROWS = 20_000, 10_000
#: How a split rule of a card begins, and what kind of split that is.
SPLITS = {"random": "random", "given": "random", "25% of the groups": "groups", "later": "later", "last": "later"}
LAWS, SIZES = ("linear", "smooth", "trees", "no_signal"), (300, 2000)


class Case(NamedTuple):
    """Rows to learn from, rows to judge by, what to predict, and what else the build is told."""

    name: str
    split: str
    target: str
    train: pl.DataFrame
    test: pl.DataFrame
    options: tuple[str, ...] = ()


def real(folder: Path) -> Case:
    """A real table as its card splits it."""
    card = json.loads((folder / "card.json").read_text())
    table = pl.read_parquet(folder / "table.parquet")
    test = pl.read_parquet(folder / "split.parquet")["test"]
    target = card["target"]
    table = table.drop([name for name in card.get("leak", []) if name in table.columns])
    there = table[target].is_not_null()
    train, judged = table.filter(there & ~test), table.filter(there & test)
    if train.height > MOST_ROWS:
        kept = np.random.default_rng(0).choice(train.height, MOST_ROWS, replace=False)
        train = train[np.sort(kept)]
    split = split_of(card)
    said = {"groups": ("--entity", card.get("group")), "later": ("--when", card.get("time"))}.get(split, ("", None))
    return Case(folder.name, split, target, train, judged, said if said[1] in table.columns else ())


def split_of(card: dict[str, Any]) -> str:
    """The kind of a card's split."""
    return next((kind for begin, kind in SPLITS.items() if card["split_rule"].startswith(begin)), "groups")


def worlds() -> Iterator[str]:
    """Names of the simulated tables."""
    for law in LAWS:
        for task in ("regression", "binary", "multiclass"):
            yield from (f"{law} {task} {rows}" for rows in SIZES)


def simulated(name: str) -> Case:
    """A world by its name."""
    from journeyman.simulation.world import World

    law, task, rows = name.split()
    world = World(law=law, task=task, rows=int(rows), seed=int(rows))  # type: ignore[arg-type]  # of the names above
    fresh = world.draw(FRESH_ROWS, stream=3)
    frames = [pl.DataFrame(dict(one)).with_columns(pl.selectors.float().fill_nan(None)) for one in
              (world.columns, fresh.columns)]  # fmt: skip
    return Case(name, "simulated", world.target, frames[0], frames[1])


def run(case: Case, trials: int) -> dict[str, Any]:
    """Build, predict, count."""
    row: dict[str, Any] = {"table": case.name, "split": case.split, "trials": trials}
    row |= {"train": case.train.height, "test": case.test.height}
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        case.train.write_csv(work / "train.csv")
        case.test.drop(case.target).write_csv(work / "test.csv")
        case.test.select(case.target).write_csv(work / "truth.csv")
        began = time.monotonic()
        command = ["build", "train.csv", "--predict", case.target, "--trials", str(trials), *case.options]
        built = _journeyman([*command, "--json", "--out", "run"], work)
        row |= {"exit": built.returncode, "wall": round(time.monotonic() - began, 2)}
        if built.returncode:
            return {**row, "error": built.stderr[-400:]}
        summary = json.loads(built.stdout)
        predicted = _journeyman(["predict", "run", "test.csv", "-o", "out.csv"], work)
        if predicted.returncode:
            return {**row, "exit": predicted.returncode, "error": predicted.stderr[-400:]}
        out = pl.read_csv(work / "out.csv", infer_schema=False)[:, case.test.width - 1 :]
        truth = pl.read_csv(work / "truth.csv", infer_schema=False)[case.target]
    said = summary["uncertainty"]
    row |= {"task": summary["task"], "folds": summary["folds"]["kind"], "chosen": summary["chosen"]["name"]}
    row |= {"kind": said["kind"], "printed": said.get("coverage")}
    if said["kind"] == "none":
        return {**row, "said": said["promise"]}
    return row | (of_numbers(truth, out) if said["kind"] == "interval" else of_classes(truth, out, summary["classes"]))


def _journeyman(arguments: Sequence[str], work: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "journeyman", *arguments]
    return subprocess.run(command, cwd=work, capture_output=True, text=True)


def of_numbers(truth: pl.Series, out: pl.DataFrame) -> dict[str, Any]:
    """How many numbers lie between their bounds, also by fifths of the prediction; how wide these are."""
    names = ("prediction", "low", "high")
    predicted, low, high = (out[name].cast(pl.Float64, strict=False).to_numpy() for name in names)
    actual = truth.cast(pl.Float64, strict=False).to_numpy()
    judged = np.isfinite(actual) & np.isfinite(low)
    held = ((low <= actual) & (actual <= high))[judged]
    fifth = np.searchsorted(np.nanquantile(predicted[judged], [0.2, 0.4, 0.6, 0.8]), predicted[judged])
    wide = float(np.median((high - low)[judged]))
    without = float(np.diff(np.quantile(actual[judged], [0.05, 0.95]))[0])
    parts = [float(held[fifth == one].mean()) for one in np.unique(fifth)]
    return _held(held) | {"size": wide, "without": without, "least_part": min(parts)}


def of_classes(truth: pl.Series, out: pl.DataFrame, classes: Sequence[str]) -> dict[str, Any]:
    """How many sets hold the label that came, also class by class; how many labels they have, and how right one is."""
    sets = [None if cell is None else cell.split(BETWEEN_LABELS) for cell in out["prediction_set"].to_list()]
    labels = truth.to_list()
    judged = [(held, label) for held, label in zip(sets, labels, strict=True) if held is not None and label is not None]
    held = np.array([label in labels for labels, label in judged])
    came = np.array([label for _, label in judged], dtype=object)
    count = np.array([len(labels) for labels, _ in judged])
    parts = [float(held[came == one].mean()) for one in classes if np.sum(came == one) >= 20]
    right = np.array([one == other for one, other in zip(out["prediction"].to_list(), labels, strict=True)])
    return _held(held) | {
        "size": float(count.mean()),
        "without": len(classes),
        "least_part": min(parts, default=None),
        "single": float((count == 1).mean()),
        "single_right": float(held[count == 1].mean()) if (count == 1).any() else None,
        "accuracy": float(right.mean()),
    }


def _held(held: np.ndarray[Any, Any]) -> dict[str, Any]:
    found = proportion(held, np.ones(len(held)), np.arange(len(held)))
    return {"judged": len(held), "coverage": found.value, "low": found.low, "high": found.high}


def as_markdown(rows: Sequence[dict[str, Any]]) -> str:
    """The results as tables: numbers, then classes."""
    text = ["# Bounds and sets, nominal 90 %, on rows kept apart", ""]
    for kind, what in (("interval", "Bounds of numbers"), ("set", "Sets of labels")):
        some = sorted((row for row in rows if row.get("kind") == kind), key=lambda row: (row["split"], row["table"]))
        if not some:
            continue
        text += [f"## {what}", "", _totals(some), ""]
        text += ["| table | split | rows | judged | held | 95 % | least part | printed | size | without |"]
        text += ["|---|---|--:|--:|--:|---|--:|---|--:|--:|", *map(_line, some), ""]
    others = [f"- {row['table']}: {row.get('said') or row.get('error')}" for row in rows if "coverage" not in row]
    return "\n".join([*text, *(["## Without", "", *others, ""] if others else [])])


def _totals(rows: Sequence[dict[str, Any]]) -> str:
    inside = sum(BAND[0] <= row["coverage"] <= BAND[1] for row in rows)
    near = sum(row["low"] <= BAND[1] and row["high"] >= BAND[0] for row in rows)
    enough = sum(row["high"] >= NOMINAL for row in rows)
    told = [
        f"{len(rows)} tables: {inside} hold 88 to 92 %",
        f"{near} do within the error of their test rows",
        f"{enough} hold 90 % or more within that error",
        f"mean {100 * np.mean([row['coverage'] for row in rows]):.1f} %",
    ]
    alone = [row for row in rows if row.get("accuracy", 0) > NOMINAL]
    if alone:
        told.append(f"on {len(alone)} the prediction alone is right in more than 90 %, and a set is never less than it")
    return "; ".join(told)


def _line(row: dict[str, Any]) -> str:
    printed = row["printed"] or {}
    said = "" if printed.get("low") is None else f"{100 * printed['low']:.1f} to {100 * printed['high']:.1f}"
    least = "" if row["least_part"] is None else f"{100 * row['least_part']:.0f}"
    mark = "**" if BAND[0] <= row["coverage"] <= BAND[1] else ""
    cells = [
        row["table"], row["split"], f"{row['train']:,}", f"{row['judged']:,}",
        f"{mark}{100 * row['coverage']:.1f}{mark}", f"{100 * row['low']:.1f} to {100 * row['high']:.1f}", least, said,
        f"{row['size']:.4g}", f"{row['without']:.4g}",
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Run what has no row yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--splits", default="random")
    parser.add_argument("--worlds", action="store_true", help="simulated tables")
    parser.add_argument("--trials", type=int, default=3)
    parser.add_argument("--only", default="", help="names; default all")
    parser.add_argument("--table", action="store_true", help="write the results as Markdown")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "intervals.jsonl")
    given = parser.parse_args()
    known = rows_of(given.out)
    if given.table:
        sys.stdout.write(as_markdown(known) + "\n")
        return
    if given.tasks is None and not given.worlds:
        parser.error("--tasks DIR, --worlds or --table is needed")
    cases: dict[str, Any] = {}
    if given.tasks is not None:
        for path in sorted(given.tasks.glob("*/card.json")):
            if split_of(json.loads(path.read_text())) in given.splits.split(","):
                cases[path.parent.name] = (real, path.parent)
    if given.worlds:
        cases |= {name: (simulated, name) for name in worlds()}
    wanted = given.only.split(",") if given.only else list(cases)
    done = {(row["table"], row["trials"]) for row in known}
    for name in wanted:
        if (name, given.trials) in done:
            continue
        make, what = cases[name]
        row = run(make(what), given.trials)
        given.out.parent.mkdir(exist_ok=True)
        append(given.out, {**row, **machine()})
        keys = ("exit", "wall", "kind", "coverage", "low", "high", "least_part", "size", "printed", "said", "error")
        sys.stdout.write(f"{name}: { {key: row[key] for key in keys if key in row} }\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
