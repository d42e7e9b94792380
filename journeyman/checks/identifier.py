"""Columns that name rows: an id tells rows apart, and nothing that would hold for new ones."""

from __future__ import annotations

import re

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at
from journeyman.table.columns import MISSING_WORD, Strings
from journeyman.table.finding import Finding, Remedy
from journeyman.table.schema import Column
from journeyman.table.table import Dates, Table

#: A column of words with this share of distinct cells names rows.
NEARLY_ALL = 0.95
#: Below this many rows, distinct words are no evidence.
FEWEST_ROWS = 20
#: So many rows are looked at first.
_FIRST = 1000
#: By these words the name of an id ends: "id", "customer_id", "PassengerId", "Case Number".
_ENDS = frozenset({"id", "key", "uuid", "guid", "index", "rowid"})
_COUNTED = frozenset({"row", "serial", "record", "case", "order", "sample", "line", "invoice"})
_NUMBER = frozenset({"number", "num", "no", "nr", "id"})
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def look(table: Table, brief: Brief) -> tuple[Finding, ...]:
    """A finding for each column that names rows; the remedy is not to use it.

    Words count when nearly all are distinct; whole numbers only when all are, and they count up through the rows or
    go by the name of an id, because a price or a measured value may well be different in every row.
    """
    found = []
    for column in looked_at(table, brief):
        if brief.columns.get(column.name, {}).get("role") == "feature":
            continue
        reason = why_identifier(table, column)
        if reason:
            found.append(
                Finding(
                    code="id_column",
                    # A postal code, a long number: many columns of digits differ in every row without being ids.
                    severity="warning" if _is_surely_an_id(table, column) else "info",
                    message=f"{column.name!r} identifies rows ({reason})",
                    columns=(column.name,),
                    numbers={"rows": table.rows},
                    remedy=Remedy(action="role", value="ignored", words="it is not used"),
                )
            )
    return tuple(found)


def why_identifier(table: Table, column: Column) -> str:
    """Why a column identifies rows, in words; empty where it does not."""
    value = table.values[column.name]
    if isinstance(value, Dates):
        return ""
    known = table.rows - int(table.missing(column.name).sum())
    if isinstance(value, Strings):
        if column.kind == "id":
            return column.reason or "it is an id"
        # Text that is long enough to be read differs in nearly every row too, and is no id.
        if column.kind != "category" or known < FEWEST_ROWS:
            return ""
        distinct = int((value.counts() > 0).sum())
        return f"{distinct:,} different values in {known:,} rows" if distinct >= NEARLY_ALL * known else ""
    if column.kind != "number" or known < max(FEWEST_ROWS, table.rows):
        return ""
    if any(bool((np.floor(some) != some).any()) for some in (value[:_FIRST], value)):
        return ""
    steps = np.diff(value)
    if bool(np.all(steps == 1)) or bool(np.all(steps == -1)):
        return "it counts the rows"
    if is_name_of_id(column.name) and len(np.unique(value)) == table.rows:
        return "a different whole number in every row, and the name of an id"
    return ""


def _is_surely_an_id(table: Table, column: Column) -> bool:
    """Whether the name says so, or the cells are made of letters, too."""
    value = table.values[column.name]
    if is_name_of_id(column.name):
        return True
    first = value.levels[:FEWEST_ROWS] if isinstance(value, Strings) else ()
    return any(one.isalpha() for word in first if word != MISSING_WORD for one in word)


def is_name_of_id(name: str) -> bool:
    """Whether a name ends as that of an id does.

    >>> [is_name_of_id(name) for name in ("customer_id", "PassengerId", "Case Number", "paid")]
    [True, True, True, False]
    """
    words = [word.lower() for word in _WORD.findall(name)]
    return bool(words) and (words[-1] in _ENDS or (len(words) > 1 and words[-2] in _COUNTED and words[-1] in _NUMBER))
