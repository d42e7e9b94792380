"""Cells that are likely wrong: slips of the hand, words that break what other columns say, shapes that no other has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, row_numbers, sample, some
from journeyman.repairs.grid import Grid, Written, compact
from journeyman.repairs.suspects import Suspect, suspects_of
from journeyman.table.columns import MISSING_WORD, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.table import Table

#: An audit asks it, a build does not.
THOROUGH = True
#: So many rows are looked at, and columns; wider tables wait for ``--write-clean``, which looks at all.
MOST_ROWS, MOST_COLUMNS = 4_000, 40
#: Of these an audit tells in other findings, or they are no errors where a table is only to be learnt from.
_TOLD_ELSEWHERE = frozenset({"missing_word", "emptied", "number"})
#: What other columns say may be another truth: it makes no warning.
_BY_OTHERS = frozenset({"dependency", "repeated", "word"})
#: So much of a column's cells, in so many ways, are more than single slips.
_MANY, _WAYS = 0.02, 3
_SHOWN = 3


def look(table: Table, brief: Brief) -> tuple[Finding, ...]:
    """A finding for each column of words with cells that are likely wrong (``cell_errors``): how many, and which.

    It is a warning where 2 % of the cells can be repaired by their spelling alone.
    """
    at = sample(table.rows, MOST_ROWS)
    columns: dict[str, Written] = {}
    for column in looked_at(table, brief):
        values = table.values[column.name]
        if isinstance(values, Strings) and column.kind != "text" and len(columns) < MOST_COLUMNS:
            columns[column.name] = Written(column.name, _emptied(compact(values.take(at))))
    if not columns or table.rows < 2:
        return ()
    found: dict[str, list[Suspect]] = {}
    for one in suspects_of(Grid(len(at), columns)).cells:
        if one.detector not in _TOLD_ELSEWHERE:
            found.setdefault(one.column, []).append(one)
    return tuple(_finding(table, name, cells, at) for name, cells in found.items())


def _finding(table: Table, name: str, cells: Sequence[Suspect], at: np.ndarray) -> Finding:
    repaired = [one for one in cells if one.after is not None]
    is_many = _is_many(repaired, len(at))
    of = "" if len(at) == table.rows else f" of {len(at):,} that were looked at"
    rows = at[[one.row for one in cells]]
    often = Counter(one.before for one in repaired or cells).most_common(1)[0][0]
    example = next(one for one in repaired or cells if one.before == often)
    return Finding(
        code="cell_errors",
        severity="warning" if is_many else "info",
        message=f"{name!r}: {some(len(cells), 'cell')}{of} {'is' if len(cells) == 1 else 'are'} likely wrong"
        f" ({_examples(repaired or cells)}): {example.why}",
        columns=(name,),
        rows=row_numbers(table, rows),
        numbers={
            "count": len(cells),
            "repairable": len(repaired),
            "looked_at": len(at),
            "detectors": dict(sorted(Counter(one.detector for one in cells).items())),
            "suspects": [
                [int(table.row_numbers[at[one.row]]) + 1, one.before, one.after or ""] for one in repaired[:_SHOWN]
            ],
        },
        remedy=Remedy(action="review", words="audit --write-clean FILE writes a copy with what can be repaired"),
    )


def _emptied(cells: Strings) -> Strings:
    """The cells as they are written: what is missing is empty."""
    return Strings(cells.codes, tuple("" if level == MISSING_WORD else level for level in cells.levels))


def _is_many(repaired: Sequence[Suspect], rows: int) -> bool:
    """Whether the column's texts were written carelessly, and not only a few of them are odd."""
    slips = [one.before for one in repaired if one.detector not in _BY_OTHERS]
    return len(slips) >= _MANY * rows and len(set(slips)) >= _WAYS


def _examples(cells: Sequence[Suspect]) -> str:
    """The most frequent of the texts, and what they should be."""
    often = Counter((one.before, one.after) for one in cells).most_common(_SHOWN)
    return ", ".join(f"{_short(before)}{f' for {_short(after)}' if after else ''}" for (before, after), _ in often)


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
