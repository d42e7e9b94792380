"""The reader: cells of any origin → the typed columns that a plan takes and the graph's inputs.

What the reader does to a cell does not depend on its neighbours: one row alone, a batch, a file and a frame give the
same values. Rules for single cells are in `journeyman.bundle.cells`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from journeyman.bundle.cells import (
    OK,
    REFUSED,
    UNUSUAL,
    ReadOne,
    cell_reader,
    missing_numbers,
    plain_range,
    plain_words,
)
from journeyman.bundle.date_cells import missing_moments
from journeyman.bundle.many_dates import dates_of_numbers, read_dates
from journeyman.bundle.many_numbers import read_amounts
from journeyman.bundle.many_words import read_words
from journeyman.bundle.number_texts import NumberTexts
from journeyman.errors import InputError, nearest
from journeyman.table.columns import MISSING_WORD, NO_DATE, Columns, Flags, Objects, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Values, blocks

#: Cells of one column before they are read: a numpy array, coded raw text, or any sequence of objects.
Cells = NDArray[Any] | Strings | Sequence[object]

#: How many troubles a reading tells one by one.
MOST_TROUBLES = 1000
#: From this many rows on, half of a column's cells refused means that the column changed.
ENOUGH_ROWS = 5
#: Text of these characters alone is a plain number wherever `float` can read it.
_NUMBER_MARKS = re.compile(r"[0-9.eE+-]*")
STATUS = ("ok", "unusual", "refused")
#: The kinds of columns that stand together, in the order of the blocks.
_BLOCKS = (("number", "flag"), ("date",), ("category", "text", "id"))
#: What a row has where it does not have a column.
_ABSENT = object()
#: How much alike two names are that may be one, misspelt.
NEAR = 0.7


@dataclass(frozen=True)
class Trouble:
    """A cell that is unusual or refused: its row (from 0), column, value as text, and why."""

    row: int
    column: str
    value: str
    because: str


@dataclass(frozen=True)
class ReadCells:
    """The cells of one column, read. Shapes: (rows,) each; refused cells have missing values."""

    values: Values
    refused: Flags
    unusual: Flags


@dataclass(frozen=True)
class Batch:
    """Rows, read: columns, ``status`` (rows,) of "ok", "unusual" or "refused", and the first troubles.

    ``lost`` (rows,) says where a cell was no value, as an infinite number, and counts as missing.
    """

    columns: Columns
    status: Objects
    troubles: tuple[Trouble, ...]
    lost: Flags


def read_cells(column: Column, cells: Cells) -> ReadCells:
    """Read the cells of one column; every distinct text is looked at once."""
    if isinstance(cells, NumberTexts):
        if column.kind == "number" and column.decimal == ".":
            return read_numbers(column, cells.numbers)
        cells = cells[:]
    if isinstance(cells, np.ndarray) and cells.dtype.kind in "fiub" and column.kind == "number":
        return read_numbers(column, cells)
    if isinstance(cells, np.ndarray) and cells.dtype.kind == "M" and column.kind == "date":
        return _dates(column, cells)
    if isinstance(cells, np.ndarray) and cells.dtype.kind in "fiu" and column.kind == "date":
        times = dates_of_numbers(column, cells.astype(np.float64))
        if times is not None:
            at, is_missing, states = times
            return ReadCells(Dates(at, is_missing), states == REFUSED, states == UNUSUAL)
    distinct, codes = _distinct(cells)
    if column.kind == "number" and (amounts := plain_numbers(column, distinct)) is not None:
        return read_numbers(column, amounts[codes])
    return _by_distinct(column, distinct, codes)


def _by_distinct(column: Column, distinct: Sequence[object], codes: NDArray[Any]) -> ReadCells:
    """Cells by their distinct ones: together where they are alike, one by one where they are not."""
    found: Values
    if column.kind == "date" and (dates := read_dates(column, distinct)) is not None:
        at, is_missing, states = dates
        found = Dates(at[codes], is_missing[codes])
    elif column.kind == "number" and (amounts := read_amounts(column, distinct)) is not None:
        values, states = amounts
        found = values[codes]
    elif column.kind in ("category", "id") and (words := read_words(column, distinct)) is not None:
        spelt, states = words
        found = code_words(spelt, codes)
    else:
        read = cell_reader(column)
        readings = [read(cell) for cell in distinct]
        states = np.fromiter((state for _, state in readings), np.int8, len(readings))
        if column.kind in ("number", "flag"):
            found = np.fromiter((value for value, _ in readings), np.float64, len(readings))[codes]
        elif column.kind == "date":
            is_missing = np.fromiter((value is None for value, _ in readings), np.bool_, len(readings))
            at = np.fromiter((NO_DATE if value is None else value for value, _ in readings), np.int64, len(readings))
            found = Dates(at[codes], is_missing[codes])
        else:
            found = code_words([value for value, _ in readings], codes)
    each = states[codes]
    return ReadCells(found, each == REFUSED, each == UNUSUAL)


def code_words(words: Sequence[str], codes: NDArray[Any]) -> Strings:
    """Words by code → `Strings` in their one canonical form: each level once, all of them in use, sorted."""
    used = np.flatnonzero(np.bincount(codes, minlength=len(words)) > 0).tolist()
    levels: list[str] = []
    moved = [0] * len(words)
    for place in sorted(used, key=words.__getitem__):
        if not levels or words[place] != levels[-1]:
            levels.append(words[place])
        moved[place] = len(levels) - 1
    return Strings(np.array(moved, np.int32)[codes], tuple(levels))


class Reader:
    """Reads rows for a model: its feature columns, in the order of `Schema.features`.

    Parameters
    ----------
    columns : the feature columns; what rows hold beside them is not looked at in a batch
    beside : names that rows hold for other readers, and so are no misspelling of these
    """

    def __init__(self, columns: Sequence[Column], beside: Sequence[str] = ()) -> None:
        self.columns = tuple(columns)
        self._beside = frozenset(beside)
        self._names = tuple(column.name for column in self.columns)
        of = {kinds: [column for column in self.columns if column.kind in kinds] for kinds in _BLOCKS}
        numbers, dates, words = of.values()
        # Beside each reader, what it would give back as it is: a range of numbers, some words.
        self._numbers = tuple((one.name, *plain_range(one), cell_reader(one)) for one in numbers)
        self._dates = tuple((one.name, cell_reader(one)) for one in dates)
        self._words = tuple((one.name, plain_words(one), cell_reader(one)) for one in words)
        self._texts = tuple(column.name for column in self.columns if column.kind == "text")
        self._by_name = {column.name: column for column in self.columns}

    @property
    def number_names(self) -> tuple[str, ...]:
        """The columns of the block of numbers, in its order."""
        return tuple(name for name, *_ in self._numbers)

    @property
    def empty(self) -> Columns:
        """No rows, in the layout of the blocks."""
        return self.batch({name: np.empty(0, dtype=object) for name in self._names}, 0).columns

    def batch(self, cells: Mapping[str, Cells], rows: int, reads: Mapping[str, ReadCells] | None = None) -> Batch:
        """Read rows, column by column. Columns that the model does not know are left alone.

        Parameters
        ----------
        reads : cells that were read under these columns before, by name

        Raises
        ------
        InputError : a column is missing (near names are offered), has another length, or is of another type now
        """
        require_names(self._names, list(cells))
        values: dict[str, Values] = {}
        refused, unusual, lost = (np.zeros(rows, np.bool_) for _ in range(3))
        troubles: list[Trouble] = []
        for column in self.columns:
            given = cells[column.name]
            if len(given) != rows:
                raise InputError(
                    f"column {column.name!r} has {len(given):,} cells",
                    because=f"the table has {rows:,} rows",
                    remedy="give columns of equal length",
                )
            read = read_cells(column, given) if reads is None else reads[column.name]
            _require_type(column, given, read, rows)
            values[column.name] = read.values
            refused |= read.refused
            unusual |= read.unusual
            if read.unusual.any():
                lost |= read.unusual & missing_of(read.values)
            for row in np.flatnonzero(read.refused | read.unusual)[:MOST_TROUBLES].tolist():
                troubles.append(_trouble(row, column, _cell_at(given, row), bool(read.refused[row])))
        status = np.array(STATUS, dtype=object)[np.where(refused, REFUSED, np.where(unusual, UNUSUAL, OK))]
        first = sorted(troubles, key=lambda one: one.row)[:MOST_TROUBLES]
        return Batch(blocks(values, rows, self._texts), status, tuple(first), lost)

    def one(self, row: Mapping[str, object]) -> tuple[dict[str, NDArray[Any]], str, tuple[Trouble, ...]]:
        """Read one row, fast: the graph's inputs, the status, the troubles.

        A column that the row does not have is missing, and the row is unusual then. Columns that the model does not
        know are left alone, as in `batch`, where the row has all that it does know.

        Raises
        ------
        InputError : a known column is not there but one of nearly its name is, so it is misspelt
        """
        odd: list[tuple[str, int]] = []
        feeds: dict[str, NDArray[Any]] = {}
        cell_of = row.get
        if self._numbers:
            numbers = []
            for name, low, high, read in self._numbers:
                cell = cell_of(name, _ABSENT)
                kind = type(cell)
                is_plain = (kind is float or kind is int) and low <= cell <= high  # type: ignore[operator]  # a number
                numbers.append(cell if is_plain else _read(name, cell, read, odd))
            feeds["numbers"] = np.array([numbers], np.float64)
        if self._dates:
            dates = [_read(name, cell_of(name, _ABSENT), read, odd) for name, read in self._dates]
            feeds["dates"] = np.array([[NO_DATE if at is None else at for at in dates]], np.int64)
            feeds["dates_missing"] = np.array([[at is None for at in dates]], np.bool_)
        if self._words:
            words = []
            for name, known, read in self._words:
                cell = cell_of(name, _ABSENT)
                words.append(cell if type(cell) is str and cell in known else _read(name, cell, read, odd))
            feeds["words"] = np.array([words], object)
        if not odd:
            return feeds, "ok", ()
        if any(name not in row for name, _ in odd):
            _require_spelling(self._names, row, self._beside)
        order = {name: place for place, name in enumerate(self._names)}
        odd.sort(key=lambda one: order[one[0]])
        troubles = tuple(
            _trouble(0, self._by_name[name], row[name], state == REFUSED)
            if name in row
            else Trouble(0, name, "", "the row does not have this column")
            for name, state in odd
        )
        return feeds, STATUS[max(state for _, state in odd)], troubles

    def feeds(self, columns: Columns) -> dict[str, NDArray[Any]]:
        """The graph's inputs for columns that this reader read; a block of no columns has none."""
        feeds: dict[str, NDArray[Any]] = {}
        if columns.number_names:
            feeds["numbers"] = np.ascontiguousarray(columns.numbers)
        if columns.date_names:
            feeds["dates"] = np.ascontiguousarray(columns.dates)
            feeds["dates_missing"] = np.ascontiguousarray(columns.dates_missing)
        if columns.word_names:
            words = np.empty((columns.rows, len(columns.words)), dtype=object)
            for place, column in enumerate(columns.words):
                words[:, place] = column.cells()
            feeds["words"] = words
        return feeds


