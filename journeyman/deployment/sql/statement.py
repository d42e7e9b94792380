"""The whole SELECT of a bundle, from its files alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from journeyman.bundle.audit import audit_graph
from journeyman.bundle.manifest import GRAPH, LIMITS, Manifest
from journeyman.bundle.onnx_file import read_onnx
from journeyman.deployment.sql.answers import answers
from journeyman.deployment.sql.compile import compiled
from journeyman.deployment.sql.dialect import Dialect
from journeyman.deployment.sql.layout import laid_out
from journeyman.deployment.sql.reading import Reading
from journeyman.deployment.sql.term import Book
from journeyman.errors import BriefError
from journeyman.store.files import read_bounded

_PART = re.compile(r'\s*(?:"((?:[^"]|"")+)"|([^".]+?))\s*(\.|$)')


@dataclass(frozen=True)
class Statement:
    """A SELECT, and the names of the columns behind the table's own."""

    text: str
    columns: tuple[str, ...]


def statement(
    bundle: Path, manifest: Manifest, dialect: Dialect, table: Sequence[str], *, with_status: bool
) -> Statement:
    """The SELECT that scores a table.

    Parameters
    ----------
    bundle : its own folder
    table : the table's name, behind that of its schema where one is told
    with_status : whether rows are told to be unusual

    Raises
    ------
    InputError : the model cannot be said in SQL, or would take too long a text
    """
    content = read_bounded(bundle / GRAPH, LIMITS[GRAPH])
    audit_graph(content, manifest)
    book = Book(stops_at_small=dialect.stops_at_small)
    reading = Reading(book, dialect)
    outputs = compiled(read_onnx(content), reading.inputs(manifest.columns), book)
    told = answers(manifest, outputs, reading, with_status=with_status)
    steps, columns = laid_out(told, dialect, reading.cells, _prefix(manifest))
    select = dialect.statement(table, steps, columns)
    head = "\n".join(f"-- {line}" for line in _head(manifest, dialect))
    return Statement(f"{head}\n{select};\n", tuple(name for name, _ in columns))


def named(text: str) -> tuple[str, ...]:
    """The parts of a table's name: ``sales.orders``, or ``"Q 1"."a.b"`` with what is within quotes as it stands.

    Raises
    ------
    BriefError : it is no name

    >>> named('sales."a.b"')
    ('sales', 'a.b')
    """
    parts: list[str] = []
    at = 0
    while True:
        match = _PART.match(text, at)
        if match is None or "\0" in text or len(parts) == 3:
            raise BriefError(
                f"--table {text!r} is no name of a table",
                because="a name is NAME or SCHEMA.NAME",
                remedy="put a name with dots or quotes into double quotes, as '\"my.table\"'",
            )
        parts.append((match[1] or "").replace('""', '"') or match[2])
        if not match[3]:
            return tuple(parts)
        at = match.end()


def _prefix(manifest: Manifest) -> str:
    """What the names of helping columns begin with: no column that the model reads begins so."""
    prefix = "jm_"
    names = [column.name.casefold() for column in (*manifest.columns, *manifest.rule_columns)]
    while any(name.startswith(prefix) for name in names):
        prefix = "_" + prefix
    return prefix


def _head(manifest: Manifest, dialect: Dialect) -> list[str]:
    """Comments; whatever stands in a name, a comment ends with its line."""
    lines = [
        f"What Journeyman's model answers for each row: {_plain(manifest.target)}, {manifest.task}.",
        f"For {dialect.says}. Every column of the table is kept; the answers stand behind them.",
        "The columns that are read, and what they must hold:",
    ]
    for column in manifest.columns:
        lines.append(f"  {_plain(column.name)}: {EXPECTS[column.kind]}")
    features = {column.name for column in manifest.columns}
    for column in manifest.rule_columns:
        if column.name not in features:
            lines.append(f"  {_plain(column.name)}: {EXPECTS[column.kind]}, for the decision")
    return lines


#: What a column of each kind must hold.
EXPECTS = {
    "number": "numbers",
    "flag": "true and false, 1 and 0, or the words that mean them",
    "date": "dates or timestamps (UTC where they have no zone)",
    "category": "texts (or whole numbers, or truths)",
    "text": "texts",
}


def _plain(name: str) -> str:
    return "".join(mark if mark.isprintable() else "?" for mark in name)[:200]
