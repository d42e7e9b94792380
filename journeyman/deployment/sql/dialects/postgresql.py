"""PostgreSQL, from version 12 on."""

from __future__ import annotations

from collections.abc import Sequence

from journeyman.deployment.sql.dialect import BLANKS, Dialect, Step, pieces
from journeyman.deployment.sql.term import Kind

_TYPES = {"number": "float8", "whole": "bigint", "word": "text", "flag": "boolean"}
_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"


class _PostgreSQL(Dialect):
    """PostgreSQL: steps within each other, with OFFSET 0 so that each is computed once a row.

    The whole row of the table is handed on as one value. Not LATERAL: its results are memoized by every single use of
    a column, which is slow, and fails where there are thousands.
    """

    name = "postgresql"
    says = "PostgreSQL, from version 12 on"
    text_type = "text"
    keeps_all = False
    row = "jm_row"
    fence = "\n  OFFSET 0"

    def text(self, value: str) -> str:
        """Escapes in E'…' mean the same whatever the server's setting of standard_conforming_strings."""
        if "\\" not in value and value.isprintable():
            return self.quoted(value)
        marks = [piece if is_seen else "".join(map(_escape, piece)) for is_seen, piece in pieces(_doubled(value))]
        return "E" + self.quoted("".join(marks))

    def number(self, value: float) -> str:
        """A decimal; beside a double it is one."""
        return repr(value)

    def typed(self, value: str, kind: Kind) -> str:
        """The short form of CAST."""
        return f"{value}::{_TYPES[kind]}"

    def holds(self, word: str) -> bool:
        """No text holds a NUL."""
        return super().holds(word) and "\0" not in word

    def stripped(self, cell: str) -> str:
        """All blanks, not only spaces."""
        return f"btrim({cell}::text, {self.text(''.join(BLANKS))})"

    def single_spaced(self, text: str) -> str:
        """By pattern."""
        return f"regexp_replace({text}, {self.text('[' + ''.join(BLANKS) + ']+')}, ' ', 'g')"

    def number_of_text(self, text: str) -> str:
        """By pattern."""
        return f"CASE WHEN {text} ~ {self.text(_NUMBER)} THEN {text}::float8 END"

    def entry(self, entries: Sequence[str], place: str, kind: Kind) -> str:
        """An array; numbers alone need no quotes in it."""
        return f"('{{{','.join(entries)}}}'::{_TYPES[kind]}[])[{place}]" if kind in ("number", "whole") else ""

    def rest(self, first: str, second: str) -> str:
        """The sign."""
        return f"{first} % {second}"

    def divided(self, first: str, second: str) -> str:
        """Of whole numbers the quotient is whole."""
        return f"({first} / {second})"

    def statement(self, table: Sequence[str], steps: Sequence[Step], answers: Sequence[tuple[str, str]]) -> str:
        """One WITH a step; the table's columns come out of its row in the end."""
        last = f"{self.qualified(table)} AS {self.row}"
        if not steps:
            return f"SELECT\n  {self.row}.*{self.listed(answers)}\nFROM {last}"
        lines, row = [], self.row
        for place, step in enumerate(steps, 1):
            carried = "".join(f", t.{self.identifier(one)}" for one in step.kept if one not in dict(step.columns))
            columns = f"{row} AS {self.row}{carried}{self.listed(step.columns)}"
            lines.append(f"s{place} AS (\n  SELECT {columns}\n  FROM {last}{self.fence}\n)")  # noqa: S608 - names are quoted
            last, row = f"s{place} AS t", f"t.{self.row}"
        return "WITH " + ",\n".join(lines) + f"\nSELECT\n  (t.{self.row}).*{self.listed(answers)}\nFROM {last}"

    def reference(self, step: int, name: str) -> str:
        """Every step hands on what later ones use."""
        return f"t.{self.identifier(name)}"


def _doubled(value: str) -> str:
    return value.replace("\\", "\\\\")


def _escape(mark: str) -> str:
    return f"\\u{ord(mark):04x}" if ord(mark) < 1 << 16 else f"\\U{ord(mark):08x}"


DIALECT = _PostgreSQL()
