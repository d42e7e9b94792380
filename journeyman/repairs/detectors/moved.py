"""What belongs into an empty cell stands behind the text of another one: ``Austin TX`` beside no state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from journeyman.repairs.grid import Grid, Written
from journeyman.repairs.rule import Doubts, Rule, Verdict, by_level

STAGE = 1
#: So many rows must show it, and texts of the other column that stand so often.
_FEWEST_ROWS, _FEWEST_CELLS = 3, 3
_MOST_COLUMNS, _MOST_TEXTS = 60, 2_000


def learn(grid: Grid) -> Iterator[Rule]:
    """Two rules for each pair of columns: what is left of the one, and what fills the other."""
    columns = list(grid.columns.values())[:_MOST_COLUMNS]
    for empty in columns:
        if not 0 < grid.rows - empty.filled < 0.5 * grid.rows:
            continue
        words = {
            level
            for level, count in zip(empty.levels, empty.counts.tolist(), strict=True)
            if count >= _FEWEST_CELLS and level.strip()
        }
        if not 2 <= len(words) <= _MOST_TEXTS:
            continue
        is_empty = ~empty.is_filled[empty.codes]
        for column in columns:
            if column is not empty and _rows(column, words, is_empty) >= max(_FEWEST_ROWS, 0.2 * is_empty.sum()):
                yield Rule("moved", column.name, {"to": empty.name, "words": sorted(words)})
                yield Rule("moved", empty.name, {"from": column.name, "words": sorted(words)})


def apply(rule: Rule, grid: Grid) -> Doubts | None:
    """The cells that hold another's text behind their own, or the empty ones that it belongs to."""
    words = set(rule.knows["words"])
    other = grid.columns.get(rule.knows.get("to") or rule.knows["from"])
    column = grid.columns[rule.column]
    if other is None:
        return None
    full, empty = (column, other) if "to" in rule.knows else (other, column)
    parts = [_parts(level, words) for level in full.levels]
    has_one = np.array([part is not None for part in parts])
    rows = np.flatnonzero(~empty.is_filled[empty.codes] & has_one[full.codes])
    if not len(rows):
        return None
    at = 0 if "to" in rule.knows else 1
    why = f"it ends in what belongs into {other.name!r}" if at == 0 else f"{other.name!r} holds what belongs here"
    verdicts = {code: Verdict(0.95, part[at], 0.9, why) for code, part in enumerate(parts) if part is not None}
    narrowed = Written(rule.column, full.cells.take(rows))
    made = by_level(rule, narrowed, verdicts)
    if made is None:
        return None
    return Doubts(made.detector, made.column, rows[made.rows], made.strength, made.after, made.sure, made.why)


def _rows(column: Written, words: set[str], is_empty: np.ndarray) -> int:
    """How many rows hold a word of the other column at the end of this one's text, where the other is empty."""
    codes, counts = np.unique(column.codes[is_empty], return_counts=True)
    seen = Counter[str]()
    for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
        part = _parts(column.levels[code], words)
        if part is not None:
            seen[part[1]] += count
    return seen.total() if len(seen) >= 2 else 0


def _parts(level: str, words: set[str]) -> tuple[str, str] | None:
    """A text without the word at its end, and that word; None where none of the words stands there."""
    head, _, tail = level.rpartition(" ")
    return (head.rstrip(" ,;-"), tail) if tail in words and head.strip() else None
