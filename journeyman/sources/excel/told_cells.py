"""Single cells that are missing though something stands in them, and cells that stand for several, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from journeyman.sources.excel.addresses import cell_name, range_name
from journeyman.sources.excel.choosing import Chosen
from journeyman.sources.excel.columns import Column, merged_in_body
from journeyman.sources.excel.sheet_marks import Cell
from journeyman.table.finding import Finding, Remedy

_SHOWN = 5


def findings_of_cells(chosen: Chosen, columns: Sequence[Column], names: Sequence[str]) -> tuple[Finding, ...]:
    """Formulas without a result, errors, zeros among dates, merged cells; each named as the spreadsheet does.

    Parameters
    ----------
    names : the columns' names as they are used
    """
    by_place = {column.place + chosen.grid.left: name for column, name in zip(columns, names, strict=True)}
    return (
        *_formulas(chosen, by_place),
        *_errors(chosen, by_place),
        *_no_dates(chosen, columns, names),
        *_merged(chosen),
    )


def _formulas(chosen: Chosen, names: Mapping[int, str]) -> Iterator[Finding]:
    cells = _inside(chosen, chosen.marks.without_result, names)
    if cells:
        columns = tuple(dict.fromkeys(names[column] for _, column in cells))
        yield Finding(
            code="formula_no_value",
            severity="warning",
            message=f"sheet {chosen.sheet.name!r}: {_cells(len(cells))} in {_listed(columns)} with a formula whose "
            f"result is not stored, from {cell_name(*cells[0])} on; they are missing",
            columns=columns,
            rows=_places(chosen, cells),
            numbers={"count": len(cells), "cells": [cell_name(*cell) for cell in cells[:20]]},
            remedy=Remedy(
                action="review", words="open the workbook in a spreadsheet program, which computes, and save it"
            ),
        )


def _errors(chosen: Chosen, names: Mapping[int, str]) -> Iterator[Finding]:
    errors = chosen.marks.errors
    cells = _inside(chosen, list(errors), names)
    if cells:
        columns = tuple(dict.fromkeys(names[column] for _, column in cells))
        shown = ", ".join(f"{cell_name(*cell)} {errors[cell]}" for cell in cells[:_SHOWN])
        yield Finding(
            code="error_cells",
            severity="warning",
            message=f"sheet {chosen.sheet.name!r}: {_cells(len(cells))} in {_listed(columns)} with an error instead of "
            f"a value; they are missing: {shown}" + (", …" if len(cells) > _SHOWN else ""),
            columns=columns,
            rows=_places(chosen, cells),
            numbers={
                "count": len(cells),
                "cells": [cell_name(*cell) for cell in cells[:20]],
                "examples": [[cell[0] + 1, errors[cell], ""] for cell in cells[:3]],
            },
            remedy=Remedy(action="review", words="mend the formulas, or leave those rows out"),
        )


def _no_dates(chosen: Chosen, columns: Sequence[Column], names: Sequence[str]) -> Iterator[Finding]:
    for column, name in zip(columns, names, strict=True):
        if column.no_dates:
            cells = [cell_name(row, column.place + chosen.grid.left) for row in column.no_dates]
            yield Finding(
                code="date_invalid",
                severity="warning",
                message=f"{name!r}: {_cells(len(cells))} with the number 0, which is no date, from {cells[0]} on; they "
                "are missing",
                columns=(name,),
                rows=_places(chosen, [(row, 0) for row in column.no_dates]),
                numbers={"count": len(cells), "cells": cells[:20]},
            )


def _merged(chosen: Chosen) -> Iterator[Finding]:
    ranges = merged_in_body(chosen.grid, chosen.table)
    if ranges:
        first, last = ranges[0]
        yield Finding(
            code="merged_cells",
            severity="info",
            message=f"sheet {chosen.sheet.name!r}: {_cells(len(ranges))} merged over several rows, as "
            f"{range_name(first, last)}; every row has the value",
            numbers={"count": len(ranges), "cells": [range_name(*one) for one in ranges[:20]]},
        )


def _inside(chosen: Chosen, cells: Sequence[Cell], names: Mapping[int, str]) -> list[Cell]:
    """Those of the cells that are of the table's rows and columns."""
    body = {*chosen.table.body}
    return [cell for cell in cells if cell[0] in body and cell[1] in names]


def _places(chosen: Chosen, cells: Sequence[Cell]) -> tuple[int, ...]:
    """The rows of cells as positions in the table."""
    wanted = {row for row, _ in cells}
    return tuple(place for place, row in enumerate(chosen.table.body) if row in wanted)


def _cells(count: int) -> str:
    return f"{count:,} cell" + ("s" if count > 1 else "")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
