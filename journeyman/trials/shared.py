"""The training rows as files that every worker maps into memory: nothing is copied, nothing is pickled."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.plan.step import text_array, words_of
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds
from journeyman.store.digest import digest_arrays, digest_data
from journeyman.table.columns import Columns, Strings

#: Name of the file that says what the arrays are; written last.
FACTS = "facts.json"


@dataclass(frozen=True)
class TrainingData:
    """What candidates are tried on: feature columns, target, folds."""

    columns: Columns
    target: Target
    folds: Folds

    def digest(self) -> str:
        """Changes with any cell, any fold and the seed; part of every result's key."""
        facts, arrays = _taken_apart(self)
        return digest_data([facts, digest_arrays(arrays)])


def share(data: TrainingData, folder: Path) -> None:
    """Write the rows below a folder of our own."""
    facts, arrays = _taken_apart(data)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    (folder / FACTS).write_text(json.dumps({**facts, "arrays": sorted(arrays)}))


def open_shared(folder: Path) -> TrainingData:
    """Map what `share` wrote, read-only."""
    facts = json.loads((folder / FACTS).read_text())
    arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in facts["arrays"]}
    words = tuple(
        Strings(np.asarray(arrays["codes"][place]), words_of(np.asarray(arrays[f"levels_{place}"])))
        for place in range(len(facts["word_names"]))
    )
    columns = Columns.of(
        rows=facts["rows"],
        numbers=np.asarray(arrays["numbers"]),
        number_names=facts["number_names"],
        dates=np.asarray(arrays["dates"]),
        dates_missing=np.asarray(arrays["dates_missing"]),
        date_names=facts["date_names"],
        words=words,
        word_names=facts["word_names"],
        text_names=facts["text_names"],
    )
    there = {name: np.asarray(arrays[name]) if name in arrays else None for name in ("weights", "groups", "order")}
    target = Target(
        task=facts["task"],
        values=np.asarray(arrays["values"]),
        classes=tuple(facts["classes"]),
        fold_kind=facts["fold_kind"],
        seed=facts["seed"],
        **there,
    )
    folds = Folds(facts["fold_kind"], facts["fold_count"], np.asarray(arrays["fold_number"]))
    return TrainingData(columns, target, folds)


def _taken_apart(data: TrainingData) -> tuple[dict[str, Any], dict[str, np.ndarray[Any, Any]]]:
    columns, target = data.columns, data.target
    arrays: dict[str, np.ndarray[Any, Any]] = {
        "numbers": columns.numbers,
        "dates": columns.dates,
        "dates_missing": columns.dates_missing,
        "values": target.values,
        "fold_number": data.folds.number,
    }
    for place, column in enumerate(columns.words):
        arrays[f"levels_{place}"] = text_array(column.levels)
    if columns.words:
        arrays["codes"] = np.stack([column.codes for column in columns.words])
    for name in ("weights", "groups", "order"):
        value = getattr(target, name)
        if value is not None:
            arrays[name] = value
    facts = {
        "rows": columns.rows,
        "number_names": list(columns.number_names),
        "date_names": list(columns.date_names),
        "word_names": list(columns.word_names),
        "text_names": list(columns.text_names),
        "task": target.task,
        "classes": list(target.classes),
        "fold_kind": data.folds.kind,
        "fold_count": data.folds.count,
        "seed": target.seed,
    }
    return facts, arrays
