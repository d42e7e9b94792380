"""Infinite numbers, which no model can take."""

from __future__ import annotations

import numpy as np

from journeyman.sources.meaning.seen import Seen
from journeyman.table.finding import Finding


def tell(seen: Seen) -> Finding | None:
    """How many numbers are infinite, or too large to be told (``infinite_values``; of a target ``target_infinite``)."""
    if seen.column.kind != "number":
        return None
    rows = np.flatnonzero(seen.read.unusual)
    if not len(rows):
        return None
    name = seen.column.name
    return Finding(
        code="target_infinite" if seen.evidence.is_target else "infinite_values",
        severity="warning",
        message=f"{name!r} holds {len(rows):,} infinite numbers (first: row {int(rows[0]) + 1:,}); "
        "they count as missing",
        columns=(name,),
        rows=tuple(rows[:100].tolist()),
        numbers={"cells": len(rows), "count": len(rows)},
    )
