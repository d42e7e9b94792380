"""A new table, seen by a model: is it of the shape that the model was built for, and what is to be known of it?

What cannot be read as the columns that the model knows is refused with the cell's place; everything else that is not
as in training is a finding. Columns may be spelt otherwise (`journeyman.bundle.spelling`), stand in another order and
beside others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from journeyman.bundle.places import Places
from journeyman.bundle.reader import ENOUGH_ROWS, Cells, ReadCells, missing_of, read_cells, require_names, shown_at
from journeyman.bundle.seen_in_table import cell_findings
from journeyman.bundle.spelling import Respelt, Unclear, reading_at, respelt, said
from journeyman.bundle.ways_to_write import date_example
from journeyman.errors import InputError
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column

#: Of a column's cells, so many or fewer are as in training where its cells are not its own, and so many or more of
#: another column's where they are.
STRANGE, FITTING = 0.5, 0.9
#: One cell in so many that is not as declared, and may be meant in two ways, refuses its row, and not the table.
STRAYS = 100
_EXAMPLES = 3


@dataclass(frozen=True)
class NewTable:
    """What a model sees in a new table.

    Parameters
    ----------
    columns : the columns that the model reads, as this table spells them
    findings : what is not as in training
    is_shifted : whether cells stand under the names of other columns, so that no row can be believed
    """

    columns: tuple[Column, ...]
    findings: tuple[Finding, ...]
    is_shifted: bool = False


def look_at(columns: Sequence[Column], cells: Mapping[str, Cells], rows: int, places: Places) -> NewTable:
    """See whether a table is what a model was built for.

    Raises
    ------
    InputError : a column is missing (near names are offered), or holds something else than it did
    """
    require_names([column.name for column in columns], list(cells))
    spellings = {column.name: respelt(column, cells[column.name]) for column in columns}
    here = tuple(_as_spelt(column, spellings[column.name]) for column in columns)
    reads = {column.name: read_cells(column, cells[column.name]) for column in here}
    moved = _moved(here, cells, reads, rows)
    findings = [*respelt_findings(spellings, cells, places)]
    if moved:
        return NewTable(here, (_shift(moved), *_types(here, cells, reads, rows, places), *findings), is_shifted=True)
    for name, unclear in spellings.items():
        if isinstance(unclear, Unclear) and not _are_strays(reads[name]):
            raise _not_clear(unclear, cells, places)
    for column in here:
        if is_another(reads[column.name], rows):
            raise _changed(column, cells[column.name], reads[column.name], places)
    findings += cell_findings(here, cells, reads, rows, places)
    return NewTable(here, tuple(findings))


def _as_spelt(column: Column, spelling: Respelt | Unclear | None) -> Column:
    return spelling.column if isinstance(spelling, Respelt) else column


def _are_strays(read: ReadCells) -> bool:
    """Whether all but so few cells are as declared that only the rows of these few are refused, not the table."""
    refused = int(read.refused.sum())
    there = int((read.refused | ~missing_of(read.values)).sum())
    return refused * STRAYS <= there


def is_another(read: ReadCells, rows: int) -> bool:
    """Whether so many cells cannot be read that the column is another one now."""
    refused = int(read.refused.sum())
    if refused < 2:
        return False
    there = int((read.refused | ~missing_of(read.values)).sum())
    return refused * 2 >= there if rows >= ENOUGH_ROWS else refused == there


def _changed(column: Column, cells: Cells, read: ReadCells, places: Places) -> InputError:
    row = int(np.flatnonzero(read.refused)[0])
    refused = int(read.refused.sum())
    there = int((read.refused | ~missing_of(read.values)).sum())
    return InputError(
        f"{places.of(row)}: column {column.name!r} holds {shown_at(cells, row)!r}",
        because=f"{refused:,} of its {there:,} cells are no {column.kind}, as they were when the model was built",
        remedy=f"give {column.name!r} as it was then",
        code="type_changed",
    )


def _not_clear(unclear: Unclear, cells: Mapping[str, Cells], places: Places) -> InputError:
    column = unclear.column
    first, second = unclear.readings
    shown = shown_at(cells[column.name], unclear.row)
    return InputError(
        f"{places.of(unclear.row)}: column {column.name!r} holds {shown!r}, which can be read in two ways",
        because=f"it may be meant as {first} or as {second}, and no other cell of the column tells which",
        remedy=f"write {column.name!r} as the model knows it: "
        + (f"dates as {date_example(column.date_format)}" if column.kind == "date" else "plain numbers, as 1234.5"),
        code="date_ambiguous" if column.kind == "date" else "decimal_ambiguous",
    )


def _types(
    columns: Sequence[Column], cells: Mapping[str, Cells], reads: Mapping[str, ReadCells], rows: int, places: Places
) -> Iterator[Finding]:
    for column in columns:
        if is_another(reads[column.name], rows):
            error = _changed(column, cells[column.name], reads[column.name], replace(places, name=""))
            yield Finding(
                code="type_changed",
                severity="warning",
                message=f"{error.happened}: {error.because}",
                columns=(column.name,),
                rows=tuple(np.flatnonzero(reads[column.name].refused)[:100].tolist()),
                remedy=Remedy(action="review", words=error.remedy),
            )


def _moved(
    columns: Sequence[Column], cells: Mapping[str, Cells], reads: Mapping[str, ReadCells], rows: int
) -> dict[str, str]:
    """Column → the column under whose name its cells stand; empty unless two or more have clearly moved."""
    if rows < ENOUGH_ROWS:
        return {}
    strange = [column for column in columns if is_strange(column, reads[column.name])]
    if len(strange) < 2:
        return {}
    found: dict[str, str] = {}
    for column in strange:
        others = [name for name in cells if name != column.name and name not in found.values()]
        fits = {name: _fit(column, read_cells(column, cells[name])) for name in others}
        best = max(fits, key=lambda name: fits[name], default="")
        if best and fits[best] >= FITTING:
            found[column.name] = best
    return found if len(found) >= 2 and len(found) * 2 >= len(strange) else {}


def is_strange(column: Column, read: ReadCells) -> bool:
    """Whether so few cells are as in training that they may be another column's."""
    return _fit(column, read) <= STRANGE


