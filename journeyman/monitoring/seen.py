"""Rows that were counted before: the same batch counts once, a file that grew counts from where it grew."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.bundle.reader import Cells
from journeyman.store.digest import digest_bytes
from journeyman.table.columns import Flags, Strings

Hashes = NDArray[np.uint64]
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SEED = np.uint64(0x632BE59BD9B4E019)


@dataclass(frozen=True)
class News:
    """What of a batch is new.

    Parameters
    ----------
    rows : (rows,) rows that were not counted before
    outcomes : (rows,) rows whose outcome was not counted before
    entry : what is written down of the batch
    replaces : the place of the entry that it takes the place of; None where it is a new one
    """

    rows: Flags
    outcomes: Flags
    entry: Mapping[str, Any]
    replaces: int | None


def row_hashes(cells: Mapping[str, Cells], names: Iterable[str], rows: int) -> Hashes:
    """A number for each row, (rows,), made of its cells in some columns: equal rows have equal ones.

    >>> one, other = row_hashes({"a": ["x", "y"], "b": [1, 2]}, ["a", "b"], 2).tolist()
    >>> one == other
    False
    """
    whole = np.full(rows, _SEED)
    for name in sorted(names):
        if name not in cells:
            continue
        label = np.uint64(int(digest_bytes(name.encode("utf-8", "surrogatepass"))[:16], 16))
        with np.errstate(over="ignore"):
            whole = _mixed(whole * _MIX ^ _mixed(_column(cells[name]) + label))
    return whole


def news_of(counted: Sequence[Mapping[str, Any]], hashes: Hashes, known: Flags) -> News:
    """Compare rows with all batches that were counted.

    A batch that is there already brings only outcomes that were not known then. A batch that begins with the rows of an
    earlier one brings the rows after them.

    Parameters
    ----------
    hashes : (rows,) as `row_hashes` gives them
    known : (rows,) rows with an outcome
    """
    digest = digest_bytes(np.ascontiguousarray(hashes).tobytes())
    rows = np.ones(len(hashes), np.bool_)
    before = np.zeros(len(hashes), np.bool_)
    replaces = None
    longest = 0
    for place, one in enumerate(counted):
        length = int(one["rows"])
        if not longest < length <= len(hashes):
            continue
        if digest_bytes(np.ascontiguousarray(hashes[:length]).tobytes()) == one["digest"]:
            longest = length
            before = np.zeros(len(hashes), np.bool_)
            before[:length] = _unpacked(one["known"], length)
            replaces = place if length == len(hashes) else None
    rows[:longest] = False
    entry = {
        "digest": digest,
        "rows": len(hashes),
        "new": int(rows.sum()),
        "known": _packed(before | known),
    }
    if replaces is not None:
        entry["new"] = int(counted[replaces]["new"])
    return News(rows, known & ~before, entry, replaces)


def _packed(flags: Flags) -> str:
    return base64.b64encode(np.packbits(flags).tobytes()).decode()


def _unpacked(text: str, rows: int) -> Flags:
    bits = np.unpackbits(np.frombuffer(base64.b64decode(text), np.uint8))
    return bits[:rows].astype(np.bool_)


def _column(cells: Cells) -> Hashes:
    if isinstance(cells, Strings):
        of_level = np.array([_of_text(level) for level in cells.levels] or [0], np.uint64)
        return of_level[cells.codes]
    array = np.asarray(cells)
    if array.dtype.kind in "fiub":
        numbers = array.astype(np.float64) + 0.0
        numbers = np.where(np.isnan(numbers), np.nan, numbers)
        return np.ascontiguousarray(numbers).view(np.uint64)
    if array.dtype.kind == "M":
        return array.astype("datetime64[us]").astype(np.int64).view(np.uint64)
    known: dict[str, int] = {}
    texts = ["" if cell is None else str(cell) for cell in array.tolist()]
    return np.array([known.setdefault(text, _of_text(text)) for text in texts], np.uint64)


def _of_text(text: str) -> int:
    return int(digest_bytes(text.encode("utf-8", "surrogatepass"))[:16], 16)


def _mixed(values: Hashes) -> Hashes:
    """Scatter bits (splitmix64's finish)."""
    with np.errstate(over="ignore"):
        values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(values ^ (values >> np.uint64(31)))
