"""Many numbers at once: what `journeyman.bundle.number_cells` reads one by one, for texts with simple marks.

A text of digits, a decimal mark, marks of thousands and one unit is read together with all that are like it; whatever
has anything else in it is left to the reader of single cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from journeyman.bundle.cell import NAN, OK, UNUSUAL
from journeyman.bundle.number_cells import LARGEST, is_doubtful, missing_numbers, number_reader
from journeyman.table.columns import Numbers
from journeyman.table.schema import Column

#: Fewer texts are read as quickly one by one.
ENOUGH = 500


def read_amounts(column: Column, texts: Sequence[object]) -> tuple[Numbers, NDArray[np.int8]] | None:
    """Many texts as numbers: values and states, (texts,); None where there are too few, or none of them is simple.

    What comes is what `journeyman.bundle.number_cells.number_reader` gives for each of them.
    """
    if len(texts) < ENOUGH or column.decimal == ".," or is_doubtful(column):
        return None
    if set(map(type, texts)) != {str}:
        return None
    words = cast("Sequence[str]", texts)
    is_simple = _simple(column)
    simple = [place for place, word in enumerate(words) if is_simple(word)]
    values = np.full(len(words), NAN)
    states = np.full(len(words), OK, np.int8)
    done = np.zeros(len(words), np.bool_)
    if simple:
        written = _as_programs([words[place] for place in simple], column)
        found = np.fromiter(map(float, written), np.float64, len(simple))
        values[simple], states[simple] = _bounded(column, found)
        done[simple] = True
    read = number_reader(column)
    for place in np.flatnonzero(~done).tolist():
        values[place], states[place] = read(words[place])
    return values, states


def _simple(column: Column) -> Callable[[str], object]:
    """Whether a text is a number of the column's marks, with its unit behind it or none."""
    mark, group = re.escape(column.decimal), re.escape(column.thousands)
    plain = rf"(?:[0-9]+{mark}?[0-9]*|{mark}[0-9]+)(?:[eE][+-]?[0-9]+)?"
    if column.thousands and column.groups == "thousands":
        plain = rf"(?:[0-9]{{1,3}}(?:{group}[0-9]{{3}})+(?:{mark}[0-9]*)?|{plain})"
    unit = rf"(?: ?{re.escape(column.unit)})?" if column.unit.isascii() and column.unit else ""
    return re.compile(rf"[+-]?{plain}{unit}").fullmatch


def _as_programs(words: Sequence[str], column: Column) -> list[str]:
    """The numbers as programs write them."""
    text = "\n".join(words)
    if column.unit and column.unit.isascii():
        text = re.sub(rf" ?{re.escape(column.unit)}$", "", text, flags=re.MULTILINE)
    if column.thousands:
        text = text.replace(column.thousands, "")
    return (text.replace(",", ".") if column.decimal == "," else text).split("\n")


def _bounded(column: Column, values: Numbers) -> tuple[Numbers, NDArray[np.int8]]:
    low = -LARGEST if column.low is None else column.low
    high = LARGEST if column.high is None else column.high
    is_hole = np.isin(values, list(missing_numbers(column)))
    is_unusual = ~is_hole & ~((values >= low) & (values <= high))
    found = np.where(is_hole | np.isinf(values), NAN, values)
    return found, np.where(is_unusual, UNUSUAL, OK).astype(np.int8)
