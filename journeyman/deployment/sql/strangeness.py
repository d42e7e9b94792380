"""Which rows are unusual, as the bundle says it of rows: by cells that are far out or rare, all together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce

from journeyman.bundle.manifest import Manifest
from journeyman.bundle.novelty import Novelty
from journeyman.bundle.profile import NumberProfile, NumberSurprise, level_surprise
from journeyman.deployment.sql import numbers, whole
from journeyman.deployment.sql.choices import where
from journeyman.deployment.sql.reading import Reading
from journeyman.deployment.sql.term import Book, Term, cannot_be_said, table_of
from journeyman.table.columns import MISSING_WORD
from journeyman.table.schema import Column


def is_strange(manifest: Manifest, reading: Reading) -> Term:
    """Whether a row is unusual for its features; see `journeyman.bundle.unusual`."""
    book = reading.book
    lost = [reading.column(column).lost for column in manifest.columns]
    if manifest.novelty is None:
        found = [*lost, *(_is_outside(book, column, reading.column(column).value) for column in manifest.columns)]
    else:
        found = [*lost, _is_novel(book, manifest.novelty, manifest.columns, reading)]
    return reduce(lambda first, second: numbers.either(book, first, second), found, book.flag(False))


def _is_outside(book: Book, column: Column, value: Term) -> Term:
    """A cell out of the range of the training rows, or of a level that they did not have."""
    if column.kind in ("number", "date"):
        kind = "whole" if column.kind == "date" else "number"
        found = book.flag(False)
        for bound, name in ((column.low, "less"), (column.high, "greater")):
            if bound is not None:
                edge = book.constant(
                    int(bound) if kind == "whole" else float(bound), "whole" if kind == "whole" else "number"
                )
                found = numbers.either(book, found, numbers.compare(book, name, value, edge))
        return found
    if column.kind == "category" and column.levels:
        known = [(word, False) for word in (*column.levels, MISSING_WORD)]
        return book.lookup(value, table_of(known, True), "flag")
    return book.flag(False)


def _is_novel(book: Book, novelty: Novelty, columns: Sequence[Column], reading: Reading) -> Term:
    """Whether the row's score is above the one from which on rows are unusual."""
    p_values = [(1.0 + count) / (novelty.rows + 1.0) for count in novelty.stranger]
    strange = [score for score, p_value in zip(novelty.scores, p_values, strict=True) if p_value <= novelty.limit]
    if not strange:
        return book.flag(False)
    ordinary = math.log(max(len(novelty.profiles), 1))
    parts, largest = [], book.number(0.0)
    for column in columns:
        if column.name in novelty.profiles:
            surprise = _surprise(book, novelty, column, reading.column(column).value)
            above = numbers.clip(book, numbers.add(book, surprise, book.number(-ordinary)), 0.0, 1e300)
            parts.append(numbers.add(book, above, numbers.multiply(book, surprise, book.number(_FAINT))))
            largest = numbers.extreme(book, "most", largest, surprise)
    total = numbers.add(book, *parts)
    scaled = numbers.add(book, numbers.multiply(book, total, book.number(novelty.scale)), book.number(novelty.start))
    faint = numbers.multiply(book, total, book.number(_FAINT))
    score = numbers.add(book, numbers.extreme(book, "most", largest, scaled), faint)
    return numbers.greater(book, score, book.number(strange[0]))


#: As in `journeyman.bundle.novelty`.
_FAINT = 0.01
#: So many lines stand in one CASE.
_FAN = 6


def _surprise(book: Book, novelty: Novelty, column: Column, value: Term) -> Term:
    profile = novelty.profiles[column.name]
    if not isinstance(profile, NumberProfile):
        known, unseen, missing = level_surprise(profile, column.levels)
        return book.lookup(value, table_of([*known.items(), (MISSING_WORD, missing)], unseen), "number")
    if column.kind == "text":
        raise cannot_be_said("how unusual its texts are is counted in terms")
    number = NumberSurprise(profile)
    knots, heights, slopes = number.lines
    cell = whole.as_number(book, value)
    near = numbers.clip(book, cell, knots[0], knots[-1])
    line = _line(book, near, knots, heights, slopes)
    return where(book, numbers.is_missing(book, cell), book.number(number.missing), line)


def _line(book: Book, cell: Term, knots: Sequence[float], heights: Sequence[float], slopes: Sequence[float]) -> Term:
    """Straight lines between knots, found part by part."""
    if len(knots) == 1:
        if not slopes[0]:
            return book.number(heights[0])
        along = numbers.add(book, cell, book.number(-knots[0]))
        return numbers.add(book, numbers.multiply(book, along, book.number(slopes[0])), book.number(heights[0]))
    size = 1
    while size * _FAN < len(knots):
        size *= _FAN
    starts = range(0, len(knots), size)
    parts = [_line(book, cell, *(some[at : at + size] for some in (knots, heights, slopes))) for at in starts]
    found = parts[-1]
    for at, part in reversed(list(zip(starts[1:], parts[:-1], strict=True))):
        found = where(book, numbers.less(book, cell, book.number(knots[at])), part, found)
    return found
