"""What a sheet's XML says of its cells beside their values: formulas without a result, errors, long numbers, its size.

The parser of values gives an empty cell for all of the first two. The XML is not parsed here: a few marks are looked
for in its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from journeyman.sources.excel.addresses import column_of
from journeyman.sources.excel.grid import Range

#: A block that is looked at ends with a tag of a row; no row is longer than this.
_LONGEST_ROW = 256 * 2**20
_ROW_END = b"row>"
_ROOT = re.compile(rb"<(\w+:)?worksheet[\s>]")
_ROW_NUMBER = re.compile(rb'\sr="([0-9]{1,7})"')
_LETTERS = re.compile(rb'r="([A-Z]{1,3})[0-9]')
_BY_LETTERS = ((re.compile(rb'r="[A-Z]{3}[0-9]'), 16_383), (re.compile(rb'r="[A-Z]{2}[0-9]'), 701))
_ERROR_TYPE = b't="e"'
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>')

#: A cell: row and column from 0.
Cell = tuple[int, int]


@dataclass(frozen=True)
class Marks:
    """What was found.

    Parameters
    ----------
    without_result : formulas for which no value is stored, in order
    errors : cells that hold an error, with its name
    last : row and column behind which no cell lies; the column is the last of as many letters
    merged : ranges that are shown as one cell, where the parser of values does not tell them
    """

    without_result: tuple[Cell, ...] = ()
    errors: Mapping[Cell, str] = field(default_factory=dict)
    last: Cell = (0, 0)
    merged: tuple[Range, ...] = ()


@dataclass(frozen=True)
class _Patterns:
    """What is looked for, written with the prefix that the part's tags have (mostly none)."""

    row: re.Pattern[bytes]
    no_result: re.Pattern[bytes]
    error: re.Pattern[bytes]
    long: re.Pattern[bytes]
    cell: bytes
    formula: bytes


@cache
def _patterns(prefix: bytes) -> _Patterns:
    tag = re.escape(prefix)
    formula = rb"(?:</%sf>|<%sf\b[^>]*/>)" % (tag, tag)
    return _Patterns(
        row=re.compile(rb"<%srow[\s/>][^>]*" % tag),
        no_result=re.compile(rb"%s\s*(?:<%sv\s*/>|<%sv>\s*</%sv>|</%sc>)" % (formula, tag, tag, tag, tag)),
        error=re.compile(
            rb't="e"[^>]*>\s*(?:<%sf\b[^>]*/>|<%sf\b[^>]*>[^<]*</%sf>)?\s*<%sv>([^<]*)<' % (tag, tag, tag, tag)
        ),
        long=re.compile(rb"<%sv>(-?[0-9]{16,400})(?:\.0*)?</" % tag),
        cell=b"<%sc " % prefix,
        formula=b"<%sf" % prefix,
    )


def marks_of(pieces: Iterable[bytes]) -> Marks:
    """Look for the marks in a sheet's XML.

    Parameters
    ----------
    pieces : the part, unpacked

    Raises
    ------
    ValueError : a row is longer than any may be
    """
    without: list[Cell] = []
    errors: dict[Cell, str] = {}
    rows = last_row = widest = 0
    for block, patterns in _blocks(pieces):
        for row in patterns.row.finditer(block):
            rows += 1
            number = _ROW_NUMBER.search(row[0])
            last_row = max(last_row, rows if number is None else int(number[1]))
        widest = max(widest, next((last for some, last in _BY_LETTERS if some.search(block)), 25))
        if patterns.formula in block:
            hits = (_cell_at(block, hit.start(), patterns, b't="str"') for hit in patterns.no_result.finditer(block))
            without += [cell for cell in hits if cell is not None]
        if _ERROR_TYPE in block:
            errors.update(_found(block, patterns, patterns.error))
    return Marks(tuple(without), errors, (max(last_row - 1, 0), widest))


def last_column(pieces: Iterable[bytes]) -> int:
    """The last column in which a cell is, from 0.

    Raises
    ------
    ValueError : a row is longer than any may be
    """
    letters = {found for block, _ in _blocks(pieces) for found in _LETTERS.findall(block)}
    return max((column_of(one.decode()) for one in letters), default=0)


def long_numbers(pieces: Iterable[bytes]) -> dict[Cell, str]:
    """Cells whose whole number has more digits than a float keeps, with those digits.

    Raises
    ------
    ValueError : a row is longer than any may be
    """
    return {
        cell: digits for block, patterns in _blocks(pieces) for cell, digits in _found(block, patterns, patterns.long)
    }


def _found(block: bytes, patterns: _Patterns, pattern: re.Pattern[bytes]) -> Iterator[tuple[Cell, str]]:
    for hit in pattern.finditer(block):
        cell = _cell_at(block, hit.start(1), patterns, b't="s"')
        if cell is not None:
            yield cell, hit[1].decode("utf-8", "replace")


def _blocks(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, _Patterns]]:
    """The same bytes, each block but the last ending with a row, and what to look for in them."""
    held: list[bytes] = []
    size = 0
    patterns: _Patterns | None = None
    for piece in pieces:
        end = piece.rfind(_ROW_END) + len(_ROW_END)
        if end >= len(_ROW_END):
            block = b"".join([*held, piece[:end]])
            patterns = patterns or _patterns_of(block)
            yield block, patterns
            held, size = [], 0
        rest = piece[end:] if end >= len(_ROW_END) else piece
        held.append(rest)
        size += len(rest)
        if size > _LONGEST_ROW:
            raise ValueError("a row of the sheet is longer than any may be")
    block = b"".join(held)
    yield block, patterns or _patterns_of(block)


def _patterns_of(block: bytes) -> _Patterns:
    root = _ROOT.search(block)
    return _patterns(b"" if root is None or root[1] is None else root[1])


def _cell_at(block: bytes, place: int, patterns: _Patterns, unlike: bytes) -> Cell | None:
    """The cell whose content lies at a place; None where its tag says ``unlike``, or it has no name."""
    start = block.rfind(patterns.cell, 0, place)
    tag = _CELL.match(block, start) if start >= 0 else None
    if tag is None or unlike in tag[0]:
        return None
    return int(tag[2]) - 1, column_of(tag[1].decode())
