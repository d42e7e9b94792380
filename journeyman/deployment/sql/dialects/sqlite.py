"""SQLite, from version 3.35 on, with its mathematical functions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from journeyman.deployment.sql.bounds import MOST
from journeyman.deployment.sql.dialect import BLANKS, Dialect, Step, pieces

#: A literal of more digits may be read as the double beside it.
_DIGITS = 15
_BITS = 53
_NUMBERS = "('integer', 'real')"


class _SQLite(Dialect):
    """SQLite: columns have no types, and the table's own columns come back by the number of the row."""

    name = "sqlite"
    says = "SQLite, from version 3.35 on, with its mathematical functions"
    double, whole, text_type = "REAL", "INTEGER", "TEXT"
    least, most = "min", "max"
    # Its parser holds 100 marks.
    most_cases, most_depth = 6, 40
    stops_at_small = False
    most_columns, keeps_all = 1900, False
    fence = "\n  LIMIT -1 OFFSET 0"

    @property
    def column_types(self) -> Mapping[str, str]:
        """Dates are texts."""
        return {**super().column_types, "date": "TEXT"}

    def text(self, value: str) -> str:
        """Marks that cannot be seen by their number; a NUL would end the whole statement."""
        found = [
            self.quoted(piece) if is_seen else f"char({', '.join(str(ord(mark)) for mark in piece)})"
            for is_seen, piece in pieces(value)
        ]
        return f"({' || '.join(found)})" if len(found) > 1 else found[0] if found else "''"

    def number(self, value: float) -> str:
        """A decimal."""
        return repr(value)

    def threshold(self, value: float) -> str:
        """A decimal, or where SQLite may read it as the double beside it, a quotient that is exact."""
        text = repr(value)
        digits = text.partition("e")[0].replace(".", "").lstrip("-0")
        fraction, exponent = math.frexp(value)
        power = _BITS - exponent
        if len(digits) <= _DIGITS or not 0 <= power <= 62:
            return text
        return f"({int(math.ldexp(fraction, _BITS))}.0 / {2**power}.0)"

    def is_number(self, cell: str) -> str:
        """Any cell may hold anything."""
        return f"typeof({cell}) IN {_NUMBERS} AND {super().is_number(cell)}"

    def is_infinite(self, cell: str) -> str:
        """Infinity is written as a number too large."""
        return f"typeof({cell}) = 'real' AND abs({cell}) > {self.number(MOST)}"

    def no_number(self, cell: str) -> str:
        """A text or bytes."""
        return f"typeof({cell}) IN ('text', 'blob')"

    def microseconds(self, cell: str) -> str:
        """Dates are texts. SQLite rounds them to milliseconds, so that what is finer is taken from the text."""
        is_fine = f"{cell} GLOB '*.[0-9][0-9][0-9][0-9][0-9][0-9]'"
        text = f"CASE WHEN {is_fine} THEN substr({cell}, 1, 23) ELSE {cell} END"
        seconds = f"CAST(strftime('%s', {text}) AS INTEGER) * 1000000"
        thousandths = f"CAST(substr(strftime('%f', {text}), 4) AS INTEGER) * 1000"
        rest = f"CASE WHEN {is_fine} THEN CAST(substr({cell}, 24) AS INTEGER) ELSE 0 END"
        inside = f"typeof({cell}) = 'text' AND strftime('%Y', {text}) BETWEEN '0001' AND '9999'"
        return f"CASE WHEN {inside} THEN {seconds} + {thousandths} + {rest} END"

    def no_date(self, cell: str) -> str:
        """Anything but a text that is a date."""
        return f"{cell} IS NOT NULL AND (typeof({cell}) <> 'text' OR strftime('%s', {cell}) IS NULL)"

    def stripped(self, cell: str) -> str:
        """All blanks, not only spaces."""
        return f"trim(CAST({cell} AS TEXT), {self.text(''.join(BLANKS))})"

    def single_spaced(self, text: str) -> str:
        """Blank by blank, and runs of them by two marks that no text has."""
        for blank in BLANKS:
            if blank != " ":
                text = f"replace({text}, char({ord(blank)}), ' ')" if blank in "\t\n\r\xa0" else text
        return f"replace(replace(replace({text}, ' ', char(1, 2)), char(2, 1), ''), char(1, 2), ' ')"

    def number_of_text(self, text: str) -> str:
        """Texts of nothing but the marks of a number."""
        is_number = f"{text} GLOB '*[0-9]*' AND {text} NOT GLOB '*[^0-9.eE+-]*' AND {text} NOT GLOB '?*[+-]*'"
        return f"CASE WHEN {is_number} THEN CAST({text} AS REAL) END"

    def rest(self, first: str, second: str) -> str:
        """The sign."""
        return f"{first} % {second}"

    def divided(self, first: str, second: str) -> str:
        """Of whole numbers the quotient is whole."""
        return f"({first} / {second})"

    def statement(self, table: Sequence[str], steps: Sequence[Step], answers: Sequence[tuple[str, str]]) -> str:
        """One WITH a step; the table's columns join in the end, by the number of the row."""
        name = self.qualified(table)
        if not steps:
            return f"SELECT\n  t.*{self.listed(answers)}\nFROM {name} AS t"
        lines, last, kept = [], f"{name} AS t", "t.rowid AS row_number_"
        for place, step in enumerate(steps, 1):
            carried = "".join(f", t.{self.identifier(one)}" for one in step.kept if one not in dict(step.columns))
            columns = f"{kept}{carried}{self.listed(step.columns)}"
            lines.append(f"s{place} AS (\n  SELECT {columns}\n  FROM {last}{self.fence}\n)")  # noqa: S608 - names are quoted
            last, kept = f"s{place} AS t", "t.row_number_"
        # The order of a CROSS JOIN is kept: rows come from the last step, each with its row of the table.
        given = self.listed(answers)
        joined = f"FROM {last}\nCROSS JOIN {name} AS r ON r.rowid = t.row_number_"
        return "WITH " + ",\n".join(lines) + f"\nSELECT\n  r.*{given}\n{joined}"

    def reference(self, step: int, name: str) -> str:
        """Every step hands on what later ones use."""
        return f"t.{self.identifier(name)}"


DIALECT = _SQLite()
