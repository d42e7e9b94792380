"""The marks by which Arrow files and streams are known, and by which a stream is known to be whole."""

from __future__ import annotations

from typing import IO

from journeyman.errors import SourceError
from journeyman.sources.arrow.schema_message import CONTINUES, length_of
from journeyman.table.finding import Finding, Remedy

#: How files begin: those of today, and those of Feather's first version.
FILE, OLD = b"ARROW1", b"FEA1"
_STREAM_END = CONTINUES + bytes(4)


def require_arrow(head: bytes, shown: str, is_file: bool) -> None:
    """Refuse a file that does not begin as Arrow files or streams do.

    Raises
    ------
    SourceError : it is empty, of Feather's first version, or no Arrow
    """
    if not head:
        raise SourceError(f"{shown} is empty", because="it has 0 bytes", remedy="name another file", code="empty_file")
    if head.startswith(OLD):
        raise SourceError(
            f"{shown} is a Feather file of the first version, which is not read",
            because="that format was given up in 2020",
            remedy="read it where it was written, and save it as Parquet or as Feather version 2",
            code="not_a_table",
        )
    if not is_file and not begins_stream(head):
        raise SourceError(
            f"{shown} is not an Arrow file",
            because="it does not begin with Arrow's mark",
            remedy="give it the ending of what it is, as .csv",
            code="not_a_table",
        )


def begins_stream(head: bytes) -> bool:
    """Whether a stream begins so: with the message that holds the schema."""
    try:
        return head.startswith(CONTINUES) and length_of(head) > 0
    except ValueError:
        return False


def unended(file: IO[bytes], shown: str) -> tuple[Finding, ...]:
    """A stream that was closed ends with a mark; one without may have lost rows, and nobody can know."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(size - 8, 0))
    if file.read(8) == _STREAM_END:
        return ()
    return (
        Finding(
            code="file_truncated",
            severity="warning",
            message=f"{shown} is a stream without its end mark; rows may be missing behind the last",
            numbers={"bytes": size},
            remedy=Remedy(action="review", words="fetch the file again, or close the stream where it is written"),
        ),
    )
