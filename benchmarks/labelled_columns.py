"""Columns that people labelled, as the learnt model of column types sees them."""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from journeyman.sources.meaning.learnt.facts import ColumnFacts, Summary
from journeyman.sources.meaning.learnt.features import Features, features_of

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_GONE = ("", "nan", "null", "NaN", "None")


@dataclass(frozen=True, eq=False)
class Labelled:
    """Columns with their labels.

    Shapes: ``features`` (columns, features); ``labels`` (columns,), places in ``classes``; ``files`` (columns,), which
    file each is of; ``dtypes`` (columns,), whether a program would say number, word or nothing
    """

    features: Features
    labels: NDArray[np.int64]
    classes: tuple[str, ...]
    files: NDArray[np.int64]
    facts: tuple[ColumnFacts, ...]


def labelled(path: Path) -> Labelled:
    """Read a table of labelled columns: the benchmark's own statistics, and five cells of each column."""
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.DictReader(file))
    facts = tuple(_facts(row) for row in rows)
    classes = tuple(sorted({row["y_act"] for row in rows}))
    return Labelled(
        features=np.stack([features_of(one) for one in facts]),
        labels=np.array([classes.index(row["y_act"]) for row in rows], np.int64),
        classes=classes,
        files=np.array([int(row["Record_id"]) for row in rows], np.int64),
        facts=facts,
    )


def _facts(row: dict[str, str]) -> ColumnFacts:
    cells = [row[f"sample_{place}"] for place in range(1, 6)]
    texts = tuple(dict.fromkeys(cell.strip() for cell in cells if cell.strip() and cell not in _GONE))
    mean, deviation, low, high = (_number(row[name]) for name in ("mean", "std_dev", "min_val", "max_val"))
    # What is no number has noughts for all four.
    is_number = bool(texts) and all(_NUMBER.fullmatch(text) for text in texts)
    is_number = is_number and (any((mean, deviation, low, high)) or float(texts[0]) == 0)
    return ColumnFacts(
        name=row["Attribute_name"],
        cells=int(_number(row["total_vals"])),
        missing=int(_number(row["num_nans"])),
        distinct=int(_number(row["num_of_dist_val"])),
        summary=Summary(mean, deviation, low, high) if is_number else None,
        texts=texts,
    )


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) else 0.0
