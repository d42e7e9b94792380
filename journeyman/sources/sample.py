"""Tables larger than memory: one pass, and a uniform sample of the rows where not all of them can be held.

Each row has a key that depends on nothing but its number, so the sample is the same for every size of batch; rows with
keys below a threshold are held, and the threshold is halved whenever what is held grows over its bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from journeyman.sources.raw import Raw
from journeyman.table.finding import Finding, Remedy
from journeyman.table.table import Ledger, SetAside

#: Cells that are held when nobody says how many bytes they may have: a million rows by a hundred numbers fit.
MOST_HELD = 2**30
#: Nobody's bound goes below this: fewer rows than this holds are no table to learn from.
LEAST_HELD = 2**24


class Sampler:
    """Holds the rows of several sources, one after the other, in at most so many bytes.

    Parameters
    ----------
    most : bytes of cells, as polars holds them; numbers have 8 a cell, texts at least 16
    """

    def __init__(self, most: int = MOST_HELD) -> None:
        self._most = max(most, LEAST_HELD)
        self._threshold = 2**64
        self._seen = 0
        self._held: list[Raw] = []

    def add(self, batches: Iterable[Raw]) -> None:
        """Read one source to its end, holding what may be held."""
        parts: list[Raw] = []
        aside: list[SetAside] = []
        read = 0
        first = self._seen
        for batch in batches:
            aside += [replace(one, row=one.row + read) for one in batch.ledger.set_aside]
            usable = batch.usable()
            parts.append(self._kept(replace(usable, row_numbers=usable.numbers() + read), first))
            read += batch.ledger.read
            last = batch
            while self._size(parts) > self._most:
                self._threshold //= 2
                self._held = [self._kept(one, start) for one, start in zip(self._held, self._starts(), strict=True)]
                parts = [self._kept(one, first) for one in parts]
        self._seen += read
        whole = _together(parts)
        used = whole.rows
        ledger = Ledger(read=read, used=used, set_aside=tuple(aside), sampled=read - used - len(aside))
        self._held.append(replace(whole, ledger=ledger, findings=last.findings, origin=last.origin, digest=last.digest))

    def held(self) -> list[Raw]:
        """What is held of each source; where rows are left out, a finding says how many."""
        return [_told(_counted(one)) for one in self._held]

    def _starts(self) -> list[int]:
        return [sum(one.ledger.read for one in self._held[:place]) for place in range(len(self._held))]

    def _size(self, parts: Sequence[Raw]) -> int:
        return sum(size_of(one) for one in (*self._held, *parts))

    def _kept(self, raw: Raw, start: int) -> Raw:
        if self._threshold >= 2**64 or raw.row_numbers is None:
            return raw
        below = _keys(raw.row_numbers + start) < np.uint64(self._threshold)
        return replace(raw.at(np.flatnonzero(below)), ledger=raw.ledger, findings=raw.findings)


def size_of(raw: Raw) -> int:
    """The bytes that its cells take: polars holds a text in 16, and beside them what is longer than 12.

    What polars itself estimates leaves the 16 out.
    """
    frame = raw.frame
    texts = sum(dtype.to_python() in (str, bytes) for dtype in frame.schema.dtypes())
    beside = sum(one.nbytes for one in (raw.row_numbers, raw.lines) if one is not None)
    return int(frame.estimated_size()) + 16 * texts * frame.height + beside


def _keys(numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A 64-bit key for each row number, as good as drawn at random (the finaliser of SplitMix64)."""
    key = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))


def _together(parts: Sequence[Raw]) -> Raw:
    import polars as pl

    if len(parts) == 1:
        return parts[0]
    numbers = [one.row_numbers for one in parts if one.row_numbers is not None]
    frame = pl.concat([one.frame for one in parts], how="vertical_relaxed")
    lines = [one.lines for one in parts if one.lines is not None]
    return replace(
        parts[-1],
        frame=frame,
        row_numbers=np.concatenate(numbers),
        lines=np.concatenate(lines) if len(lines) == len(parts) else None,
    )


def _counted(raw: Raw) -> Raw:
    ledger = raw.ledger
    sampled = ledger.read - raw.rows - len(ledger.set_aside)
    return replace(raw, ledger=replace(ledger, used=raw.rows, sampled=sampled))


def _told(raw: Raw) -> Raw:
    left = raw.ledger.sampled
    if not left:
        return raw
    message = (
        f"{raw.name} has {raw.ledger.read:,} rows, more than are held in memory at once; {raw.rows:,} of them, drawn "
        "uniformly, are used"
    )
    words = "give more with --memory, or fewer columns with --ignore"
    remedy = Remedy(action="review", words=words)
    numbers = {"read": raw.ledger.read, "used": raw.rows}
    finding = Finding(code="sampled", severity="info", message=message, numbers=numbers, remedy=remedy)
    return replace(raw, findings=(*raw.findings, finding))
