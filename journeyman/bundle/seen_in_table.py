"""What the cells of a new table hold that training did not: nothing, infinite numbers, other ranges, new levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from journeyman.bundle.cells import fold
from journeyman.bundle.number_texts import NumberTexts
from journeyman.bundle.places import Places
from journeyman.bundle.reader import ENOUGH_ROWS, Cells, ReadCells, missing_of, shown_at
from journeyman.table.columns import Flags, Integers, Numbers, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column
from journeyman.table.table import Dates

#: New rows reach beyond the range of training now and then. So many of a column's numbers beyond it are a warning, or
#: so many that are beyond it by more than its width.
MANY_BEYOND, FAR_BEYOND = 0.2, 0.05
#: New dates are behind those of training. Far beyond them is what is so many times their span away, and so long.
AGES, YEARS = 10.0, 20 * 365.25 * 86_400e6
#: A column of so many levels or fewer was seen whole in training; of one with more, new rows bring new levels.
FEW_LEVELS, MANY_NEW = 50, 0.05
_NAMED = 5
#: So many rows of a finding are told, and so many levels that training did not have are told apart.
MOST_ROWS, MOST_LEVELS = 100, 100_000


@dataclass(frozen=True)
class Marked:
    """Some rows: how many, the first of them by their number in the table, where the first stands and what it holds."""

    count: int = 0
    rows: tuple[int, ...] = ()
    at: str = ""
    shown: str = ""

    @classmethod
    def of(cls, which: Flags, cells: Cells, places: Places, numbers: Integers | None) -> Marked:
        """The rows that are marked, (rows,); ``numbers`` are those of the rows, where they are not their places."""
        rows = np.flatnonzero(which)
        if not len(rows):
            return cls()
        first = int(rows[0])
        told = rows[:MOST_ROWS] if numbers is None else numbers[rows[:MOST_ROWS]]
        return cls(len(rows), tuple(told.tolist()), places.at(first), shown_at(cells, first))

    def __add__(self, other: Marked) -> Marked:
        """Both, of which ``other`` comes later in the table."""
        if not self.count:
            return other
        return replace(self, count=self.count + other.count, rows=(*self.rows, *other.rows)[:MOST_ROWS])


@dataclass(frozen=True)
class Evidence:
    """What the cells of one column of a part of a table say; parts are added up in their order.

    Parameters
    ----------
    rows, known : how many rows there are, and cells with a value
    is_empty : whether every cell is missing, and none of them strange
    refused, infinite, outside, far, unseen : cells that cannot be read, infinite numbers, values beyond the range of
        training, far beyond it, and levels that training did not have
    levels : those levels, in the order in which they come
    spelt : words that say that there is nothing, and how often each stands there
    """

    rows: int
    known: int
    is_empty: bool
    refused: Marked
    infinite: Marked
    outside: Marked
    far: Marked
    unseen: Marked
    levels: tuple[str, ...]
    spelt: Mapping[str, int]

    def __add__(self, other: Evidence) -> Evidence:
        """Both parts as one, of which ``other`` comes later."""
        counts = dict(self.spelt)
        for text, count in other.spelt.items():
            counts[text] = counts.get(text, 0) + count
        return Evidence(
            rows=self.rows + other.rows,
            known=self.known + other.known,
            is_empty=self.is_empty and other.is_empty,
            refused=self.refused + other.refused,
            infinite=self.infinite + other.infinite,
            outside=self.outside + other.outside,
            far=self.far + other.far,
            unseen=self.unseen + other.unseen,
            levels=tuple(dict.fromkeys((*self.levels, *other.levels)))[:MOST_LEVELS],
            spelt=counts,
        )


def evidence_of(
    column: Column, cells: Cells, read: ReadCells, places: Places, numbers: Integers | None = None
) -> Evidence:
    """What the cells of a column say.

    Parameters
    ----------
    read : the cells, read under the column
    numbers : (rows,) of the rows in their table, from 0; None where these are all of its rows
    """
    missing = missing_of(read.values)
    strange: Flags = read.refused | read.unusual

    def marked(which: Flags) -> Marked:
        return Marked.of(which, cells, places, numbers)

    none = np.zeros(len(missing), np.bool_)
    infinite = read.unusual & missing if column.kind == "number" else none
    outside, far = _beyond(column, read, missing)
    unseen = read.unusual & ~missing if column.kind == "category" and column.levels else none
    levels: tuple[str, ...] = ()
    if isinstance(read.values, Strings) and unseen.any():
        words = read.values.take(np.flatnonzero(unseen))
        levels = tuple(words.levels[code] for code in dict.fromkeys(words.codes.tolist()))
    return Evidence(
        rows=len(missing),
        known=int((~missing).sum()),
        is_empty=bool(missing.all()) and not strange.any(),
        refused=marked(read.refused),
        infinite=marked(infinite),
        outside=marked(outside),
        far=marked(far),
        unseen=marked(unseen),
        levels=levels,
        spelt=_spelt_missing(column, cells, missing & ~strange),
    )


def cell_findings(
    columns: Sequence[Column],
    cells: Mapping[str, Cells],
    reads: Mapping[str, ReadCells],
    rows: int,
    places: Places,
) -> Iterator[Finding]:
    """What is to be known of the cells, column by column.

    Parameters
    ----------
    reads : the cells, read under their columns
    """
    found = {one.name: evidence_of(one, cells[one.name], reads[one.name], places) for one in columns}
    yield from findings_of(columns, found, rows)


def findings_of(columns: Sequence[Column], found: Mapping[str, Evidence], rows: int) -> Iterator[Finding]:
    """What is to be known of the cells, given what each column's say."""
    empty = [one.name for one in columns if rows >= ENOUGH_ROWS and found[one.name].is_empty]
    if empty:
        yield _all_missing(empty, len(columns))
    for column in columns:
        evidence = found[column.name]
        seen = (
            _told_unreadable(column, evidence.refused),
            _told_infinite(column, evidence.infinite),
            _told_beyond(column, evidence),
            _told_unseen(column, evidence),
            _told_missing(column, evidence.spelt),
        )
        yield from (one for one in seen if one is not None)


