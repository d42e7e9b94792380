"""Cells that are not what their column is: words among numbers, no dates among dates."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from journeyman.bundle.cells import fold
from journeyman.bundle.reader import missing_of
from journeyman.sources.meaning.missing import KNOWN
from journeyman.sources.meaning.seen import Seen
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding, Remedy

_MOST_ROWS = 100
_SHOWN = 5


def tell(seen: Seen) -> Iterator[Finding]:
    """Cells that cannot be read (``mixed_types``, ``date_invalid``), and words that were taken for "missing"."""
    refused = np.flatnonzero(seen.read.refused)
    if len(refused):
        yield _refused(seen, refused)
    learnt = _learnt_marks(seen)
    if learnt:
        yield _learnt(seen, learnt)


def _refused(seen: Seen, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Finding:
    column, cells = seen.column, seen.evidence.cells
    first = int(rows[0])
    value = cells.levels[cells.codes[first]] if isinstance(cells, Strings) else cells[first]
    kinds = {"number": "number", "flag": "yes or no", "date": "date"}
    return Finding(
        code="date_invalid" if column.kind == "date" else "mixed_types",
        severity="warning",
        message=f"{column.name!r} holds {len(rows):,} cells that are no {kinds.get(column.kind, column.kind)} "
        f"(first: row {first + 1:,}, {str(value)[:40]!r}); they count as missing",
        columns=(column.name,),
        rows=tuple(rows[:_MOST_ROWS].tolist()),
        numbers={"cells": len(rows), "count": len(rows), "examples": _examples(seen)},
        remedy=Remedy(action="review", words=f"correct them, or say --column {column.name}:kind=category"),
    )


def _examples(seen: Seen) -> list[list[object]]:
    texts = seen.texts
    if texts is None:
        return []
    is_refused = np.zeros(len(texts.levels), np.bool_)
    is_refused[seen.codes_of(seen.read.refused)] = True
    return seen.examples(is_refused)


def _learnt_marks(seen: Seen) -> dict[int, str]:
    """Words that count as missing in this column because they cannot be anything else, by their code."""
    texts = seen.texts
    if texts is None or seen.column.kind != "number":
        return {}
    learnt = {fold(word) for word in seen.column.missing} - KNOWN - seen.wished_missing
    learnt = {word for word in learnt if any(mark.isalpha() for mark in word)}
    codes = seen.codes_of(missing_of(seen.read.values)) if learnt else []
    return {code: texts.levels[code] for code in codes if fold(texts.levels[code]) in learnt}


def _learnt(seen: Seen, marks: dict[int, str]) -> Finding:
    texts = seen.texts
    counts = texts.counts() if texts is not None else np.empty(0, np.int64)
    is_mark = np.zeros(len(counts), np.bool_)
    is_mark[list(marks)] = True
    total = int(counts[is_mark].sum())
    name = seen.column.name
    listed = ", ".join(f"{text!r} {counts[code]:,}" for code, text in list(marks.items())[:_SHOWN])
    return Finding(
        code="mixed_types",
        severity="warning",
        message=f"{name!r} holds numbers, and words in {total:,} cells ({listed}); they count as missing",
        columns=(name,),
        rows=tuple(seen.rows_of(is_mark)[:_MOST_ROWS]),
        numbers={"cells": total, "count": total, "examples": seen.examples(is_mark)},
        remedy=Remedy(action="review", words=f"if the words say something, say --column {name}:kind=category"),
    )
