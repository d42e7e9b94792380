"""The rows by which a finding can be seen: a few of those that it names, in the columns that it is about."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np

from journeyman.bundle.cells import spell
from journeyman.table.columns import MISSING_WORD, Strings
from journeyman.table.finding import Finding
from journeyman.table.table import Dates, Table

#: So many rows and columns are shown, and so many characters of a cell.
ROWS, COLUMNS, _LONGEST = 4, 6, 60
HIDDEN = "(not shown)"


@dataclass(frozen=True)
class Evidence:
    """Some rows as they were read.

    Parameters
    ----------
    columns : the names
    rows : the number of each row in the source, from 1, and its cells as text; a missing one is empty
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {"columns": list(self.columns), "rows": [[number, *cells] for number, cells in self.rows]}


def evidence_of(table: Table, finding: Finding, target: str, untold: AbstractSet[str]) -> Evidence | None:
    """The first rows that a finding names, None where it names none that the table has.

    Parameters
    ----------
    target : stands beside the finding's columns, where there is one
    untold : columns whose cells are shown nowhere
    """
    places = np.searchsorted(table.row_numbers, finding.rows[:ROWS])
    there = [
        (row, int(place))
        for row, place in zip(finding.rows, places, strict=False)
        if place < table.rows and table.row_numbers[place] == row
    ]
    if not there:
        return None
    about = [name for name in finding.columns if name in table.schema]
    others = [column.name for column in table.schema] if not about else []
    names = tuple(dict.fromkeys([*about, *others]))[: COLUMNS - 1]
    if target in table.schema and target not in names:
        names += (target,)
    rows = tuple((row + 1, tuple(_shown(table, name, place, untold) for name in names)) for row, place in there)
    return Evidence(names, rows)


def _shown(table: Table, name: str, place: int, untold: AbstractSet[str]) -> str:
    value = table.values[name]
    if isinstance(value, Strings):
        word = value.levels[value.codes[place]]
        text = "" if word == MISSING_WORD else word
    elif isinstance(value, Dates):
        moment = np.datetime64(int(value.at[place]), "us").astype("datetime64[s]")
        text = "" if value.missing[place] else str(moment).removesuffix("T00:00:00")
    else:
        text = "" if np.isnan(value[place]) else spell(float(value[place]))
    if text and name in untold:
        return HIDDEN
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