def _fit(column: Column, read: ReadCells) -> float:
    """The share of the cells that are there that are as in training."""
    there = read.refused | ~missing_of(read.values) | read.unusual
    return float((there & ~read.refused & ~read.unusual).sum() / there.sum()) if there.any() else 1.0


def _shift(moved: Mapping[str, str]) -> Finding:
    told = ", ".join(f"{name!r} are under {at!r}" for name, at in list(moved.items())[:6])
    return Finding(
        code="schema_shift",
        severity="warning",
        message=f"cells stand under the names of other columns: those of {told}; no row is answered",
        columns=tuple(moved),
        numbers={"moved": dict(moved)},
        remedy=Remedy(action="review", words="look whether a column was lost or added, or the header has moved"),
    )


def respelt_findings(
    spellings: Mapping[str, Respelt | Unclear | None], cells: Mapping[str, Cells], places: Places
) -> Iterator[Finding]:
    """What to tell of columns that are spelt otherwise than when the model was built."""
    for name, one in spellings.items():
        if not isinstance(one, Respelt):
            continue
        rows = np.flatnonzero(one.changed)
        first = rows[:_EXAMPLES].tolist()
        examples = [[places.at(row), shown_at(cells[name], row), reading_at(one, row)] for row in first]
        where, before, after = examples[0]
        yield Finding(
            code=_code(one),
            severity="warning" if one.by_range or one.column.kind == "date" else "info",
            message=f"{said(one)}; {len(rows):,} cells were read so ({where}: {before!r} is {after})",
            columns=(name,),
            rows=tuple(rows[:100].tolist()),
            numbers={"count": len(rows), "examples": examples},
            remedy=Remedy(action="review", words="make sure that this is meant") if one.by_range else Remedy(),
        )


def _code(one: Respelt) -> str:
    if one.column.kind == "date":
        return "type_changed"
    if one.column.kind == "flag":
        return "boolean_spellings"
    is_comma = one.column.decimal == "," and not one.column.thousands and one.column.unit == one.declared.unit
    return "decimal_comma" if is_comma else "number_format"
