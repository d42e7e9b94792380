"""One look at the bytes of many lines: which of them are sound records? Those need no parser of our own.

A line is sound when its quotes open and close cells and it has as many cells as the table has columns. What this module
says of a line, `dialect.parse_line` says, too; it says it of a million lines at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.sources.text.dialect import Dialect

Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
_LF, _CR, _BLANK = 10, 13, 32


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of a stretch of text, or its records.

    Parameters
    ----------
    starts, stops : where each line begins, and where it ends without its line end, (lines,)
    nexts : where the next line begins, (lines,)
    sound : whether the line is a record that needs no mending, (lines,)
    delimits : whether a delimiter outside quotes begins at a byte, if its line is sound, (bytes,)
    """

    starts: Places
    stops: Places
    nexts: Places
    sound: Flags
    delimits: Flags

    def __len__(self) -> int:
        return len(self.starts)


def lines_of(text: bytes, dialect: Dialect, width: int, *, final: bool) -> Lines:
    """The lines of a text and which of them are sound; what is behind the last line end is one only if ``final``."""
    data = np.frombuffer(text, np.uint8)
    starts, stops, nexts = _line_places(text, data, final=final)
    if not is_plain(dialect) or not len(starts):
        return Lines(starts, stops, nexts, np.zeros(len(starts), np.bool_), np.zeros(0, np.bool_))
    data = data[: int(nexts[-1])]
    delimits = _delimiters(data, dialect.delimiter)
    sound = stops > starts
    quotes = data == ord(dialect.quote) if dialect.quote else np.zeros(len(data), np.bool_)
    if quotes.any():
        inside = np.cumsum(quotes.view(np.uint8), dtype=np.uint8) & 1
        before = np.concatenate([[np.uint8(0)], inside])[starts]
        if before.any():  # quotes count anew in each line
            inside ^= np.repeat(before, nexts - starts)
        sound &= inside[nexts - 1] == 0
        wrong = _misplaced(data, quotes, inside, dialect)
        sound[np.searchsorted(nexts, wrong, side="right")] = False
        delimits &= inside == 0
    sound &= _counts(delimits, starts) == width - 1
    if dialect.escape:
        sound[np.searchsorted(nexts, np.flatnonzero(data == ord(dialect.escape)), side="right")] = False
    return Lines(starts, stops, nexts, sound, delimits)


def records_of(text: bytes, dialect: Dialect, width: int, *, final: bool) -> Lines | None:
    """The records of a text whose cells may hold line ends, if every one of them is sound; else None."""
    if not is_plain(dialect) or (dialect.escape and dialect.escape.encode() in text) or not dialect.quote:
        return None
    data = np.frombuffer(text, np.uint8)
    starts, stops, nexts = _line_places(text, data, final=final)
    quotes = data == ord(dialect.quote)
    inside = np.cumsum(quotes.view(np.uint8), dtype=np.uint8) & 1
    closed = inside[nexts - 1] == 0
    if not closed.any() or (final and not closed[-1]):
        return None
    nexts, stops = nexts[closed], stops[closed]
    starts = np.concatenate([[0], nexts[:-1]])
    end = int(nexts[-1])
    data, quotes, inside = data[:end], quotes[:end], inside[:end]
    delimits = _delimiters(data, dialect.delimiter) & (inside == 0)
    is_sound = bool((stops > starts).all()) and bool((_counts(delimits, starts) == width - 1).all())
    if not is_sound or len(_misplaced(data, quotes, inside, dialect)):
        return None
    return Lines(starts, stops, nexts, np.ones(len(starts), np.bool_), delimits)


def is_plain(dialect: Dialect) -> bool:
    """Whether the dialect is one that a look at the bytes can prove lines to be sound in."""
    return not dialect.slots and dialect.blanks in ("", "one") and len(dialect.delimiter.encode()) <= 2


def line_ends(text: bytes) -> Places:
    """Where line ends (LF, CRLF, CR) are, the last character of each, also those in cells."""
    data = np.frombuffer(text, np.uint8)
    is_end = data == _LF
    if b"\r" in text:
        is_end |= (data == _CR) & (np.append(data[1:], 0) != _LF)
    return np.flatnonzero(is_end)


def _line_places(text: bytes, data: NDArray[Any], *, final: bool) -> tuple[Places, Places, Places]:
    ends = line_ends(text)
    if not final and len(ends) and ends[-1] == len(data) - 1 and data[-1] == _CR:
        ends = ends[:-1]  # it may be half of a line end
    nexts, stops = ends + 1, ends.copy()
    if final and (nexts[-1] if len(nexts) else 0) < len(data):
        nexts, stops = np.append(nexts, len(data)), np.append(stops, len(data))
    starts = np.concatenate([[0], nexts[:-1]]) if len(nexts) else nexts
    if b"\r\n" in text:
        is_pair = (stops > starts) & (stops < len(data)) & (data[np.maximum(stops - 1, 0)] == _CR)
        is_pair[is_pair] = data[stops[is_pair]] == _LF
        stops = stops - is_pair
    return starts.astype(np.int64), stops.astype(np.int64), nexts.astype(np.int64)


def _delimiters(data: NDArray[Any], delimiter: str) -> Flags:
    mark = delimiter.encode()
    if not mark:
        return np.zeros(len(data), np.bool_)
    found: Flags = data == mark[0]
    if len(mark) == 1:
        return found
    found = found & np.append(data[1:] == mark[1], False)
    if mark[0] == mark[1]:
        # of a run of the same character every second place begins a delimiter
        places = np.flatnonzero(found)
        begins = np.append(True, np.diff(places) > 1)[: len(places)]
        run = np.maximum.accumulate(np.where(begins, np.arange(len(places)), 0))
        found[places[(np.arange(len(places)) - run) % 2 == 1]] = False
    return found


def _counts(delimits: Flags, starts: Places) -> Places:
    """How many delimiters each line has, (lines,)."""
    places = np.flatnonzero(delimits)
    return np.diff(np.searchsorted(places, starts), append=len(places))


def _misplaced(data: NDArray[Any], quotes: Flags, inside: NDArray[Any], dialect: Dialect) -> Places:
    """Quotes that open no cell and close none, nor stand for one: where they are."""
    at = np.flatnonzero(quotes)
    opens = inside[at] == 1
    padded = np.concatenate([np.full(3, _LF, np.uint8), data, np.full(3, _LF, np.uint8)])
    mark, place = dialect.delimiter.encode(), at + 3
    before, after = padded[place - 1], padded[place + 1]
    quote = ord(dialect.quote)
    good = np.where(
        opens,
        (before == _LF) | (before == _CR) | (before == quote) | _ends_with(padded, place, mark),
        (after == _LF) | (after == _CR) | (after == quote) | _begins_with(padded, place + 1, mark),
    )
    if dialect.blanks == "one":
        good |= opens & (before == _BLANK) & _ends_with(padded, place - 1, mark)
    wrong: Places = at[~good]
    return wrong


def _ends_with(padded: NDArray[Any], at: Places, mark: bytes) -> Flags:
    found = np.full(len(at), bool(mark))
    for back, code in enumerate(reversed(mark), start=1):
        found &= padded[at - back] == code
    return found


def _begins_with(padded: NDArray[Any], at: Places, mark: bytes) -> Flags:
    found = np.full(len(at), bool(mark))
    for ahead, code in enumerate(mark):
        found &= padded[at + ahead] == code
    return found
