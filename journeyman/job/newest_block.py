"""The newest rows, set apart to judge: neither champion nor challenger has learnt from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journeyman.bundle.reader import Cells
from journeyman.errors import InputError
from journeyman.monitoring.seen import row_hashes
from journeyman.sources.meaning import understand
from journeyman.sources.raw import Raw
from journeyman.table.columns import Flags, Integers
from journeyman.table.table import Dates, Ledger

#: The newest of new rows that judge, and the most of them.
SHARE, MOST = 0.5, 20_000


@dataclass(frozen=True)
class Block:
    """New rows in two parts.

    Parameters
    ----------
    earlier : to learn from, source by source; sources of which no row is earlier are left out
    newest : to judge
    units : (rows,) of the newest: rows of one number are one piece of evidence
    by : how it was told which rows are newest
    left_out : rows that are neither, as the challenger learns from a copy of them, or of whom they are about
    """

    earlier: tuple[Raw, ...]
    newest: Raw
    units: Integers
    by: str
    left_out: int


def newest_block(raws: Sequence[Raw], summary: Mapping[str, Any]) -> Block:
    """Set the newest half of new rows apart: by their time where the run knows one, else by their order.

    Parameters
    ----------
    raws : the new sources, of one shape
    summary : ``run.json`` of the champion

    Raises
    ------
    InputError : the sources differ in their columns
    """
    parts = [one.usable() for one in raws]
    names = parts[0].frame.columns
    for one in parts[1:]:
        if set(one.frame.columns) != set(names):
            raise InputError(
                f"{parts[0].name} and {one.name} are not of one shape",
                because="they differ in their columns",
                remedy="give files with the same columns",
            )
    frame = parts[0].frame if len(parts) == 1 else _below([one.frame.select(names) for one in parts])
    whole = replace(parts[0], frame=frame, ledger=Ledger(read=len(frame), used=len(frame)))
    cells = whole.cells()
    order, by = _order(cells, summary, len(frame))
    count = min(round(SHARE * len(frame)), MOST)
    newest = np.zeros(len(frame), np.bool_)
    newest[np.argsort(order, kind="stable")[len(frame) - count :]] = True
    entity = str((summary.get("folds") or {}).get("entity") or "")
    judged = newest & ~_known(cells, newest, entity, len(frame))
    earlier, start = [], 0
    for one in parts:
        some = ~newest[start : start + len(one.frame)]
        start += len(one.frame)
        if some.any():
            earlier.append(one.at(np.flatnonzero(some)))
    hashes = row_hashes(cells, [entity] if entity in cells else names, len(frame))
    units = np.unique(hashes[judged], return_inverse=True)[1].reshape(-1).astype(np.int64)
    return Block(tuple(earlier), whole.at(np.flatnonzero(judged)), units, by, int((newest & ~judged).sum()))


def _known(cells: Mapping[str, Cells], newest: Flags, entity: str, rows: int) -> Flags:
    """Rows of which the challenger learns a copy, or others of the same entity."""
    found = np.zeros(rows, np.bool_)
    for names in ([*cells], [entity] if entity in cells else []):
        if names:
            hashes = row_hashes(cells, names, rows)
            found |= np.isin(hashes, hashes[~newest])
    return found


def _order(cells: Mapping[str, Cells], summary: Mapping[str, Any], rows: int) -> tuple[Integers, str]:
    folds, schema = summary.get("folds") or {}, summary.get("schema") or ()
    times = [str(one["name"]) for one in schema if one.get("role") == "time"]
    names = [*times, *([str(folds["time"])] if folds.get("kind") == "forward" and folds.get("time") else [])]
    for name in names:
        if name not in cells:
            continue
        values = understand(name, cells[name], is_target=False, wishes=None).read.values
        if isinstance(values, Dates):
            return np.where(values.missing, np.iinfo(np.int64).min, values.at), f"by {name!r}"
        if isinstance(values, np.ndarray):
            return np.argsort(np.argsort(np.nan_to_num(values, nan=-np.inf), kind="stable")), f"by {name!r}"
    return np.arange(rows), "by their order"


def _below(frames: Sequence[Any]) -> Any:
    import polars as pl

    return pl.concat(frames, how="vertical_relaxed")