def _read(name: str, cell: object, read: ReadOne, odd: list[tuple[str, int]]) -> Any:
    """The value of one cell; what is odd about it is put to the list. A cell that is not there is missing, and odd."""
    value, state = read(None if cell is _ABSENT else cell)
    if cell is _ABSENT:
        state = UNUSUAL
    if state:
        odd.append((name, state))
    return value


def require_names(names: Sequence[str], given: Sequence[str]) -> None:
    """Refuse a table that lacks columns; a near name is offered for each.

    Raises
    ------
    InputError : a column is missing
    """
    there = set(given)
    missing = [name for name in names if name not in there]
    if not missing:
        return
    listed = ", ".join(repr(name) for name in missing[:5]) + (", …" if len(missing) > 5 else "")
    unknown = {name.casefold().strip(): name for name in given if name not in names}
    near = {
        name: unknown[found[0]]
        for name in missing[:5]
        if (found := difflib.get_close_matches(name.casefold().strip(), unknown, n=1, cutoff=NEAR))
    }
    if len(missing) == 1 == len(near):
        remedy = f"did you mean {near[missing[0]]!r}? rename it to {missing[0]!r}"
    elif near:
        remedy = f"did you mean {', '.join(f'{other!r} for {name!r}' for name, other in near.items())}? rename them"
    else:
        remedy = f"{nearest(missing[0], given)}; rename or add {missing[0]!r}" if given else "give the columns"
    raise InputError(
        f"column {listed} is missing" if len(missing) == 1 else f"columns {listed} are missing",
        because="the model was built with it" if len(missing) == 1 else "the model was built with them",
        remedy=remedy,
        code="column_missing",
    )


