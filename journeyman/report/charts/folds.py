"""How rows are split: in each round, which rows are learnt from, and which judge what was learnt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from markupsafe import Markup

from journeyman.report.charts.drawing import element, percent, strip
from journeyman.report.charts.numbers import floats, part

#: Cells of a line: they stand for the rows, in the table's order, or by entity, or by time.
CELLS = 60
_HEIGHT, _MOST = 18.0, 8


@dataclass(frozen=True)
class Round:
    """Rows learnt from and rows that judge; each cell is ``learns``, ``judges`` or ``waits``."""

    training: int
    scored: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Rounds:
    """The rounds, and how their rows hang together: ``random``, ``stratified``, ``entity`` or ``forward``."""

    kind: str
    rounds: tuple[Round, ...]


def facts(summary: Mapping[str, Any]) -> Rounds | None:
    """The record, or None where the split is not told."""
    folds = part(summary, "folds")
    training, scored = floats(folds.get("training")), floats(folds.get("scored"))
    if not training or len(training) != len(scored) or len(training) > _MOST:
        return None
    kind = str(folds.get("kind", ""))
    fold_of_cell = _cells(kind, len(scored))
    rounds = []
    for place, (learns, judges) in enumerate(zip(training, scored, strict=True)):
        cells = tuple(
            "judges" if one == place else "waits" if kind == "forward" and one > place else "learns"
            for one in fold_of_cell
        )
        rounds.append(Round(int(learns), int(judges), cells))
    return Rounds(kind, tuple(rounds))


def draw(record: Rounds, place: int) -> Markup:
    """One round: the rows as a line of cells."""
    one = record.rounds[place]
    strokes = [
        element("rect", x=percent(at / CELLS), y=2.0, width=percent(0.82 / CELLS), height=_HEIGHT - 4, class_=cell)
        for at, cell in enumerate(one.cells)
    ]
    words = f"round {place + 1}: {one.training:,} rows to learn from, {one.scored:,} to judge by"
    return strip(_HEIGHT, words, strokes)


def _cells(kind: str, count: int) -> list[int]:
    """The fold of each cell. A drawing: the rows behind it are split as told, not cell by cell."""
    if kind == "forward":
        # The first block is never judged, so it is before every round.
        return [at * (count + 1) // CELLS - 1 for at in range(CELLS)]
    together = 4 if kind == "entity" else 1
    units = np.arange(CELLS // together) % count
    units = np.random.default_rng(np.random.PCG64(7)).permutation(units)
    return [int(one) for one in np.repeat(units, together)]
