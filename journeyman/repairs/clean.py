"""A cleaned copy of a source: the cells whose repair is more likely right than not, changed; the source untouched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from journeyman.repairs.grid import grid_of
from journeyman.repairs.rule import Rule
from journeyman.repairs.suspects import Suspects, suspects_by, suspects_of
from journeyman.sources.raw import Raw
from journeyman.table.columns import Objects


@dataclass(frozen=True)
class Cleaned:
    """The cleaned cells, as a source of their own, and what was found; ``found.cells`` with a repair were changed."""

    raw: Raw
    found: Suspects

    @property
    def changed(self) -> int:
        """How many cells were changed."""
        return sum(one.after is not None for one in self.found.cells)

    @property
    def columns(self) -> dict[str, int]:
        """How many cells were changed in each column where any was."""
        counts: dict[str, int] = {}
        for one in self.found.cells:
            if one.after is not None:
                counts[one.column] = counts.get(one.column, 0) + 1
        return counts


def clean(raw: Raw, rules: Sequence[Rule] | None = None) -> Cleaned:
    """Change the cells of a source that can be repaired.

    Rows that were set aside stay as they are. Columns that are no text (of a Parquet file, say) are not touched.

    Parameters
    ----------
    rules : what was learnt of another table of the same columns; None to learn from this one
    """
    import polars as pl

    kept = raw.kept()
    grid = grid_of(raw.frame if len(kept) == raw.rows else raw.frame[kept])
    found = suspects_of(grid) if rules is None else suspects_by(grid, rules)
    cells = tuple(replace(one, row=int(kept[one.row])) for one in found.cells)
    changes: dict[str, Objects] = {}
    for one in cells:
        if one.after is not None:
            if one.column not in changes:
                changes[one.column] = np.array(raw.frame[one.column].to_list(), dtype=object)
            changes[one.column][one.row] = one.after or None
    frame = raw.frame.with_columns([pl.Series(name, new.tolist(), dtype=pl.String) for name, new in changes.items()])
    return Cleaned(replace(raw, frame=frame), Suspects(cells, found.rules))
