"""Learn what columns are from columns that people labelled, and write the model that the package ships.

    python benchmarks/train_column_types.py --data FILE [--out FOLDER]

FILE is the training part of the SortingHat benchmark: columns of open data with one of nine labels (ML-Data-Prep-Zoo).
The same data, seed and LightGBM write the same bytes. What it is worth is measured by ``benchmarks/column_types.py``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from labelled_columns import Labelled, labelled
from numpy.typing import NDArray

from journeyman.sources.meaning.learnt import trees as shipped
from journeyman.sources.meaning.learnt.features import FEATURES, PIECES, Features
from journeyman.sources.meaning.learnt.trees import FACTS, TREES, Trees, tree_type

LEAVES, ROUNDS, SEED = 15, 170, 0
PARAMETERS: dict[str, Any] = {
    "objective": "multiclass",
    "learning_rate": 0.1,
    "num_leaves": LEAVES,
    "min_data_in_leaf": 10,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 1.0,
    "max_bin": 63,
    "num_threads": 1,
    "deterministic": True,
    "force_col_wise": True,
    "seed": SEED,
    "verbose": -1,
}
#: Folds by file, in which the temperature is found.
FOLDS = 5


def main() -> None:
    """Learn, find how sure it may be, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(shipped.__file__).parent)
    given = parser.parse_args()
    columns = labelled(given.data)
    found = fitted(columns.features, columns.labels, columns.classes)
    temperature = best_temperature(columns)
    facts = {
        "classes": columns.classes,
        "features": FEATURES,
        "pieces_of_names": PIECES,
        "temperature": temperature,
        "learnt_from": {"columns": len(columns.labels), "files": len(np.unique(columns.files))},
    }
    np.save(given.out / TREES, found.trees, allow_pickle=False)
    (given.out / FACTS).write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
    size = (given.out / TREES).stat().st_size
    sys.stdout.write(f"{len(found.trees):,} trees, {size:,} bytes, temperature {temperature}\n")


def fitted(features: Features, labels: NDArray[np.int64], classes: tuple[str, ...]) -> Trees:
    """Trees that tell the classes of columns apart; ours give what LightGBM gives, or this fails."""
    data = lightgbm.Dataset(features, labels, free_raw_data=False)
    booster = lightgbm.train({**PARAMETERS, "num_class": len(classes)}, data, num_boost_round=ROUNDS)
    trees = np.zeros(ROUNDS * len(classes), tree_type(LEAVES))
    for place, tree in enumerate(booster.dump_model()["tree_info"]):
        _write(trees[place], tree["tree_structure"])
    found = Trees(classes, trees, 1.0)
    some = features[:: max(1, len(features) // 200)]
    if not np.allclose(found.chances(some), booster.predict(some), atol=1e-4):
        raise SystemExit("our trees do not give what LightGBM gives")
    return found


def best_temperature(columns: Labelled) -> float:
    """What scores are divided by so that the chances come true on files that nothing was learnt from."""
    scores = np.zeros((len(columns.labels), len(columns.classes)))
    for train, test in by_file(columns):
        found = fitted(columns.features[train], columns.labels[train], columns.classes)
        scores[test] = np.log(np.clip(found.chances(columns.features[test]), 1e-12, 1))
    every = np.arange(len(scores))
    # Each file counts once for each kind of column in it: one file of hundreds of like columns is one opinion.
    pairs = np.stack([columns.files, columns.labels], axis=1)
    _, which, counts = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    weights = 1 / counts[which.reshape(-1)]
    losses = {}
    for temperature in np.arange(0.8, 3.01, 0.05).round(2).tolist():
        raised = np.exp(scores / temperature)
        chances = raised / raised.sum(axis=1, keepdims=True)
        losses[temperature] = float((weights * -np.log(np.clip(chances[every, columns.labels], 1e-12, 1))).sum())
    return min(losses, key=lambda one: losses[one])


def by_file(columns: Labelled) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Folds that keep the columns of a file together: training and test places."""
    files = np.unique(columns.files)
    fold = dict(zip(files.tolist(), np.random.default_rng(SEED).permutation(len(files)) % FOLDS, strict=True))
    of_column = np.array([fold[file] for file in columns.files.tolist()])
    return [(np.flatnonzero(of_column != one), np.flatnonzero(of_column == one)) for one in range(FOLDS)]


def _below(threshold: float) -> np.float32:
    """The largest short number that is not above one: short numbers lie on the same side of both."""
    short = np.float32(threshold)
    return short if float(short) <= threshold else np.nextafter(short, np.float32(-np.inf))


def _write(row: Any, node: dict[str, Any]) -> None:
    """One tree of LightGBM, in our form."""
    if "leaf_value" in node and "split_index" not in node:
        row["left"] = row["right"] = -1
        row["leaf"][0] = node["leaf_value"]
        return
    stack = [node]
    while stack:
        one = stack.pop()
        at = one["split_index"]
        if one["decision_type"] != "<=":
            raise SystemExit(f"a split by {one['decision_type']}")
        row["feature"][at] = one["split_feature"]
        row["threshold"][at] = _below(one["threshold"])
        for side in ("left", "right"):
            child = one[f"{side}_child"]
            if "split_index" in child:
                row[side][at] = child["split_index"]
                stack.append(child)
            else:
                row[side][at] = -1 - child["leaf_index"]
                row["leaf"][child["leaf_index"]] = child["leaf_value"]


if __name__ == "__main__":
    main()
