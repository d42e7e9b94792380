"""Words with so many different ones that hardly any comes often enough to learn something of it."""

from __future__ import annotations

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.checks.identifier import why_identifier
from journeyman.table.columns import MISSING_WORD, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.said import share
from journeyman.table.schema import Column
from journeyman.table.table import Table

#: Fewer different words are few, however few rows there are.
FEWEST_LEVELS = 50
#: With fewer rows a word on average, most words are seen too seldom.
ROWS_OF_LEVEL = 5.0
#: So many levels are told where they do come often, too.
MANY_LEVELS = 1000


def look(table: Table, brief: Brief) -> tuple[Finding, ...]:
    """A finding for each column of levels that are too many for the rows; texts, ids and dates are none.

    A warning where a level has fewer than five rows on average, else, from a thousand levels on, worth knowing.
    """
    found = []
    for column in looked_at(table, brief):
        value = table.values[column.name]
        if isinstance(value, Strings) and column.kind == "category" and len(value.levels) >= FEWEST_LEVELS:
            one = _look(table, column, value)
            found += [one] if one is not None else []
    return tuple(found)


def _look(table: Table, column: Column, value: Strings) -> Finding | None:
    is_word = np.array([level != MISSING_WORD for level in value.levels])
    counts = value.counts()[is_word]
    counts = counts[counts > 0]
    levels, known = len(counts), int(counts.sum())
    if levels < FEWEST_LEVELS or why_identifier(table, column):
        return None
    is_thin = known < ROWS_OF_LEVEL * levels
    if not is_thin and levels < MANY_LEVELS:
        return None
    alone = int((counts == 1).sum())
    also = f"; {share(alone / levels)} of them stand in a single row" if alone else ""
    each = f"{known / levels:,.1f}".removesuffix(".0")
    return Finding(
        code="high_cardinality",
        severity="warning" if is_thin else "info",
        message=f"{column.name!r} holds {levels:,} different words in {known:,} rows, {each} rows each{also}",
        columns=(column.name,),
        numbers={"levels": levels, "rows": known, "single": alone},
        remedy=Remedy(words="rare words are learnt as one; new words will come, and are answered as unknown"),
    )
