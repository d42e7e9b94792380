"""What PostgreSQL and its driver say of their troubles, in our words."""

from __future__ import annotations

from typing import Any

from journeyman.errors import JourneymanError, ResourceError, SourceError
from journeyman.sources.sql.limits import too_slow
from journeyman.sources.sql.postgresql_address import DatabaseAddress

_PASSWORD = "set PGPASSWORD, or write the password to ~/.pgpass"  # noqa: S105 - it says where passwords belong


def of_postgresql(error: Any, address: DatabaseAddress) -> JourneymanError:
    """What the server or the driver says.

    Parameters
    ----------
    error : what the driver raised
    """
    state = getattr(error, "sqlstate", None) or ""
    text = address.without_secrets(_primary(error))
    says = f"PostgreSQL says: {text}"
    place = address.shown
    # What breaks off in the middle comes without a state, under the number of ECANCELED.
    if state == "57014" or "failed (125)" in str(error):
        return too_slow(place)
    if state == "25006" or "read-only transaction" in text:
        return SourceError(
            "the query is not allowed: it must be one statement that only reads, a SELECT",
            because=says,
            remedy="leave out what writes or locks",
            code="unsafe_sql",
        )
    if state.startswith("28") or "no password supplied" in text or "password authentication failed" in text:
        return SourceError(f"{place} does not let us in", because=says, remedy=_PASSWORD, code="not_allowed")
    if state == "42501":
        remedy = "ask for the right to SELECT, or name another table"
        return SourceError(f"{place} does not let us read that", because=says, remedy=remedy, code="not_allowed")
    if state == "3D000" or ("database" in text and "does not exist" in text):
        return SourceError(
            f"there is no such database: {place}", because=says, remedy="check its name", code="file_missing"
        )
    if state.startswith(("08", "53", "57", "58", "XX")) or (not state and "ERROR:" not in str(error)):
        return ResourceError(
            f"{place} does not answer",
            because=says,
            remedy="check host, port and network, then try again",
            code="environment",
        )
    return SourceError(f"{place} cannot answer that query", because=says, remedy="correct it", code="sql_error")


def _primary(error: Any) -> str:
    """The sentence of the server, where there is one; else what the driver says, on one line."""
    for name, value in getattr(error, "details", None) or ():
        if name in ("PG_DIAG_MESSAGE_PRIMARY", b"PG_DIAG_MESSAGE_PRIMARY"):
            return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    text = " ".join(str(error).split())
    return text.partition(" Query was:")[0].rpartition("[libpq] ")[2].rpartition("ERROR: ")[2].strip()[:300]
