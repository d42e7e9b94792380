"""What a column holds, in a few numbers: how much is missing, how many values, their range, and how they spread."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from journeyman.table.columns import MISSING_WORD, Numbers, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

#: Bars of a column of numbers or dates, levels named of a column of words, characters of a level.
BARS, LEVELS, LONGEST = 24, 8, 48
#: A level of fewer rows is not named: a page is sent to people, and a rare value may be of one person.
FEWEST = 5
#: The outermost share of the rows on each side that the bars leave out, so that one odd value does not flatten them.
TAIL = 0.005
#: Kinds whose single values say who a row is about, or are too long to be named.
_UNTOLD = ("id", "text")


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A column at a glance.

    Parameters
    ----------
    rows, missing, distinct : cells, missing ones among them, different values among the others
    low, median, high : of numbers, or of dates in microseconds; None where there are none
    edges, counts : the bars, ``counts[i]`` cells from ``edges[i]`` to ``edges[i + 1]``; cells of the outermost 0.5 %
        may lie outside and are in the first and the last bar. One bar a value, ``edges`` being the values, where
        there are few
    levels : the most frequent words with their cells, (word, cells); never of a column that identifies rows
    others : cells that hold any other word
    """

    name: str
    rows: int
    missing: int
    distinct: int
    low: float | None = None
    median: float | None = None
    high: float | None = None
    edges: tuple[float, ...] = ()
    counts: tuple[int, ...] = ()
    levels: tuple[tuple[str, int], ...] = ()
    others: int = 0

    def as_data(self) -> dict[str, Any]:
        """The profile as JSON holds it."""
        return {**asdict(self), "levels": [list(one) for one in self.levels]}


def profile(table: Table, untold: AbstractSet[str] = frozenset()) -> tuple[Profile, ...]:
    """Every column of a table at a glance, in the table's order; of those ``untold`` counts alone, and no value."""
    return tuple(_profile(column, table, column.name not in untold) for column in table.schema)


def _profile(column: Column, table: Table, is_told: bool) -> Profile:
    value = table.values[column.name]
    is_told = is_told and column.kind not in _UNTOLD
    missing = int(table.missing(column.name).sum())
    if isinstance(value, Strings):
        return _of_words(column, value, missing, is_told=is_told)
    known = value.at[~value.missing].astype(np.float64) if isinstance(value, Dates) else value[~np.isnan(value)]
    return _of_numbers(column.name, known, table.rows, missing, is_told=is_told)


def _of_words(column: Column, value: Strings, missing: int, *, is_told: bool) -> Profile:
    counts = value.counts()
    held = [(int(counts[place]), word) for place, word in enumerate(value.levels) if word != MISSING_WORD]
    held = sorted(((count, word) for count, word in held if count), key=lambda one: (-one[0], one[1]))
    told: list[tuple[str, int]] = []
    if is_told:
        told = [(_short(word), count) for count, word in held[:LEVELS] if count >= FEWEST]
    cells = sum(count for count, _ in held)
    return Profile(
        name=column.name,
        rows=len(value),
        missing=missing,
        distinct=len(held),
        levels=tuple(told),
        others=cells - sum(count for _, count in told),
    )


def _of_numbers(name: str, known: Numbers, rows: int, missing: int, *, is_told: bool) -> Profile:
    ordered = np.sort(known)  # once: everything else can be read off
    values = ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered
    if not len(known) or not is_told:
        return Profile(name=name, rows=rows, missing=missing, distinct=len(values))
    edges, counts = _bars(ordered, values)
    return Profile(
        name=name,
        rows=rows,
        missing=missing,
        distinct=len(values),
        low=float(values[0]),
        median=_quantile(ordered, 0.5),
        high=float(values[-1]),
        edges=tuple(edges),
        counts=tuple(counts),
    )


def _bars(ordered: Numbers, values: Numbers) -> tuple[Sequence[float], Sequence[int]]:
    if len(values) <= BARS // 2:
        return values.tolist(), np.diff(np.searchsorted(ordered, values), append=len(ordered)).tolist()
    low, high = _quantile(ordered, TAIL), _quantile(ordered, 1 - TAIL)
    if not high > low:
        low, high = float(values[0]), float(values[-1])
    edges = np.linspace(low, high, BARS + 1)
    places = np.searchsorted(ordered, edges[1:-1])
    return edges.tolist(), np.diff(places, prepend=0, append=len(ordered)).tolist()


def _quantile(ordered: Numbers, share: float) -> float:
    """Between the two nearest of some numbers, in proportion."""
    place = share * (len(ordered) - 1)
    below, part = int(place), place % 1
    first = float(ordered[below])
    return first if not part else first + part * (float(ordered[below + 1]) - first)


def _short(word: str) -> str:
    return word if len(word) <= LONGEST else word[: LONGEST - 1] + "…"
