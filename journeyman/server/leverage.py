"""How far the answer moves as one column walks through its usual cells while the others stand: the form's order.

It is measured on the model alone, on rows made of usual cells; it says what a person who tries the model will see move,
not how important a column was in training.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from journeyman.bundle.model import Model
from journeyman.errors import InputError
from journeyman.server.typical import Typical

#: Rows from which each column walks: the typical one, and others through whose usual cells columns step at their pace.
_STANDS = 6
#: Rows scored together.
_TOGETHER = 4096


def leverage(model: Model, typical: Mapping[str, Typical]) -> dict[str, float]:
    """By column, the mean over standing rows of how far the answers of its usual cells are apart; at least 0.

    Columns that only the decision reads move no answer and have 0.
    """
    names = [column.name for column in model.columns]
    beside = [column.name for column in model.manifest.rule_columns if column.name not in set(names)]
    stands = [_stand(typical, [*names, *beside], step) for step in range(_STANDS)]
    rows: list[dict[str, Any]] = []
    spans: dict[str, list[tuple[int, int]]] = {}
    for name in names:
        for stand in stands:
            start = len(rows)
            rows += [{**stand, name: cell} for cell in typical[name].values]
            spans.setdefault(name, []).append((start, len(rows)))
    answers = _answers(model, rows)
    found = dict.fromkeys(beside, 0.0)
    for name in names:
        moved = [float(np.ptp(answers[start:end], axis=0).max()) for start, end in spans[name] if end > start]
        found[name] = float(np.mean(moved)) if moved and np.isfinite(moved).all() else 0.0
    return found


def _stand(typical: Mapping[str, Typical], names: list[str], step: int) -> dict[str, Any]:
    """A row of usual cells: the typical one for step 0."""
    row = {}
    for place, name in enumerate(names):
        values = typical[name].values or (None,)
        row[name] = values[(step * (1 + place % 3)) % len(values)]
    return row


def _answers(model: Model, rows: list[dict[str, Any]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The answers, (rows, outputs); NaN for rows that are refused."""
    parts = []
    for start in range(0, len(rows), _TOGETHER):
        try:
            said = model.predict(rows[start : start + _TOGETHER])
        except InputError:  # a column whose usual cells cannot be read; the form keeps the table's order
            return np.full((len(rows), 1), np.nan)
        known = said.prediction.reshape(-1, 1) if said.probabilities is None else said.probabilities
        parts.append(np.asarray(known, np.float64))
    return np.concatenate(parts) if parts else np.empty((0, 1))
