"""Typical rows, made up: what a prediction is compared with when it is explained. Never people's rows.

Each column is drawn by itself, from its cells alone: the cells of one made-up row have nothing to do with each other.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.table.columns import MISSING_WORD, NO_DATE, TERM_END, Columns, Flags, Integers, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Values, blocks

#: Rows that are made up; of very wide tables fewer, so that all stay within so many cells.
ROWS, _FEWEST_ROWS, _MOST_CELLS = 32, 4, 100_000
#: Rows that marginals are taken of.
_LOOKED_AT = 20_000
#: Texts that are looked at, and terms that typical ones are made of: each stands in many texts, so it is nobody's.
_TEXTS, _TERMS, _FEWEST_TEXTS, _LEAST_SHARE = 2000, 100, 20, 0.02
_LONGEST = 100_000

#: A cell: a number, a date in microseconds, or a word (of a text: its terms); None is missing.
TypedCell = float | int | str | None


@dataclass(frozen=True)
class Background:
    """Made-up typical rows: the cells of each column, typed, in any number up to `ROWS`."""

    cells: Mapping[str, tuple[TypedCell, ...]]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return max((len(one) for one in self.cells.values()), default=0)

    def columns(self, features: Sequence[Column]) -> Columns:
        """The rows as a model's graph takes them."""
        return columns_of(self.cells, features, self.rows)

    def as_data(self) -> dict[str, Any]:
        """The cells as JSON holds them."""
        return {name: list(cells) for name, cells in self.cells.items()}


def columns_of(cells: Mapping[str, Sequence[TypedCell]], features: Sequence[Column], rows: int) -> Columns:
    """Typed cells by column name → typed columns, in the layout of ``features``."""
    values: dict[str, Values] = {}
    for column in features:
        given = cells[column.name]
        if column.kind in ("number", "flag"):
            values[column.name] = np.array([np.nan if cell is None else float(cell) for cell in given], np.float64)
        elif column.kind == "date":
            times = [NO_DATE if cell is None else int(cell) for cell in given]
            gone = np.array([cell is None for cell in given], np.bool_)
            values[column.name] = Dates(np.array(times, np.int64), gone)
        else:
            values[column.name] = Strings.of([MISSING_WORD if cell is None else str(cell) for cell in given])
    return blocks(values, rows, [column.name for column in features if column.kind == "text"])


