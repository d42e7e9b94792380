"""Many words at once: what `journeyman.bundle.word_cells` reads one by one, for texts that are their own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from journeyman.bundle.cell import OK, missing_words
from journeyman.table.columns import MISSING_WORD
from journeyman.table.schema import Column

#: Fewer texts are read as quickly one by one.
ENOUGH = 500
#: Blanks at an end or beside each other, and marks between lines: a text with them is not its own word.
_ODD = re.compile(r"(?m)^\s|[^\S\n]$|\s\s|[\x00-\x09\x0b-\x1f]")
_END = "\n"


def read_words(column: Column, texts: Sequence[object]) -> tuple[list[str], NDArray[np.int8]] | None:
    """Many texts as words, with states (texts,); None where they are to be looked at one by one.

    What comes is what `journeyman.bundle.word_cells.word_reader` gives for each of them.
    """
    if len(texts) < ENOUGH or column.numeric_spelling or column.case != "kept" or column.levels:
        return None
    if set(map(type, texts)) != {str}:
        return None
    words = cast("Sequence[str]", texts)
    whole = _END.join(words)
    if not whole.isascii() or _ODD.search(whole) or whole.count(_END) != len(words) - 1:
        return None
    folded = whole.casefold().split(_END)
    missing = missing_words(column)
    found = [MISSING_WORD if short in missing else word for word, short in zip(words, folded, strict=True)]
    return found, np.full(len(words), OK, np.int8)