def _distinct(cells: Cells) -> tuple[Sequence[object], NDArray[Any]]:
    """Distinct cells, and which of them each row has. Objects count as distinct unless they are text."""
    if isinstance(cells, Strings):
        return cells.levels, cells.codes
    if isinstance(cells, np.ndarray) and cells.dtype.kind in "fiubMm":
        levels, codes = np.unique(cells, return_inverse=True)
        return list(levels), codes.reshape(-1)
    listed = cells.tolist() if isinstance(cells, np.ndarray) else cells
    distinct: list[object] = []
    places: dict[str, int] = {}
    codes = np.empty(len(listed), np.int64)
    for row, cell in enumerate(listed):
        if type(cell) is str:
            place = places.setdefault(cell, len(distinct))
            if place < len(distinct):
                codes[row] = place
                continue
        codes[row] = len(distinct)
        distinct.append(cell)
    return distinct, codes


def read_numbers(column: Column, cells: NDArray[Any]) -> ReadCells:
    """Read numbers of any type, (rows,), as `number_reader` reads each of them."""
    # A short float means the decimal that it was written as, as in `simplify`.
    is_short = cells.dtype.kind == "f" and cells.dtype.itemsize < 8
    values = (cells.astype("U32") if is_short else cells).astype(np.float64)
    is_infinite = np.isinf(values)
    if is_infinite.any():
        values[is_infinite] = np.nan
    holes = missing_numbers(column)
    if holes:
        values[np.isin(values, list(holes))] = np.nan
    unusual = is_infinite
    if column.low is not None:
        unusual = unusual | (values < column.low)
    if column.high is not None:
        unusual = unusual | (values > column.high)
    return ReadCells(values, np.zeros(len(values), np.bool_), unusual)


