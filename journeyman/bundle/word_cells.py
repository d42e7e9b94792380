"""How a cell of a category, an identifier and a text is read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

import numpy as np

from journeyman.bundle.cell import OK, REFUSED, UNUSUAL, ReadOne, missing_words, simplify, spell
from journeyman.bundle.number_cells import LARGEST, number_reader
from journeyman.bundle.terms import terms_of
from journeyman.table.columns import MISSING_WORD, TERM_END
from journeyman.table.schema import Column

_WHOLE = re.compile(r"[+-]?[0-9]{1,300}")
#: Zero-width blank, byte order mark, soft hyphen: nobody sees them, and nobody means them.
_UNSEEN = str.maketrans("", "", "\u200b\ufeff\u00ad")
#: Of a whole number that can be a word: as much as the largest floating number has.
_MOST_BITS = 1024


def word_reader(column: Column) -> ReadOne:
    """Read a word: composed (NFC), stripped, U+001F as a space, missing spellings as `MISSING_WORD`.

    Where the column says so, runs of blanks are one, and case is ignored. Where the column's words are numbers, 1, 1.0
    and "1.0" are one word. A truth value takes the spelling that the column's levels have for it.
    """
    levels = frozenset(column.levels)
    missing = missing_words(column)
    is_numeric = column.numeric_spelling
    number = number_reader(column) if is_numeric else None
    single, folded = column.spaces == "single", column.case == "ignored"
    truth = {
        value: next((word for word in column.levels if word in spellings), spellings[0])
        for value, spellings in ((True, ("True", "true", "TRUE")), (False, ("False", "false", "FALSE")))
    }

    def text(cell: str) -> str:
        word = cell if cell.isascii() else unicodedata.normalize("NFC", cell)
        if single:
            word = " ".join((word if word.isascii() else word.translate(_UNSEEN)).split())
        else:
            word = word.replace("\x1f", " ").strip()
        if word.casefold() in missing:
            return MISSING_WORD
        if folded:
            word = word.casefold()
        if number is None:
            return word
        if _WHOLE.fullmatch(word):
            return str(int(word))
        value, state = number(word)
        if state == REFUSED:
            return word
        return spell(value) if value == value else MISSING_WORD

    def known(word: str) -> tuple[str, int]:
        if number is not None and word in missing:
            return MISSING_WORD, OK
        return word, OK if not levels or word in levels or word == MISSING_WORD else UNUSUAL

    def read(cell: object) -> tuple[str, int]:
        if type(cell) is str:
            # a known level is its own spelling
            return (cell, OK) if cell in levels else known(text(cell))
        value = simplify(cell)
        if value is None:
            return MISSING_WORD, OK
        if isinstance(value, str):
            return known(text(value))
        if isinstance(value, bool):
            word = truth[value]
            return known(word.casefold() if folded else word)
        if isinstance(value, int):
            # A number of thousands of digits is no word that anybody wrote, and Python would not write it either.
            return known(str(value)) if value.bit_length() <= _MOST_BITS else (MISSING_WORD, UNUSUAL)
        if isinstance(value, float | Decimal):
            amount = float(value)
            if amount != amount:
                return MISSING_WORD, OK
            return known(spell(amount)) if abs(amount) <= LARGEST else (MISSING_WORD, UNUSUAL)
        if isinstance(value, np.datetime64):
            value = value.astype("datetime64[us]").item()
        if isinstance(value, datetime):
            at_midnight = value.time() == value.time().min and value.tzinfo is None
            return known((value.date() if at_midnight else value).isoformat())
        if isinstance(value, date):
            return known(value.isoformat())
        return MISSING_WORD, REFUSED

    return read


def plain_words(column: Column) -> frozenset[str]:
    """The words that `cell_reader` takes as they are, and as ordinary: the levels of a column that is no text."""
    return frozenset() if column.kind == "text" else frozenset(column.levels)


def text_reader(column: Column) -> ReadOne:
    """Read a text as its terms, joined by U+001F; missing is what it is to `word_reader`.

    A text without terms is "", which no spelling of "missing" is.
    """
    word = word_reader(column)
    form = column.terms

    def read(cell: object) -> tuple[str, int]:
        value, state = word(cell)
        return value if value == MISSING_WORD else TERM_END.join(terms_of(value, form)), state

    return read
