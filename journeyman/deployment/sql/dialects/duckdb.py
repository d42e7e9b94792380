"""DuckDB, from version 1 on."""

from __future__ import annotations

from collections.abc import Sequence

from journeyman.deployment.sql.dialect import BLANKS, Dialect, Step, pieces
from journeyman.deployment.sql.term import Kind

_NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"


class _DuckDB(Dialect):
    """DuckDB: steps within each other, and EXCLUDE to leave out their columns in the end."""

    name = "duckdb"
    says = "DuckDB, from version 1 on"
    double = "DOUBLE"
    stops_at_small = False
    most_columns = 4000

    def text(self, value: str) -> str:
        """Marks that cannot be seen by their number."""
        return _joined(self, value)

    def microseconds(self, cell: str) -> str:
        """A function of its own."""
        return f"CASE WHEN year({cell}) BETWEEN 1 AND 9999 THEN epoch_us({cell}) END"

    def stripped(self, cell: str) -> str:
        """All blanks, not only spaces."""
        return f"trim(CAST({cell} AS VARCHAR), {self.text(''.join(BLANKS))})"

    def single_spaced(self, text: str) -> str:
        """By pattern."""
        return f"regexp_replace({text}, {self.text('[' + ''.join(BLANKS) + ']+')}, ' ', 'g')"

    def number_of_text(self, text: str) -> str:
        """By pattern, as a cast alone reads more than numbers."""
        return f"CASE WHEN regexp_full_match({text}, {self.text(_NUMBER)}) THEN TRY_CAST({text} AS DOUBLE) END"

    def entry(self, entries: Sequence[str], place: str, kind: Kind) -> str:
        """A list."""
        types = {"number": "DOUBLE", "whole": "BIGINT"}
        return f"CAST([{', '.join(entries)}] AS {types[kind]}[])[{place}]" if kind in types else ""

    def rest(self, first: str, second: str) -> str:
        """The sign."""
        return f"{first} % {second}"

    def divided(self, first: str, second: str) -> str:
        """An operator of its own."""
        return f"({first} // {second})"

    def statement(self, table: Sequence[str], steps: Sequence[Step], answers: Sequence[tuple[str, str]]) -> str:
        """One WITH a step; each has the columns of the one before."""
        lines, last = [], f"{self.qualified(table)} AS t"
        for place, step in enumerate(steps, 1):
            columns = self.listed(step.columns)
            lines.append(f"s{place} AS (\n  SELECT t.*{columns}\n  FROM {last}\n)")  # noqa: S608 - names are quoted
            last = f"s{place} AS t"
        made = ", ".join(self.identifier(name) for step in steps for name, _ in step.columns)
        every = f"t.* EXCLUDE ({made})" if made else "t.*"
        head = "WITH " + ",\n".join(lines) + "\n" if lines else ""
        return f"{head}SELECT\n  {every}{self.listed(answers)}\nFROM {last}"

    def reference(self, step: int, name: str) -> str:
        """Every step hands on what it was given."""
        return f"t.{self.identifier(name)}"


def _joined(dialect: Dialect, value: str, character: str = "chr") -> str:
    found = [
        dialect.quoted(piece) if is_seen else " || ".join(f"{character}({ord(mark)})" for mark in piece)
        for is_seen, piece in pieces(value)
    ]
    return f"({' || '.join(found)})" if len(found) > 1 or not value.isprintable() else dialect.quoted(value)


DIALECT = _DuckDB()
