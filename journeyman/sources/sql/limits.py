"""How long a database may take, and how much it may give."""

from __future__ import annotations

from journeyman.errors import SourceError

#: So many seconds a database gets for an answer, or for the next part of one.
SECONDS = 600.0
#: So many rows are read at once; more are read a part at a time (``batches``).
MOST_ROWS = 100_000_000
#: So many rows are fetched at a time.
AT_A_TIME = 50_000


def too_slow(place: str) -> SourceError:
    """What is told of an answer that does not come."""
    return SourceError(
        f"{place} did not answer within {SECONDS / 60:.0f} minutes",
        because="that is the time a database gets",
        remedy="ask for less with --query, put an index where it searches, or export the table as Parquet once",
        code="too_slow",
    )


def require_few(rows: int, place: str) -> None:
    """Refuse more rows than are read at once.

    Raises
    ------
    SourceError : there are more than `MOST_ROWS`
    """
    if rows > MOST_ROWS:
        raise SourceError(
            f"{place} gives more than {MOST_ROWS:,} rows",
            because="so many are not read at once",
            remedy="ask for fewer with --query, as SELECT … LIMIT 1000000",
            code="too_large",
        )