def plain_numbers(column: Column, cells: Sequence[object]) -> NDArray[np.float64] | None:
    """Numbers from text that holds nothing but plain numbers and empty cells: `number_reader`, much faster."""
    if column.decimal != ".":
        return None
    texts = cast("Sequence[str]", cells)
    try:
        if not _NUMBER_MARKS.fullmatch("".join(texts)):
            return None
        return np.fromiter(map(float, [text or "nan" for text in texts]), np.float64, len(texts))
    except TypeError:  # not all of them are text
        return None
    except ValueError:
        return None


def _dates(column: Column, cells: NDArray[Any]) -> ReadCells:
    missing = np.isnat(cells)
    at = cells.astype("datetime64[us]").astype(np.int64)
    if holes := missing_moments(column):
        missing |= np.isin(at, list(holes))
    at[missing] = NO_DATE
    unusual = np.zeros(len(at), np.bool_)
    if column.low is not None:
        unusual |= ~missing & (at < column.low)
    if column.high is not None:
        unusual |= ~missing & (at > column.high)
    return ReadCells(Dates(at, missing), np.zeros(len(at), np.bool_), unusual)


def _require_spelling(names: Sequence[str], row: Mapping[str, object], beside: frozenset[str]) -> None:
    """Refuse a row that lacks a column but has an unknown one of nearly the same name."""
    unknown = {str(name).casefold().strip(): str(name) for name in row if name not in names and name not in beside}
    for name in names:
        near = [] if name in row else difflib.get_close_matches(name.casefold().strip(), unknown, n=1, cutoff=NEAR)
        if near:
            raise InputError(
                f"the row has no column {name!r}",
                because=f"it has {unknown[near[0]]!r} instead",
                remedy="spell it as the model does",
                code="column_missing",
            )


def _require_type(column: Column, cells: Cells, read: ReadCells, rows: int) -> None:
    """Refuse a column in which so many cells cannot be read that it is another column now.

    One row alone is no evidence about its column: it is refused as a row.
    """
    refused = int(read.refused.sum())
    if refused < 2:
        return
    there = int((read.refused | read.unusual | ~missing_of(read.values)).sum())
    if refused * 2 >= there if rows >= ENOUGH_ROWS else refused == there:
        row = int(np.flatnonzero(read.refused)[0])
        raise InputError(
            f"column {column.name!r} has changed: row {row + 1} holds {_shown(_cell_at(cells, row))!r}",
            because=f"{refused:,} of {there:,} cells are no {column.kind}, as it was when the model was built",
            remedy="give the column as it was then",
            code="type_changed",
        )


def missing_of(values: Values) -> Flags:
    """Which values are missing, (rows,)."""
    if isinstance(values, Strings):
        return np.array([level == MISSING_WORD for level in values.levels] or [False])[values.codes]
    return values.missing if isinstance(values, Dates) else np.isnan(values)


def _cell_at(cells: Cells, row: int) -> object:
    return cells.levels[cells.codes[row]] if isinstance(cells, Strings) else cells[row]


def shown_at(cells: Cells, row: int) -> str:
    """A cell as it was given, as text that is not too long."""
    cell = _cell_at(cells, row)
    return "" if cell is None else _shown(cell)


def _shown(cell: object) -> str:
    text = str(cell)
    return text if len(text) <= 80 else text[:79] + "…"


_REFUSED: Mapping[str, Callable[[Column], str]] = {
    "number": lambda column: "it is not a number",
    "flag": lambda column: f"it is none of {', '.join(column.true_words + column.false_words) or 'true, false'}",
    "date": lambda column: f"it is not a date in the format {column.date_format}",
}


def _trouble(row: int, column: Column, cell: object, is_refused: bool) -> Trouble:
    if is_refused:
        because = _REFUSED[column.kind](column) if column.kind in _REFUSED else "it is neither text nor a number"
    elif column.kind in ("number", "date"):
        because = "it is outside the range of the training rows"
    else:
        because = "training never met this level"
    return Trouble(row, column.name, _shown(cell), because)
