"""What SQLite says of its troubles, in our words."""

from __future__ import annotations

import sqlite3

from journeyman.errors import JourneymanError, ResourceError, SourceError

_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_IOERR_SHORT")
_HELD = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_FULL")


def of_sqlite(error: sqlite3.Error, shown: str) -> JourneymanError:
    """What SQLite says, in our words.

    Parameters
    ----------
    shown : how the file is called
    """
    name, text = getattr(error, "sqlite_errorname", "") or "", str(error)
    if name.startswith(_DAMAGED):
        return SourceError(
            f"{shown} is damaged, cut short or encrypted",
            because=f"SQLite says: {text}",
            remedy=f"fetch the file again, or save what is left: sqlite3 {shown} .recover",
            code="file_truncated",
        )
    if name.startswith(_HELD):
        return ResourceError(
            f"{shown} cannot be read now",
            because=f"another program holds it, or the system says no (SQLite: {text})",
            remedy="close what writes to it, or name a copy",
            code="environment",
        )
    if name == "SQLITE_AUTH" or "not authorized" in text or "prohibited" in text:
        return SourceError(
            "the query is not allowed: it must be one statement that only reads, a SELECT",
            because=f"SQLite says: {text}",
            remedy="leave out what writes, attaches or loads",
            code="unsafe_sql",
        )
    return SourceError(
        f"{shown} cannot answer that query", because=f"SQLite says: {text}", remedy="correct it", code="sql_error"
    )