def _all_missing(names: Sequence[str], of: int) -> Finding:
    listed = ", ".join(repr(name) for name in names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    whole = f"all {of} columns that the model reads are" if len(names) == of else f"{listed} {_is(len(names))}"
    return Finding(
        code="all_missing",
        severity="warning",
        message=f"{whole} empty in every row",
        columns=tuple(names),
        remedy=Remedy(action="review", words="find out why the source lost them; rows are answered as if nobody knew"),
    )


def _told_unreadable(column: Column, refused: Marked) -> Finding | None:
    if not refused.count:
        return None
    return Finding(
        code="date_invalid" if column.kind == "date" else "mixed_types",
        severity="warning",
        message=f"{_cells(refused.count)} of {column.name!r} {_is(refused.count)} no {column.kind} "
        f"(first: {refused.at}, {refused.shown!r}); rows with such a cell are not answered",
        columns=(column.name,),
        rows=refused.rows,
        numbers={"cells": refused.count},
        remedy=Remedy(action="review", words="correct them"),
    )


def _told_infinite(column: Column, infinite: Marked) -> Finding | None:
    if not infinite.count:
        return None
    one = infinite.count == 1
    return Finding(
        code="infinite_values",
        severity="warning",
        message=f"{column.name!r} holds {infinite.count:,} infinite {'number' if one else 'numbers'} "
        f"(first: {infinite.at}); {'it counts' if one else 'they count'} as missing",
        columns=(column.name,),
        rows=infinite.rows,
        numbers={"cells": infinite.count},
        remedy=Remedy(action="review", words="give the numbers, or leave the cells empty"),
    )


def _beyond(column: Column, read: ReadCells, missing: Flags) -> tuple[Flags, Flags]:
    """Cells beyond those of training, and far beyond: new dates lie behind them, as a rule, but not by ages."""
    none = np.zeros(len(missing), np.bool_)
    if column.kind not in ("number", "date") or column.low is None or column.high is None:
        return none, none
    outside: Flags = read.unusual & ~missing
    if not outside.any():
        return none, none
    values = _as_numbers(read)
    width = max(column.high - column.low, abs(column.high), abs(column.low)) or 1.0
    if column.kind == "date":
        width = max(AGES * (column.high - column.low), YEARS)
    with np.errstate(invalid="ignore"):
        far: Flags = outside & ((values < column.low - width) | (values > column.high + width))
    return outside, far


def _told_beyond(column: Column, evidence: Evidence) -> Finding | None:
    """Numbers and dates that lie beyond those of training."""
    outside, far, known = evidence.outside.count, evidence.far.count, evidence.known
    many = column.kind == "number" and known >= ENOUGH_ROWS and outside >= MANY_BEYOND * known
    if not outside or (not far and not many) or column.low is None or column.high is None:
        return None
    is_warning = far and far >= FAR_BEYOND * known
    told = evidence.far if far else evidence.outside
    what, count = f"{column.kind}s", far if column.kind == "date" else outside
    return Finding(
        code="out_of_range",
        severity="warning" if is_warning or many else "info",
        message=f"{count:,} of {known:,} {what} of {column.name!r} lie {'far ' if column.kind == 'date' else ''}beyond "
        f"{_shown(column, column.low)} to {_shown(column, column.high)}, where the training rows lay "
        f"(first: {told.at}, {told.shown!r})",
        columns=(column.name,),
        rows=told.rows,
        numbers={"cells": outside, "far": far},
        remedy=Remedy(action="review", words=f"make sure that these {what} are what they were in training"),
    )


def _as_numbers(read: ReadCells) -> Numbers:
    values = read.values
    if isinstance(values, Dates):
        return np.where(values.missing, np.nan, values.at.astype(np.float64))
    return np.asarray(values, np.float64)


def _shown(column: Column, bound: float) -> str:
    if column.kind == "date":
        return str(np.datetime64(int(bound), "us").astype("datetime64[D]"))
    return f"{bound:.6g}"


def _told_unseen(column: Column, evidence: Evidence) -> Finding | None:
    count, names = evidence.unseen.count, evidence.levels
    if not count:
        return None
    listed = ", ".join(repr(_short(name)) for name in names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    is_warning = len(column.levels) <= FEW_LEVELS or count >= MANY_NEW * evidence.rows
    return Finding(
        code="unseen_category",
        severity="warning" if is_warning else "info",
        message=f"{column.name!r} holds {listed} in {count:,} {'row' if count == 1 else 'rows'}, which no "
        f"training row did (first: {evidence.unseen.at})",
        columns=(column.name,),
        rows=evidence.unseen.rows,
        numbers={"cells": count, "levels": len(names)},
        remedy=Remedy(action="review", words="spell it as in training, or build again with rows that have it"),
    )


def _spelt_missing(column: Column, cells: Cells, gone: Flags) -> dict[str, int]:
    """The words that say that there is nothing, and how often each stands in cells that are missing."""
    words = {fold(word) for word in column.missing} - {""}
    if isinstance(cells, NumberTexts):
        # All that is missing without being empty are numbers that mean it.
        rows = np.flatnonzero(gone & ~np.isnan(cells.numbers))
        cells, gone = [cells[row] for row in rows.tolist()], np.ones(len(rows), np.bool_)
    texts = _texts(cells) if words and column.kind != "text" and gone.any() else None
    if texts is None:
        return {}
    counts = np.bincount(texts.codes[gone], minlength=len(texts.levels))
    there = np.flatnonzero(counts).tolist()
    return {texts.levels[place]: int(counts[place]) for place in there if fold(texts.levels[place]) in words}


def _told_missing(column: Column, found: Mapping[str, int]) -> Finding | None:
    """Cells in which a word says that there is nothing."""
    if not found:
        return None
    listed = ", ".join(f"{text!r} {count:,}" for text, count in list(found.items())[:_NAMED])
    return Finding(
        code="missing_tokens",
        severity="info",
        message=f"{column.name!r} spells 'missing' in words in {_cells(sum(found.values()))} ({listed})",
        columns=(column.name,),
        numbers={"count": sum(found.values()), "examples": [["", text, ""] for text in list(found)[:3]]},
    )


def _texts(cells: Cells) -> Strings | None:
    if isinstance(cells, Strings):
        return cells
    if isinstance(cells, np.ndarray) and cells.dtype.kind != "O":
        return None
    return Strings.of([one if isinstance(one, str) else "" for one in cells])


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _cells(count: int) -> str:
    return f"{count:,} cell" if count == 1 else f"{count:,} cells"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
