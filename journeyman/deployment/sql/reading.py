"""How the cells of a table become what the graph takes: the reader's rules, as far as a database can say them.

The table has columns of types: numbers are numbers, dates are dates or timestamps, words are texts. What only texts
need (decimal commas, units, formats of dates) is for whoever fills the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from journeyman.bundle.cell import fold, missing_words
from journeyman.bundle.date_cells import missing_moments
from journeyman.bundle.number_cells import missing_numbers
from journeyman.deployment.sql import numbers
from journeyman.deployment.sql.bounds import Bounds
from journeyman.deployment.sql.choices import where
from journeyman.deployment.sql.dialect import Dialect
from journeyman.deployment.sql.term import Book, Kind, Term
from journeyman.deployment.sql.wires import Cells
from journeyman.table.columns import NO_DATE
from journeyman.table.schema import Column

#: Microseconds from 1970 to the years 1 and 10000, with room.
_FIRST, _LAST = -6.3e16, 2.6e17
_NUMBER_LIKE = ("number", "flag")
#: Where the part stands in the SQL of a term that is made of it: a mark that no SQL has.
PLACE = "\0"


@dataclass(frozen=True)
class Read:
    """The cell of a column: its value, whether it is refused, and whether it is a number that is none (infinite)."""

    value: Term
    refused: Term
    lost: Term


@dataclass
class Reading:
    """Reads the cells of a table; every piece of SQL that it takes is a cell of its own."""

    book: Book
    dialect: Dialect
    cells: list[str] = field(default_factory=list)
    _known: dict[tuple[str, str], Read] = field(default_factory=dict)

    def column(self, column: Column) -> Read:
        """The cell of a column."""
        key = (column.name, column.kind)
        if key not in self._known:
            read = {"number": self._number, "flag": self._flag, "date": self._date}.get(column.kind, self._word)
            self._known[key] = read(column, f"{self.dialect.row}.{self.dialect.identifier(column.name)}")
        return self._known[key]

    def inputs(self, columns: Sequence[Column]) -> dict[str, Cells]:
        """The graph's inputs, (1, columns) each, for feature columns in their order; empty blocks are left out."""
        book = self.book
        values = {column.name: self.column(column).value for column in columns}
        dates = [values[one.name] for one in columns if one.kind == "date"]
        nowhere = book.constant(NO_DATE, "whole")
        filled = [book.make("filled", (one, nowhere), None, "whole", one.bounds.there()) for one in dates]
        found = {
            "numbers": [values[one.name] for one in columns if one.kind in _NUMBER_LIKE],
            "dates": filled,
            "dates_missing": [numbers.is_missing(book, one) for one in dates],
            "words": [values[one.name] for one in columns if one.kind in ("category", "text")],
        }
        return {name: _row(cells) for name, cells in found.items() if cells}

    def _cell(self, sql: str, kind: Kind, bounds: Bounds) -> Term:
        self.cells.append(sql)
        return self.book.make("cell", (), len(self.cells) - 1, kind, bounds)

    def _truth(self, sql: str) -> Term:
        return self._cell(sql, "flag", Bounds()) if sql else self.book.flag(False)

    def _number(self, column: Column, cell: str) -> Read:
        dialect = self.dialect
        test, value = dialect.is_number(cell), dialect.as_double(cell)
        holes = sorted(missing_numbers(column))
        if holes:
            test += f" AND {value} NOT IN ({', '.join(map(dialect.number, holes))})"
        refused = dialect.no_number(cell)
        if refused:
            refused = f"({refused} AND {self._spelt_otherwise(column, cell)})"
        return Read(
            self._cell(f"CASE WHEN {test} THEN {value} END", "number", Bounds()),
            self._truth(refused),
            self._truth(f"({dialect.is_infinite(cell)})"),
        )

    def _flag(self, column: Column, cell: str) -> Read:
        """True and false by any of their spellings, as text: so a truth, a number and a word are read alike."""
        text = self.dialect.lowered(self.dialect.trimmed(cell))
        values = {"true": 1.0, "false": 0.0, "1": 1.0, "0": 0.0, "1.0": 1.0, "0.0": 0.0}
        for words, value in ((column.true_words, 1.0), (column.false_words, 0.0)):
            for word in words:
                values |= dict.fromkeys(_spellings(word), value)
                values |= {f"{fold(word)}.0": value} if fold(word).isdigit() else {}
        sides = {
            value: ", ".join(self.dialect.text(word) for word, own in values.items() if own == value)
            for value in (1.0, 0.0)
        }
        whens = " ".join(f"WHEN {text} IN ({sides[one]}) THEN {self.dialect.number(one)}" for one in (1.0, 0.0))
        known = f"{sides[1.0]}, {sides[0.0]}, {self._missing(column, 'nan')}"
        return Read(
            self._cell(f"CASE {whens} END", "number", Bounds(0.0, 1.0, True, 1.0)),
            self._truth(f"({cell} IS NOT NULL AND {text} NOT IN ({known}))"),
            self.book.flag(False),
        )

    def _date(self, column: Column, cell: str) -> Read:
        value = self._cell(self.dialect.microseconds(cell), "whole", Bounds(_FIRST, _LAST, True, 1.0))
        for hole in sorted(missing_moments(column)):
            is_hole = numbers.equal(self.book, value, self.book.constant(hole, "whole"))
            value = where(self.book, is_hole, self.book.constant(None, "whole"), value)
        refused = self.dialect.no_date(cell)
        if refused:
            refused = f"({refused} AND {self._spelt_otherwise(column, cell)})"
        return Read(value, self._truth(refused), self.book.flag(False))

    def _word(self, column: Column, cell: str) -> Read:
        """A word as the reader spells it; a missing one is the empty text, which no word is."""
        dialect, text = self.dialect, PLACE
        stripped = self._cell(dialect.stripped(cell), "word", Bounds())
        if column.spaces == "single":
            stripped = self._made(dialect.single_spaced(text), stripped)
        word = self._as_number(column, text) if column.numeric_spelling else text
        word = dialect.lowered(word) if column.case == "ignored" else word
        whens = [f"WHEN {dialect.lowered(text)} IN ({self._missing(column)}) THEN ''"]
        if column.case == "ignored":
            for level in column.levels:
                others = sorted(_spellings(level) - {level}) if not level.isascii() else []
                if others:
                    listed = ", ".join(map(dialect.text, others))
                    whens.append(f"WHEN {dialect.lowered(text)} IN ({listed}) THEN {dialect.text(level)}")
        for value, spellings in _TRUTHS.items():
            spelt = [one for one in spellings if one in column.levels]
            if spelt and value not in spelt:
                whens.append(f"WHEN {text} = {dialect.text(value)} THEN {dialect.text(spelt[0])}")
        found = self._made(f"COALESCE(CASE {' '.join(whens)} ELSE {word} END, '')", stripped)
        return Read(found, self.book.flag(False), self.book.flag(False))

    def _made(self, sql: str, text: Term) -> Term:
        """SQL over a text, which stands at each `PLACE` in it."""
        return self.book.make("made", (text,), sql, "word", Bounds(missing=False))

    def _as_number(self, column: Column, text: str) -> str:
        """1, 1.0 and "1.0" as one word."""
        number = self.dialect.number_of_text(text)
        if not number:
            return text
        double = f"({number})"
        whole = f"CAST({self.dialect.as_whole(double)} AS {self.dialect.text_type})"
        is_whole = f"{double} = floor({double}) AND abs({double}) < {self.dialect.number(1e15)}"
        spelt = f"CAST({double} AS {self.dialect.text_type})"
        return f"CASE WHEN {double} IS NULL THEN {text} WHEN {is_whole} THEN {whole} ELSE {spelt} END"

    def _spelt_otherwise(self, column: Column, cell: str) -> str:
        return f"{self.dialect.lowered(self.dialect.trimmed(cell))} NOT IN ({self._missing(column)})"

    def _missing(self, column: Column, *more: str) -> str:
        """The spellings of "missing" as a list; the empty text is one."""
        words = sorted({*more, *(one for word in missing_words(column) for one in _spellings(word))} | {""})
        return ", ".join(map(self.dialect.text, words))


_TRUTHS = {"true": ("True", "true", "TRUE"), "false": ("False", "false", "FALSE")}


def _spellings(word: str) -> set[str]:
    """A word as databases lower it: some all letters, some only those of English."""
    forms = {word, word.strip(), fold(word), word.strip().upper(), word.strip().title()}
    return {fold(word), *("".join(mark.lower() if mark.isascii() else mark for mark in one.strip()) for one in forms)}


def _row(cells: Sequence[Term]) -> Cells:
    found = np.empty((1, len(cells)), dtype=object)
    found[0] = cells
    return found
