"""Is what a column is said to be, right? On columns that people labelled, and on the columns of real tables.

    python benchmarks/column_types.py --data FILE [--test FILE] [--tasks DIR] [--out FILE]
    python benchmarks/column_types.py --table [--out FILE]

--data is the training part of the SortingHat benchmark: the model is learnt anew on four fifths of it and judged on the
fifth, once with columns drawn at random, as the benchmark's own split is, and once with whole files kept aside. --test
is judged by the model that ships. --tasks counts, over real tables with cards, how many of the columns that a card
names as dates, texts and ids are read as that. Beside ours stands what the types of a data frame alone would say.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from labelled_columns import Labelled, labelled
from machine import machine
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold
from train_column_types import FOLDS, SEED, by_file, fitted

from journeyman.sources.meaning import understand
from journeyman.sources.meaning.learnt.shapes import SHAPES
from journeyman.sources.meaning.learnt.trees import Trees, shipped
from journeyman.sources.meaning.likely import SURE
from journeyman.sources.raw import cells_of

Folds = Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]]
OUT = Path(__file__).parent / "results" / "column_types.json"
#: What the card of a task calls columns, and the kinds that are right for them.
CARDS = {"dates": ("date",), "text": ("text",), "ids": ("id",)}


def main() -> None:
    """Judge, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    kept = json.loads(given.out.read_text("utf-8")) if given.out.exists() else {}
    if given.data:
        columns = labelled(given.data)
        random = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(columns.features, columns.labels)
        kept["at_random"] = judged(columns, out_of_fold(columns, list(random)))
        kept["by_file"] = judged(columns, out_of_fold(columns, by_file(columns)))
        kept["frame_types"] = frame_types(columns)
    if given.test:
        columns = labelled(given.test)
        kept["test"] = judged(columns, shipped().chances(columns.features))
        kept["test_frame_types"] = frame_types(columns)
    if given.tasks:
        kept["tasks"] = on_tasks(given.tasks)
    if not given.table:
        given.out.parent.mkdir(exist_ok=True)
        given.out.write_text(json.dumps(kept | machine(), indent=1) + "\n", "utf-8")
        given.out.with_suffix(".md").write_text(as_table(kept), "utf-8")
    sys.stdout.write(as_table(kept))


def out_of_fold(columns: Labelled, folds: Folds) -> NDArray[np.float64]:
    """The chances of each column by a model that did not learn from it, as sure as the one that ships may be."""
    found = np.zeros((len(columns.labels), len(columns.classes)))
    for train, test in folds:
        trees = fitted(columns.features[train], columns.labels[train], columns.classes)
        cooled = Trees(trees.classes, trees.trees, shipped().temperature)
        found[test] = cooled.chances(columns.features[test])
    return found


def judged(columns: Labelled, chances: NDArray[np.float64]) -> dict[str, Any]:
    """How often the likeliest label is right, in all and for each; how often none is likely enough."""
    labels, guessed, sure = columns.labels, chances.argmax(axis=1), chances.max(axis=1)
    right = guessed == labels
    bands = {}
    for low in (0.3, 0.6, 0.8, 0.9, 0.95):
        high = {0.3: 0.6, 0.6: 0.8, 0.8: 0.9, 0.9: 0.95, 0.95: 1.01}[low]
        inside = (sure >= low) & (sure < high)
        if inside.any():
            bands[f"{low:.2f}-{min(high, 1):.2f}"] = {
                "columns": int(inside.sum()),
                "said": float(sure[inside].mean()),
                "right": float(right[inside].mean()),
            }
    pairs = np.stack([columns.files, columns.labels], axis=1)
    _, which, counts = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    return {
        "columns": len(labels),
        "accuracy": float(right.mean()),
        "accuracy_where_sure": float(right[sure >= SURE].mean()),
        # One file of hundreds of like columns is one opinion.
        "accuracy_each_label_of_a_file_once": float(np.average(right, weights=1 / counts[which.reshape(-1)])),
        "unsure": float((sure < SURE).mean()),
        "recall": {name: float(right[labels == at].mean()) for at, name in enumerate(columns.classes)},
        "precision": {
            name: float(right[guessed == at].mean()) if (guessed == at).any() else None
            for at, name in enumerate(columns.classes)
        },
        "chances_that_come_true": bands,
    }


def frame_types(columns: Labelled) -> dict[str, float]:
    """What the type of a data frame's column says: numbers are numeric, ISO 8601 is dates, all else is categories."""
    guessed = []
    for facts in columns.facts:
        is_date = bool(facts.texts) and all(SHAPES["iso"].fullmatch(text) for text in facts.texts)
        guessed.append("numeric" if facts.summary else "datetime" if is_date else "categorical")
    labels = [columns.classes[at] for at in columns.labels.tolist()]
    return {"accuracy": float(np.mean([one == two for one, two in zip(guessed, labels, strict=True)]))}


def on_tasks(folder: Path) -> dict[str, Any]:
    """The columns that cards name, and as what they are read."""
    found: dict[str, dict[str, int]] = {name: {} for name in CARDS}
    columns = unsure = told = 0
    missed = []
    for card_file in sorted(folder.glob("*/card.json")):
        card = json.loads(card_file.read_text("utf-8"))
        table = pl.read_parquet(card_file.parent / "table.parquet")
        for series in table.get_columns():
            meaning = understand(series.name, cells_of(series), is_target=series.name == card["target"])
            columns += 1
            unsure += meaning.column.sure < SURE
            told += any(one.code == "unsure_kind" for one in meaning.findings)
            for name, kinds in CARDS.items():
                if series.name in card.get(name, []):
                    kind = meaning.column.kind
                    found[name][kind] = found[name].get(kind, 0) + 1
                    if kind not in kinds:
                        missed.append(f"{card['name']}.{series.name}: {name} read as {kind}")
    return {"columns": columns, "unsure": unsure, "unsure_told": told, "read_as": found, "other": missed}


def as_table(kept: dict[str, Any]) -> str:
    """The results for people."""
    lines = ["# What columns are", "", "| | columns | accuracy | where sure | unsure | not-generalizable found |"]
    lines.append("|---|--:|--:|--:|--:|--:|")
    names = {"at_random": "held out at random, five folds", "by_file": "whole files held out", "test": "test columns"}
    for key, name in names.items():
        if one := kept.get(key):
            lines.append(
                f"| {name} | {one['columns']:,} | {one['accuracy']:.4f} | {one['accuracy_where_sure']:.4f} "
                f"| {one['unsure']:.2%} | {one['recall']['not-generalizable']:.3f} |"
            )
    for key, name in (("frame_types", "types of a data frame"), ("test_frame_types", "the same, test columns")):
        if one := kept.get(key):
            lines.append(f"| {name} | | {one['accuracy']:.4f} | | | |")
    shown = [key for key in names if key in kept]
    if shown:
        lines += ["", "Recall:", "", "| label | " + " | ".join(names[key] for key in shown) + " |"]
        lines.append("|---|" + "--:|" * len(shown))
        for label in kept[shown[0]]["recall"]:
            lines.append(f"| {label} | " + " | ".join(f"{kept[key]['recall'][label]:.3f}" for key in shown) + " |")
    if tasks := kept.get("tasks"):
        lines += ["", f"Of {tasks['columns']:,} columns of real tables, {tasks['unsure']} are read with less than "]
        lines[-1] += f"{SURE:.0%} certainty, and {tasks['unsure_told']} of these are told."
        for name, kinds in tasks["read_as"].items():
            listed = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items(), key=lambda one: -one[1]))
            lines.append(f"Columns that cards call {name}: {listed}.")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
