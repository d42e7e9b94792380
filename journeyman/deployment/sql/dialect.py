"""What databases say alike, and where they differ: names, literals, how cells are read, how steps follow each other.

A dialect is one file in `journeyman.deployment.sql.dialects` with a subclass of `Dialect` called ``DIALECT``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from journeyman.deployment.sql.bounds import MOST
from journeyman.deployment.sql.term import Kind, Term
from journeyman.plan.shelf import modules
from journeyman.table.columns import MISSING_WORD

#: Every mark that Python strips from a text; a database strips blanks only, unless it is told.
BLANKS = tuple(mark for mark in map(chr, range(0x3001)) if mark.isspace())


@dataclass(frozen=True)
class Step:
    """Columns that are computed beside each other, each from the table or from earlier steps: (name, SQL)."""

    columns: tuple[tuple[str, str], ...]
    #: The columns of this and earlier steps that later ones use.
    kept: tuple[str, ...]


class Dialect:
    """SQL as the standard has it; what a database says otherwise it overrides.

    Missing is NULL, also of numbers: no term is ever NaN or infinite.
    """

    name = "ansi"
    says = "standard SQL with LATERAL, as far as there is any"
    #: The version that it was tried with.
    tried = ""
    #: How many CASEs may stand within each other, and how deep an expression may nest (in the parser's marks).
    most_cases, most_depth = 40, 300
    #: How many columns a step may have, and whether it has those of all steps before.
    most_columns, keeps_all = 1500, True
    double, whole, text_type = "DOUBLE PRECISION", "BIGINT", "VARCHAR"
    least, most = "LEAST", "GREATEST"
    #: What the table is called where its cells are read.
    row = "t"
    #: Whether a query ends at a product or a quotient that is too small to be told from 0.
    stops_at_small = True

    @property
    def column_types(self) -> Mapping[str, str]:
        """What a column of each kind is declared as."""
        types = {"number": self.double, "flag": "BOOLEAN", "date": "TIMESTAMP"}
        return {**types, "category": self.text_type, "text": self.text_type}

    # ---- words ------------------------------------------------------------------------------------------------------

    def identifier(self, name: str) -> str:
        """A name, quoted: nothing in it ends it."""
        return '"' + name.replace('"', '""') + '"'

    def text(self, value: str) -> str:
        """A text as a literal: nothing in it ends it, and what cannot be seen is written by its number."""
        return self.quoted(value)

    def quoted(self, value: str) -> str:
        """A text of plain marks, quoted."""
        return "'" + value.replace("'", "''") + "'"

    def number(self, value: float) -> str:
        """A double as a literal that is read back as the same one."""
        text = repr(value)
        return text if "e" in text else f"{text}e0"

    def threshold(self, value: float) -> str:
        """A double that others are compared with: not even the one beside it will do."""
        return self.number(value)

    def typed(self, value: str, kind: Kind) -> str:
        """A literal where nothing beside it says what type it is."""
        types = {"number": self.double, "whole": self.whole, "word": self.text_type, "flag": "BOOLEAN"}
        return f"CAST({value} AS {types[kind]})"

    def holds(self, word: str) -> bool:
        """Whether a cell can hold a text at all; a key that no cell has is left out."""
        return word == MISSING_WORD or ("\x1f" not in word and bool(word))

    def constant(self, term: Term) -> str:
        """A constant; a missing word is the empty text."""
        if term.data is None:
            return "NULL"
        if term.kind == "number":
            return self.number(term.data)
        if term.kind == "word":
            return self.text("" if term.data == MISSING_WORD else term.data)
        if term.kind == "flag":
            return "TRUE" if term.data else "FALSE"
        return str(int(term.data))

    # ---- cells ------------------------------------------------------------------------------------------------------

    def as_double(self, cell: str) -> str:
        """A cell of any type of number as a double."""
        return f"CAST({cell} AS {self.double})"

    def is_number(self, cell: str) -> str:
        """Whether a cell holds a number that is finite; empty cells and NaN are none."""
        return f"abs({self.as_double(cell)}) <= {self.number(MOST)}"

    def is_infinite(self, cell: str) -> str:
        """Whether a cell holds an infinite number."""
        return f"abs({self.as_double(cell)}) = CAST('Infinity' AS {self.double})"

    def no_number(self, cell: str) -> str:
        """Whether a cell holds something else than a number, where a column's type allows that; empty where not."""
        return ""

    def microseconds(self, cell: str) -> str:
        """A date or a time as microseconds since 1970-01-01 UTC; NULL before the year 1 and after 9999."""
        inside = f"{cell} >= '0001-01-01' AND {cell} < '10000-01-01'"
        return f"CASE WHEN {inside} THEN CAST(EXTRACT(EPOCH FROM {cell}) * 1000000 AS {self.whole}) END"

    def no_date(self, cell: str) -> str:
        """Whether a cell holds something else than a date, where a column's type allows that; empty where not."""
        return ""

    def stripped(self, cell: str) -> str:
        """A cell as text without the blanks around it."""
        return f"TRIM(CAST({cell} AS {self.text_type}))"

    def trimmed(self, cell: str) -> str:
        """The same without spaces around it, where that is enough."""
        return f"TRIM(CAST({cell} AS {self.text_type}))"

    def single_spaced(self, text: str) -> str:
        """A text with every run of blanks as one blank."""
        return text

    def lowered(self, text: str) -> str:
        """A text in lower case."""
        return f"lower({text})"

    def number_of_text(self, text: str) -> str:
        """The number that a text spells, NULL where it spells none; empty where the database cannot tell."""
        return ""

    # ---- operations -------------------------------------------------------------------------------------------------

    def as_whole(self, number: str) -> str:
        """A double that is a whole number already, as one."""
        return f"CAST({number} AS {self.whole})"

    def entry(self, entries: Sequence[str], place: str, kind: Kind) -> str:
        """One of some constants by its place, from 1 on; empty where there are no arrays."""
        return ""

    def rest(self, first: str, second: str) -> str:
        """What a division of whole numbers leaves, with the sign of the first."""
        return f"MOD({first}, {second})"

    def divided(self, first: str, second: str) -> str:
        """How often a whole number goes into another; without the rest, a quotient is whole however it is made."""
        return self.as_whole(f"({first} - {self.rest(first, second)}) / {second}")

    # ---- statements -------------------------------------------------------------------------------------------------

    def statement(self, table: Sequence[str], steps: Sequence[Step], answers: Sequence[tuple[str, str]]) -> str:
        """The whole SELECT: every column of the table, and the answers behind them.

        Parameters
        ----------
        table : its name, behind that of its schema where one is told
        answers : name and SQL of each, over the columns of the steps
        """
        lines = [f"SELECT\n  t.*{self.listed(answers)}\nFROM {self.qualified(table)} AS t"]
        for place, step in enumerate(steps, 1):
            columns = self.listed(step.columns).removeprefix(",")
            lines.append(f"CROSS JOIN LATERAL (\n  SELECT{columns}{self.fence}\n) AS s{place}")
        return "\n".join(lines)

    #: What keeps a database from computing a step anew wherever its columns are used.
    fence = ""

    def listed(self, columns: Sequence[tuple[str, str]]) -> str:
        """Columns of a SELECT, each on a line of its own, a comma before each."""
        return "".join(f",\n  {sql} AS {self.identifier(name)}" for name, sql in columns)

    def qualified(self, table: Sequence[str]) -> str:
        """The table's whole name."""
        return ".".join(map(self.identifier, table))

    def reference(self, step: int, name: str) -> str:
        """A column of a step (from 1 on) where a later one uses it."""
        return f"s{step}.{self.identifier(name)}"


@cache
def dialects() -> Mapping[str, Dialect]:
    """Every dialect on the shelf, by name."""
    found = [one.DIALECT for one in modules("deployment.sql.dialects") if hasattr(one, "DIALECT")]
    return {one.name: one for one in sorted(found, key=lambda one: str(one.name))}


def pieces(value: str) -> list[tuple[bool, str]]:
    """A text cut where marks that can be seen and others meet: (whether it can be seen, piece)."""
    found: list[tuple[bool, str]] = []
    for mark in value:
        is_seen = mark.isprintable()
        if found and found[-1][0] == is_seen:
            found[-1] = (is_seen, found[-1][1] + mark)
        else:
            found.append((is_seen, mark))
    return found
