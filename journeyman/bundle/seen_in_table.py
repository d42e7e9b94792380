"""What the cells of a new table hold that training did not: nothing, infinite numbers, other ranges, new levels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from journeyman.bundle.cells import fold
from journeyman.bundle.places import Places
from journeyman.bundle.reader import ENOUGH_ROWS, Cells, ReadCells, missing_of, shown_at
from journeyman.table.columns import Flags, Numbers, Strings
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
    empty = [one.name for one in columns if rows >= ENOUGH_ROWS and bool(missing_of(reads[one.name].values).all())]
    empty = [name for name in empty if not reads[name].refused.any() and not reads[name].unusual.any()]
    if empty:
        yield _all_missing(empty, len(columns))
    for column in columns:
        read = reads[column.name]
        given = cells[column.name]
        seen = (
            _unreadable(column, given, read, places),
            _infinite(column, read, places),
            _beyond(column, given, read, places),
            _unseen(column, given, read, places),
            _spelt_missing(column, given, read),
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


def _unreadable(column: Column, cells: Cells, read: ReadCells, places: Places) -> Finding | None:
    rows = np.flatnonzero(read.refused)
    if not len(rows):
        return None
    first = int(rows[0])
    return Finding(
        code="date_invalid" if column.kind == "date" else "mixed_types",
        severity="warning",
        message=f"{_cells(len(rows))} of {column.name!r} {_is(len(rows))} no {column.kind} "
        f"(first: {places.at(first)}, {shown_at(cells, first)!r}); rows with such a cell are not answered",
        columns=(column.name,),
        rows=tuple(rows[:100].tolist()),
        numbers={"cells": len(rows)},
        remedy=Remedy(action="review", words="correct them"),
    )


def _infinite(column: Column, read: ReadCells, places: Places) -> Finding | None:
    if column.kind != "number":
        return None
    rows = np.flatnonzero(read.unusual & missing_of(read.values))
    if not len(rows):
        return None
    return Finding(
        code="infinite_values",
        severity="warning",
        message=f"{column.name!r} holds {len(rows):,} infinite {'number' if len(rows) == 1 else 'numbers'} "
        f"(first: {places.at(int(rows[0]))}); {'it counts' if len(rows) == 1 else 'they count'} as missing",
        columns=(column.name,),
        rows=tuple(rows[:100].tolist()),
        numbers={"cells": len(rows)},
        remedy=Remedy(action="review", words="give the numbers, or leave the cells empty"),
    )


def _beyond(column: Column, cells: Cells, read: ReadCells, places: Places) -> Finding | None:
    """Numbers and dates that lie beyond those of training: new dates lie behind them, as a rule, but not by ages."""
    if column.kind not in ("number", "date") or column.low is None or column.high is None:
        return None
    values = _as_numbers(read)
    known = int((~np.isnan(values)).sum())
    outside: Flags = read.unusual & ~np.isnan(values)
    if not outside.any():
        return None
    width = max(column.high - column.low, abs(column.high), abs(column.low)) or 1.0
    if column.kind == "date":
        width = max(AGES * (column.high - column.low), YEARS)
    with np.errstate(invalid="ignore"):
        far = outside & ((values < column.low - width) | (values > column.high + width))
    many = column.kind == "number" and known >= ENOUGH_ROWS and outside.sum() >= MANY_BEYOND * known
    is_warning = far.any() and far.sum() >= FAR_BEYOND * known
    if not far.any() and not many:
        return None
    rows = np.flatnonzero(far if far.any() else outside)
    first = int(rows[0])
    what, count = f"{column.kind}s", int(far.sum()) if column.kind == "date" else int(outside.sum())
    return Finding(
        code="out_of_range",
        severity="warning" if is_warning or many else "info",
        message=f"{count:,} of {known:,} {what} of {column.name!r} lie {'far ' if column.kind == 'date' else ''}beyond "
        f"{_shown(column, column.low)} to {_shown(column, column.high)}, where the training rows lay "
        f"(first: {places.at(first)}, {shown_at(cells, first)!r})",
        columns=(column.name,),
        rows=tuple(rows[:100].tolist()),
        numbers={"cells": int(outside.sum()), "far": int(far.sum())},
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


def _unseen(column: Column, cells: Cells, read: ReadCells, places: Places) -> Finding | None:
    if column.kind != "category" or not column.levels or not isinstance(read.values, Strings):
        return None
    rows = np.flatnonzero(read.unusual & ~missing_of(read.values))
    if not len(rows):
        return None
    words = read.values.take(rows)
    names = [words.levels[code] for code in dict.fromkeys(words.codes.tolist())]
    listed = ", ".join(repr(_short(name)) for name in names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    is_warning = len(column.levels) <= FEW_LEVELS or len(rows) >= MANY_NEW * len(read.values)
    return Finding(
        code="unseen_category",
        severity="warning" if is_warning else "info",
        message=f"{column.name!r} holds {listed} in {len(rows):,} {'row' if len(rows) == 1 else 'rows'}, which no "
        f"training row did (first: {places.at(int(rows[0]))})",
        columns=(column.name,),
        rows=tuple(rows[:100].tolist()),
        numbers={"cells": len(rows), "levels": len(names)},
        remedy=Remedy(action="review", words="spell it as in training, or build again with rows that have it"),
    )


def _spelt_missing(column: Column, cells: Cells, read: ReadCells) -> Finding | None:
    """Cells in which a word says that there is nothing."""
    texts = _texts(cells)
    if texts is None or column.kind == "text":
        return None
    gone = missing_of(read.values) & ~read.refused & ~read.unusual
    words = {fold(word) for word in column.missing} - {""}
    counts = np.bincount(texts.codes[gone], minlength=len(texts.levels))
    spelt = [place for place in np.flatnonzero(counts).tolist() if fold(texts.levels[place]) in words]
    found = {texts.levels[place]: int(counts[place]) for place in spelt}
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
