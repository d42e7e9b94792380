"""SQLite files opened so that nothing in them, and nothing beside them, can change."""

from __future__ import annotations

import math
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from journeyman.errors import JourneymanError, SourceError, from_system
from journeyman.sources.sql.limits import SECONDS, too_slow
from journeyman.sources.sql.sqlite_errors import of_sqlite

MARK = b"SQLite format 3\x00"
_HEADER = 100
#: What a statement may do: select, read a column, call a function, go over itself again.
_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
#: Functions that reach out of the database, where somebody built them in.
_REACHING = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "lsdir", "fsdir"})
#: Between two looks at the clock, so many steps of SQLite's machine.
_STEPS = 100_000


class Reading:
    """A connection that only reads, with a clock that ends what takes too long."""

    def __init__(self, connection: sqlite3.Connection, shown: str) -> None:
        self.connection, self.shown = connection, shown
        self._until = math.inf
        connection.set_progress_handler(self._is_late, _STEPS)

    @contextmanager
    def asking(self) -> Iterator[sqlite3.Connection]:
        """Ask for something; the clock starts anew, and what SQLite says of its troubles is told in our words.

        Raises
        ------
        SourceError : it is damaged, encrypted, too slow, or what was asked cannot be answered
        ResourceError : another program holds it, or the system says no
        """
        self._until = time.monotonic() + SECONDS
        try:
            yield self.connection
        except sqlite3.Error as error:
            raise self._told(error) from error
        finally:
            self._until = math.inf

    def _is_late(self) -> bool:
        return time.monotonic() > self._until

    def _told(self, error: sqlite3.Error) -> JourneymanError:
        if self._is_late():
            return too_slow(self.shown)
        return of_sqlite(error, self.shown)


@contextmanager
def opened(path: Path, shown: str) -> Iterator[Reading]:
    """Open a database to read it: no statement can write, attach or load, and no file appears beside it.

    Parameters
    ----------
    shown : how the file is called in messages

    Raises
    ------
    SourceError : it is no database, or damaged, cut short or encrypted
    ResourceError : another program holds it, or the system says no
    """
    _require_sound(path, shown)
    with tempfile.TemporaryDirectory(prefix="journeyman-") as folder:
        try:
            connection = sqlite3.connect(_address(path, Path(folder)), uri=True, timeout=5.0, isolation_level=None)
        except sqlite3.Error as error:
            raise of_sqlite(error, shown) from error
        except OSError as error:
            raise from_system(error, f"copying {path}") from error
        try:
            reading = Reading(connection, shown)
            with reading.asking():
                for pragma in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON"):
                    connection.execute(f"PRAGMA {pragma}")
            connection.set_authorizer(_is_allowed)
            yield reading
        finally:
            connection.close()


def log_of(path: Path) -> Path | None:
    """The write-ahead log beside a database, where it holds something."""
    log = path.with_name(path.name + "-wal")
    return log if log.is_file() and log.stat().st_size else None


def _address(path: Path, folder: Path) -> str:
    """How to open the file: as it is, where nothing lies beside it; else so that what lies beside it counts.

    A log that belongs to no running program, or the journal of a killed one, is played back in a copy.
    """
    path = path.resolve()
    beside = {ending: path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal")}
    is_live = beside["-wal"].exists() and beside["-shm"].exists()
    is_left = log_of(path) is not None or _is_hot(path, beside["-journal"])
    if is_left and not is_live:
        copy = folder / "copy.sqlite"
        shutil.copyfile(path, copy)
        for ending in ("-wal", "-journal"):
            if beside[ending].is_file():
                shutil.copyfile(beside[ending], copy.with_name(copy.name + ending))
        return copy.as_uri() + "?mode=rw"
    with path.open("rb") as file:
        has_log = file.read(_HEADER)[18:20] == b"\x02\x02"
    # With a log in its header but none beside it, nobody else has it open, and opening it would make the log's files.
    return path.as_uri() + ("?mode=ro&immutable=1" if has_log and not is_live else "?mode=ro")


def _is_hot(path: Path, journal: Path) -> bool:
    """Whether a writer was killed in the middle of its work."""
    if not journal.is_file() or not journal.stat().st_size:
        return False
    connection = sqlite3.connect(path.as_uri() + "?mode=ro", uri=True, timeout=0.5)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        return True
    finally:
        connection.close()
    return False


def _require_sound(path: Path, shown: str) -> None:
    """Refuse by its first bytes what is no database, or only the beginning of one."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise from_system(error, f"reading {path}") from error
    if not size:
        raise SourceError(f"{shown} is empty", because="it has 0 bytes", remedy="name another file", code="empty_file")
    if not header.startswith(MARK):
        raise _no_database(header, shown)
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big") if header[24:28] == header[92:96] else 0
    told = pages * (65_536 if page == 1 else page)
    if size < max(told, _HEADER) and log_of(path) is None:
        raise SourceError(
            f"{shown} is cut short",
            because=f"by its header it has {max(told, _HEADER):,} bytes, and {size:,} are there",
            remedy="fetch or copy the file again",
            code="file_truncated",
        )


def _no_database(header: bytes, shown: str) -> SourceError:
    # Every byte of an encrypted file is as likely as any other: 100 of them hardly ever hold fewer than 50 different.
    if len(header) == _HEADER and len(set(header)) >= 50:
        return SourceError(
            f"{shown} is encrypted or damaged",
            because="its first bytes look random, where SQLite has its mark",
            remedy="decrypt it with the program that made it, as with SQLCipher's sqlcipher_export, and name the copy",
            code="encrypted",
        )
    return SourceError(
        f"{shown} is no SQLite database",
        because="it does not begin with SQLite's mark",
        remedy="give it the ending of what it is, as .csv",
        code="not_a_table",
    )


def _is_allowed(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION and (second or "").casefold() in _REACHING:
        return sqlite3.SQLITE_DENY
    # Virtual tables ask for these themselves when they are first read; no table of the file is changed by them.
    if (action, first, second) == (sqlite3.SQLITE_PRAGMA, "data_version", None):
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY
