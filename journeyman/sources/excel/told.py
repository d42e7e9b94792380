"""What was chosen and left out on a sheet, as findings; rows and cells are named as the spreadsheet does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journeyman.sources.excel.addresses import cell_name, range_name
from journeyman.sources.excel.choosing import Chosen
from journeyman.sources.excel.grid import text_of
from journeyman.sources.excel.table_model import SheetTable
from journeyman.table.finding import Finding, Remedy

_SHOWN = 5
_LONGEST = 120


def findings_of(chosen: Chosen, beside: Sequence[int]) -> tuple[Finding, ...]:
    """What was chosen, what stands around the table, and what its header is.

    Parameters
    ----------
    beside : columns of the grid that only hold some words beside the table
    """
    return (
        *chosen.findings,
        *_around(chosen),
        *_header(chosen),
        *_repeated(chosen),
        *_beside(chosen, beside),
        *_others(chosen),
    )


def _around(chosen: Chosen) -> Iterator[Finding]:
    words = {
        "preamble": "above the table",
        "footer": "of totals and notes among and below the table's rows",
        "label": "among the table's rows that only say what the next rows are",
    }
    codes = {"preamble": "preamble", "footer": "footer", "label": "section_rows"}
    sheet = chosen.sheet.name
    for why, where in words.items():
        rows = [one.row for one in chosen.table.apart if one.why == why]
        if rows:
            texts = [text_of(chosen.grid.rows[row])[:_LONGEST] for row in rows]
            first = texts[0].replace("\t", " | ")
            yield Finding(
                code=codes[why],
                severity="info",
                message=f"sheet {sheet!r}: {_rows(rows)} {where} left out: {first!r}"
                + (", …" if len(rows) > 1 else ""),
                numbers={
                    "count": len(rows),
                    "lines": [row + 1 for row in rows],
                    "text": texts[:20],
                    "examples": [[row + 1, text, ""] for row, text in list(zip(rows, texts, strict=True))[:3]],
                },
            )
        elif why == "preamble" and (chosen.table.first or chosen.grid.left + chosen.table.left):
            begin = cell_name(chosen.table.first, chosen.grid.left + chosen.table.left)
            yield Finding(
                code="preamble",
                severity="info",
                message=f"sheet {sheet!r}: the table begins at {begin}; above and left of it is nothing",
                numbers={"count": 0, "cell": begin},
            )


def _header(chosen: Chosen) -> Iterator[Finding]:
    header = chosen.table.header
    if len(header) > 1:
        yield Finding(
            code="multi_header",
            severity="info",
            message=f"sheet {chosen.sheet.name!r}: rows {header[0] + 1} to {header[-1] + 1} are one header; "
            "names from several rows are joined by a space where one row does not tell columns apart",
            numbers={
                "count": len(header),
                "lines": [row + 1 for row in header],
                "names": list(chosen.table.names[:20]),
            },
        )
    elif not header:
        first = chosen.table.first + 1
        yield Finding(
            code="no_header",
            severity="info",
            message=f"sheet {chosen.sheet.name!r}: row {first} already is data; the columns have no names, and are "
            "numbered",
            numbers={"count": len(chosen.table.names)},
            remedy=Remedy(action="review", words="write the columns' names into the row above"),
        )


def _repeated(chosen: Chosen) -> Iterator[Finding]:
    rows = [one.row for one in chosen.table.apart if one.why == "repeated_header"]
    if rows:
        places = {row: place for place, row in enumerate(chosen.table.body)}
        yield Finding(
            code="repeated_header",
            severity="warning",
            message=f"sheet {chosen.sheet.name!r}: the header stands again in {_rows(rows, 'and')} set aside",
            rows=tuple(places[row] for row in rows),
            numbers={"count": len(rows), "lines": [row + 1 for row in rows]},
            remedy=Remedy(action="review", words="check whether tables were pasted below each other"),
        )


def _beside(chosen: Chosen, beside: Sequence[int]) -> Iterator[Finding]:
    for place in beside:
        cells = [
            (cell_name(row, place + chosen.grid.left), chosen.grid.rows[row][place])
            for row in chosen.table.body
            if chosen.grid.rows[row][place] is not None
        ]
        told = ", ".join(f"{name} {str(cell)[:40]!r}" for name, cell in cells)
        yield Finding(
            code="notes_beside",
            severity="info",
            message=f"sheet {chosen.sheet.name!r}: words beside the table, in a column without a name, are left out: "
            + told,
            numbers={"count": len(cells), "cells": [name for name, _ in cells], "text": [str(one) for _, one in cells]},
        )


def _others(chosen: Chosen) -> Iterator[Finding]:
    if chosen.others:
        ranges = [_range(chosen, one) for one in chosen.others]
        listed = ", ".join(ranges[:_SHOWN]) + (", …" if len(ranges) > _SHOWN else "")
        yield Finding(
            code="second_table",
            severity="warning",
            message=f"sheet {chosen.sheet.name!r} holds {len(ranges) + 1} tables; the largest, "
            f"{_range(chosen, chosen.table)}, is read, and not {listed}",
            numbers={"count": len(ranges) + 1, "read": _range(chosen, chosen.table), "left": ranges},
            remedy=Remedy(action="review", words=f'name another with --table "{chosen.sheet.name}!{ranges[0]}"'),
        )


def _range(chosen: Chosen, table: SheetTable) -> str:
    left = chosen.grid.left
    return range_name((table.first, table.left + left), (table.last, table.right + left))


def _rows(rows: Sequence[int], link: str = "") -> str:
    """Rows as people read them, with the verb that what follows needs."""
    numbers = ", ".join(str(row + 1) for row in rows[:_SHOWN]) + (", …" if len(rows) > _SHOWN else "")
    words = f"row {numbers}" if len(rows) == 1 else f"{len(rows):,} rows ({numbers})"
    return f"{words} {link} {'was' if len(rows) == 1 else 'were'}".replace("  ", " ") if link else words