def draw_background(columns: Columns, features: Sequence[Column], *, seed: int) -> Background:
    """Make typical rows up: the quantiles of each column, its levels by their shares, in an order by chance.

    Parameters
    ----------
    columns : (rows, …) the features, typed, in the layout of ``features``; at least one row
    """
    random = np.random.default_rng(np.random.PCG64(seed))
    if columns.rows > _LOOKED_AT:
        columns = columns.take(np.sort(random.choice(columns.rows, _LOOKED_AT, replace=False)))
    rows = min(ROWS, max(_MOST_CELLS // len(features), _FEWEST_ROWS))
    words = dict(zip(columns.word_names, columns.words, strict=True))
    numbers = {name: place for place, name in enumerate(columns.number_names)}
    dates = {name: place for place, name in enumerate(columns.date_names)}
    cells: dict[str, tuple[TypedCell, ...]] = {}
    for column in features:
        drawn: list[TypedCell]
        if column.name in numbers:
            numeric = columns.numbers[:, numbers[column.name]]
            drawn = _quantiles(numeric, np.isnan(numeric), rows)
        elif column.name in dates:
            place = dates[column.name]
            drawn = _quantiles(columns.dates[:, place], columns.dates_missing[:, place], rows)
        elif column.kind == "text":
            drawn = _texts(words[column.name], rows, random)
        else:
            drawn = _levels(words[column.name], rows)
        cells[column.name] = tuple(drawn[place] for place in random.permutation(rows).tolist())
    return Background(cells)


def schema_background(features: Sequence[Column]) -> Background:
    """Rows made up from a schema alone, for a bundle that brings none: ranges evenly, frequent levels more often."""
    random = np.random.default_rng(np.random.PCG64(0))
    middles = (np.arange(ROWS) + 0.5) / ROWS
    cells: dict[str, tuple[TypedCell, ...]] = {}
    for column in features:
        drawn: list[TypedCell] = [""] * ROWS
        if column.kind in ("number", "date"):
            low = 0.0 if column.low is None else column.low
            high = low if column.high is None else column.high
            even = [low * (1 - share) + high * share for share in middles.tolist()]
            drawn = [int(one) for one in even] if column.kind == "date" else list(even)
        elif column.kind == "flag":
            drawn = [float(place % 2) for place in range(ROWS)]
        elif column.kind == "category" and column.levels:
            ends = np.cumsum(1.0 / np.arange(1, len(column.levels) + 1))
            drawn = [column.levels[place] for place in np.searchsorted(ends / ends[-1], middles).tolist()]
        elif column.kind == "category":
            drawn = [None] * ROWS
        cells[column.name] = tuple(drawn[place] for place in random.permutation(ROWS).tolist())
    return Background(cells)


def background_from_data(data: Any, columns: Sequence[Column]) -> Background | None:
    """What `Background.as_data` wrote, trusting none of it; None for None.

    Raises
    ------
    ValueError : it is nothing that we write, or does not fit the columns
    """
    if data is None:
        return None
    if not isinstance(data, Mapping) or set(data) != {column.name for column in columns}:
        raise ValueError("its background has other columns than the schema")
    for column in columns:
        cells = data[column.name]
        if not isinstance(cells, list) or not 0 < len(cells) <= ROWS or len(cells) != len(next(iter(data.values()))):
            raise ValueError("its background has no rows, too many, or not as many in each column")
        if not all(cell_fits(column, cell) for cell in cells):
            raise ValueError("a cell of its background is not of its column's kind")
    return Background({column.name: tuple(data[column.name]) for column in columns})


def cell_fits(column: Column, cell: Any) -> bool:
    """Whether something from a file is a typed cell of a column."""
    if cell is None:
        return True
    if column.kind in ("category", "text"):
        return isinstance(cell, str) and len(cell) <= _LONGEST and cell != MISSING_WORD
    if column.kind == "date":
        return type(cell) is int and abs(cell) < 1 << 62
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) <= sys.float_info.max


def _quantiles(cells: Any, missing: Flags, rows: int) -> list[TypedCell]:
    there = np.sort(cells[~missing])
    gone = rows if not len(there) else min(round(rows * float(missing.mean())), rows - 1)
    if gone == rows:
        return [None] * rows
    middles = (np.arange(rows - gone) + 0.5) / (rows - gone)
    found: list[TypedCell] = there[(middles * len(there)).astype(np.int64)].tolist()
    return found + [None] * gone


def _levels(words: Strings, rows: int) -> list[TypedCell]:
    # Most frequent first, so that rare levels stand together at the end and share their places.
    counts: Integers = words.counts()
    order = np.argsort(-counts, kind="stable")
    ends = np.cumsum(counts[order]) / counts.sum()
    chosen = order[np.searchsorted(ends, (np.arange(rows) + 0.5) / rows, side="right").clip(max=len(order) - 1)]
    return [None if words.levels[place] == MISSING_WORD else words.levels[place] for place in chosen.tolist()]


def _texts(words: Strings, rows: int, random: np.random.Generator) -> list[TypedCell]:
    """Texts of terms that many texts hold, each as often as it comes."""
    chosen = np.arange(len(words))
    if len(words) > _TEXTS:
        chosen = np.sort(random.choice(len(words), _TEXTS, replace=False))
    looked_at = [words.levels[code] for code in words.codes[chosen].tolist()]
    there = [one for one in looked_at if one != MISSING_WORD]
    counts = Counter(term for one in there for term in one.split(TERM_END) if term)
    enough = max(_FEWEST_TEXTS, _LEAST_SHARE * len(there))
    common = sorted((-count, term) for term, count in counts.items() if count >= enough)[:_TERMS]
    gone = round(rows * (1 - len(there) / max(len(looked_at), 1)))
    drawn: list[TypedCell] = [None] * gone
    for _ in range(rows - gone):
        is_in = random.random(len(common)) * len(there) < [-count for count, _ in common]
        drawn.append(TERM_END.join(term for (_, term), within in zip(common, is_in, strict=True) if within))
    return drawn
