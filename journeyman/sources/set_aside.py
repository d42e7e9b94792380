"""The rows that are not used, as they stand in their source, in a file beside the results. Nothing is lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from journeyman.sources.raw import Raw
from journeyman.sources.write import as_text, guarded
from journeyman.table.table import LONGEST_RECORD, Ledger, SetAside

if TYPE_CHECKING:
    import polars as pl

#: The file's name in a run's folder.
NAME = "set_aside.csv"
#: Rows whose text is kept; of more of them, as where hardly a row has an outcome, number and code tell which they are.
MOST_RECORDS = 100_000


def with_records(ledger: Ledger, raw: Raw) -> Ledger:
    """The ledger in the order of its rows, with line and text of each that the cells still hold and that has none yet.

    Rows that were set aside while they were read bring their text; those that were left out later, as for want of an
    outcome, take it from the cells, written as a record of the source.
    """
    places = _places(ledger.set_aside, raw)
    texts = dict(zip(places, _texts(raw, list(places.values())), strict=True))
    lines = raw.lines
    filled = []
    for number, one in enumerate(ledger.set_aside):
        if number in texts:
            line = one.line or (0 if lines is None else int(lines[places[number]]))
            filled.append(replace(one, text=texts[number][:LONGEST_RECORD], line=line))
        else:
            filled.append(one)
    return replace(ledger, set_aside=tuple(sorted(filled, key=lambda one: one.row)))


def content(ledger: Ledger) -> bytes:
    """The rows set aside as a CSV file: row and line from 1 (empty where there is none), code, text.

    The text is the record as it stands in the source. Where a spreadsheet would take it for a formula, or it begins
    with an apostrophe, one apostrophe stands before it.
    """
    has_sources = any(one.source for one in ledger.set_aside)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["row", "line", "code", "text", *(["source"] if has_sources else [])])
    for one in ledger.set_aside:
        text = f"'{one.text}" if one.text.startswith("'") else guarded(one.text)
        source = [guarded(one.source)] if has_sources else []
        writer.writerow([one.row + 1, one.line or "", one.code, text, *source])
    return buffer.getvalue().encode(errors="backslashreplace")


def _places(rows: Sequence[SetAside], raw: Raw) -> dict[int, int]:
    """Place in the ledger → place in the frame, for the rows whose text is still to be found."""
    wanted = [place for place, one in enumerate(rows) if not one.text][:MOST_RECORDS]
    if not wanted or not raw.rows:
        return {}
    numbers = raw.numbers()
    asked = np.array([rows[place].row for place in wanted], np.int64)
    found = np.minimum(np.searchsorted(numbers, asked), len(numbers) - 1)
    there = numbers[found] == asked
    return {place: int(at) for place, at, is_there in zip(wanted, found, there, strict=True) if is_there}


def _texts(raw: Raw, places: Sequence[int]) -> list[str]:
    """Rows of the frame as records of the source."""
    if not places:
        return []
    flat: pl.DataFrame = as_text(raw.frame[list(places)])
    found = []
    for cells in flat.iter_rows():
        buffer = io.StringIO(newline="")
        csv.writer(buffer, delimiter=raw.delimiter, lineterminator="").writerow(cells)
        found.append(buffer.getvalue())
    return found
