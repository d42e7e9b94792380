"""A column's facts → the numbers that the learnt model of column types takes."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from journeyman.sources.meaning.learnt.facts import ColumnFacts, Summary
from journeyman.sources.meaning.learnt.shapes import MOST_CHARACTERS, SHAPES, STOP_WORDS

Features = NDArray[np.float32]

#: Stands for "not known": below everything that is.
UNKNOWN = -1e30
#: Pieces of names share so many places.
PIECES = 1024
_MOST_NAME = 60
_NAME_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\w\s]|_")
_MARKS = {
    "commas": ",",
    "semicolons": ";",
    "pipes": "|",
    "slashes": "/",
    "dashes": "-",
    "underscores": "_",
    "points": ".",
    "colons": ":",
    "quotes": '"',
    "brackets": "[",
    "parentheses": "(",
    "hashes": "#",
    "ats": "@",
    "equals": "=",
}
_SORTS: Mapping[str, Callable[[str], bool]] = {
    "digit": str.isdigit,
    "letter": str.isalpha,
    "capital": str.isupper,
    "blank": str.isspace,
    "other": lambda mark: not mark.isalnum() and not mark.isspace(),
}


def features_of(facts: ColumnFacts) -> Features:
    """The numbers of a column, in the order of `FEATURES`; then how often its name meets each place of `PIECES`."""
    told = [value for _, value in _told(facts)]
    row = np.array([*told, *([0.0] * PIECES)], np.float64)
    for piece in name_pieces(facts.name):
        row[len(told) + zlib.crc32(piece.encode()) % PIECES] += 1
    return np.clip(np.nan_to_num(row, nan=UNKNOWN), UNKNOWN, -UNKNOWN).astype(np.float32)


def name_pieces(name: str) -> set[str]:
    """Runs of two to four characters of a name, its ends marked, and its words."""
    short = name[:_MOST_NAME]
    marked = f"^{short.lower()}$"
    runs = {marked[at : at + length] for length in (2, 3, 4) for at in range(len(marked) - length + 1)}
    return runs | {f"w:{word.lower()}" for word in _NAME_WORD.findall(short)}


def _told(facts: ColumnFacts) -> Iterator[tuple[str, float]]:
    there = max(facts.cells - facts.missing, 0)
    # How many cells there are is not among them: it tells one file from another, and nothing of new ones.
    yield "missing", facts.missing / max(facts.cells, 1)
    yield "distinct", math.log1p(facts.distinct)
    yield "distinct_of_there", facts.distinct / max(there, 1)
    yield "distinct_of_cells", facts.distinct / max(facts.cells, 1)
    yield "cells_each", math.log((there + 1) / (facts.distinct + 1))
    yield from _of_numbers(facts.summary, there, facts.distinct)
    yield from _of_texts(facts.texts)
    yield from _of_name(facts.name)


def _of_numbers(summary: Summary | None, there: int, distinct: int) -> Iterator[tuple[str, float]]:
    one = summary or Summary(math.nan, math.nan, math.nan, math.nan)
    span = one.high - one.low
    yield "is_number", float(summary is not None)
    yield "mean", one.mean
    yield "deviation", one.deviation
    yield "low", one.low
    yield "high", one.high
    yield "whole_ends", math.nan if summary is None else float(one.low.is_integer() and one.high.is_integer())
    yield "dense", distinct / (span + 1)
    yield "spread", _ratio(one.deviation, abs(one.mean))
    yield "middle", _ratio(one.mean - one.low, span)
    yield "even", _ratio(one.deviation, span)
    yield "high_over_there", one.high - there
    yield "high_over_distinct", one.high - distinct
    yield "span_of_there", (span + 1) / max(there, 1)
    yield "starts_small", math.nan if summary is None else float(one.low in (0.0, 1.0))
    yield "span", math.log1p(span) if span >= 0 else math.nan
    yield "above", _ratio(one.high - one.mean, one.deviation)
    yield "below", _ratio(one.mean - one.low, one.deviation)


def _of_texts(texts: Sequence[str]) -> Iterator[tuple[str, float]]:
    cells = [text[:MOST_CHARACTERS] for text in texts]
    for name, pattern in SHAPES.items():
        yield f"shape_{name}", _mean([float(pattern.fullmatch(text) is not None) for text in cells])
    for name, sizes in (("length", [len(text) for text in cells]), ("words", [len(text.split()) for text in cells])):
        yield f"{name}_mean", _mean(sizes)
        yield f"{name}_deviation", float(np.std(sizes)) if sizes else math.nan
        yield f"{name}_least", float(min(sizes, default=math.nan))
        yield f"{name}_most", float(max(sizes, default=math.nan))
    yield "stop_words", _mean([sum(word.strip(".,!?") in STOP_WORDS for word in one.lower().split()) for one in cells])
    for name, is_such in _SORTS.items():
        yield f"{name}s", _mean([sum(map(is_such, text)) / max(len(text), 1) for text in cells])
    for name, mark in _MARKS.items():
        yield f"mark_{name}", _mean([text.count(mark) for text in cells])
    yield "decimals", _mean([len(text.partition(".")[2]) for text in cells])


def _of_name(name: str) -> Iterator[tuple[str, float]]:
    yield "name_length", float(len(name))
    yield "name_words", float(len(_NAME_WORD.findall(name[:_MOST_NAME])))
    yield "name_digits", float(sum(map(str.isdigit, name)))
    yield "name_capitals", float(sum(map(str.isupper, name)))
    yield "name_blanks", float(name.count(" "))
    yield "name_underscores", float(name.count("_"))
    yield "name_points", float(name.count("."))
    yield "name_all_capitals", float(name.isupper())
    yield "name_ends_with_digit", float(name[-1:].isdigit())
    yield "name_starts_with_digit", float(name[:1].isdigit())


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else math.nan


def _ratio(over: float, under: float) -> float:
    return over / under if under > 0 else math.nan


_NOTHING = ColumnFacts(name="", cells=0, missing=0, distinct=0, summary=None, texts=())
#: What the first numbers are, in their order.
FEATURES = tuple(name for name, _ in _told(_NOTHING))
