"""Cells of a size that nobody types: a file in a cell, or a quote that was never closed."""

from __future__ import annotations

import numpy as np

from journeyman.sources.meaning.seen import Seen
from journeyman.table.finding import Finding, Remedy

#: Characters; documents in cells are shorter.
MOST_CHARACTERS = 1_000_000


def tell(seen: Seen) -> Finding | None:
    """Cells of more than a million characters (``huge_cell``)."""
    texts = seen.texts
    if texts is None or seen.is_plain:
        return None
    length = np.fromiter(map(len, texts.levels), np.int64, len(texts.levels))
    is_huge = length > MOST_CHARACTERS
    rows = seen.rows_of(is_huge) if is_huge.any() else []
    if not rows:
        return None
    name = seen.column.name
    longest = int(length[is_huge].max())
    return Finding(
        code="huge_cell",
        severity="warning",
        message=f"{name!r} holds {len(rows):,} cells of more than a million characters (first: row {rows[0] + 1:,}; "
        f"the longest has {longest:,})",
        columns=(name,),
        rows=tuple(rows[:100]),
        numbers={"cells": len(rows), "longest": longest},
        remedy=Remedy(action="review", words=f"look at them; to leave the column out, say --ignore {name}"),
    )
