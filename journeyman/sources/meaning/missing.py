"""Spellings of "missing": which count in which columns, and what is told of them."""

from __future__ import annotations

import numpy as np

from journeyman.bundle.cells import fold, missing_numbers, spell
from journeyman.bundle.reader import missing_of
from journeyman.sources.meaning.evidence import LONGEST_MARK, Evidence
from journeyman.sources.meaning.seen import Seen
from journeyman.table.columns import Strings
from journeyman.table.finding import Finding
from journeyman.table.schema import Column

#: Spellings of "missing" that no word of a category is likely to be.
IN_WORDS = (
    "?",
    "na",
    "n/a",
    "n.a.",
    "#n/a",
    "#na",
    "<na>",
    "nan",
    "null",
    "(null)",
    "<null>",
    "\\n",
    "nat",
    "#null!",
    "#value!",
    "#ref!",
    "#div/0!",
    "#name?",
    "#num!",
    "(blank)",
    ".",
    "-",
    "--",
    "---",
    "…",
    "..",
)
#: In a target, "-" and "." may well be classes.
IN_TARGET = ("?", "na", "n/a", "#n/a", "#na", "<na>", "nan", "null", "(null)", "<null>", "\\n")
#: Where numbers or dates are due, these mean "missing" too.
IN_NUMBERS = (
    *IN_WORDS,
    "none",
    "nil",
    "missing",
    "not available",
    "not applicable",
    "no data",
    "empty",
    "undefined",
    "unavailable",
    "n.d.",
    "nd",
    "n/d",
    "k.a.",
    "k. a.",
    "s.d.",
    "s/d",
    "tbd",
    "tba",
    "*",
    "**",
    "****",
    "x",
    "_",
)
#: Dates that stand for "none".
IN_DATES = (*IN_NUMBERS, "0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "00.00.0000")
#: All of them, as they are compared.
KNOWN = frozenset(fold(word) for word in ("", *IN_DATES))
#: How the words among them are spelled by programs; "Nan" is a person.
_BY_PROGRAMS = frozenset({"NA", "na", "N/A", "n/a", "N/a", "NaN", "nan", "NAN", "NULL", "null", "Null", "NaT", "<NA>"})
_SHOWN = 9
#: Of the spellings that could be names none is longer.
_LONGEST_WORD = 6


def marks_as_names(column: Column) -> tuple[str, ...]:
    """What is missing where a column of numbers is one of names instead: in words, and as -999."""
    numbers = missing_numbers(column)
    return (*IN_WORDS, *(one for one in column.missing if numbers and fold(one) in set(map(spell, numbers))))


def marks_in_words(evidence: Evidence) -> tuple[str, ...]:
    """Spellings of "missing" in this column's words: not those that only stand as people write names."""
    if evidence.is_target:
        return IN_TARGET
    found: dict[str, bool] = {}
    for text in evidence.coded.levels:
        if len(text) <= _LONGEST_WORD and (word := fold(text)) in IN_WORDS:
            found[word] = found.get(word, False) or not word.isalpha() or text.strip() in _BY_PROGRAMS
    return tuple(word for word in IN_WORDS if found.get(word, True))


def tell(seen: Seen) -> Finding | None:
    """How many cells spell "missing" in words (``missing_tokens``), or as year 0 (``date_invalid``)."""
    cells, column = seen.evidence.cells, seen.column
    if not isinstance(cells, Strings) or seen.is_plain or not seen.has_gaps:
        return None
    spellings = ({fold(word) for word in column.missing} & (KNOWN | seen.wished_missing)) - {""}
    counts = cells.counts()
    marks = {
        place: text
        for place in seen.codes_of(missing_of(seen.read.values))
        if (text := cells.levels[place]) and len(text) <= LONGEST_MARK and fold(text) in {"", *spellings}
    }
    if not marks:
        return None
    total = int(counts[list(marks)].sum())
    is_zero_date = column.kind == "date" and any(text.startswith("00") for text in marks.values())
    listed = ", ".join(f"{text!r} {counts[place]:,}" for place, text in list(marks.items())[:_SHOWN])
    is_mark = np.zeros(len(cells.levels), np.bool_)
    is_mark[list(marks)] = True
    return Finding(
        code="date_invalid" if is_zero_date else "missing_tokens",
        severity="warning" if is_zero_date else "info",
        message=f"{column.name!r} spells 'missing' in {'dates that are none' if is_zero_date else 'words'} in "
        f"{total:,} cell{'' if total == 1 else 's'} ({listed})",
        columns=(column.name,),
        numbers={"cells": total, "count": total, "examples": seen.examples(is_mark)},
    )
