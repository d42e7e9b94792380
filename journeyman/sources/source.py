"""What a person named as a source, opened just so far that its first bytes are known."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from journeyman.errors import SourceError, from_system, nearest
from journeyman.sources.addresses.shown import called, scheme_of
from journeyman.sources.named import Reach
from journeyman.sources.packing import ENDINGS, member_of, packing_of, require_bounded, unpacked
from journeyman.table.finding import Finding

#: So many first bytes are known of every file.
HEAD = 64 * 1024
#: A file that is read at once, not in pieces, has at most so many bytes.
LARGEST_AT_ONCE = 2 * 2**30
#: Files that are probably tables are offered first where one is missing.
_TABLES = (".csv", ".tsv", ".txt", ".gz", ".parquet", ".pq", ".xlsx", ".json", ".jsonl", ".sqlite", ".db")


@dataclass(frozen=True, kw_only=True)
class Source:
    """A source that was named: a file, a folder, an address, or a table in memory.

    Parameters
    ----------
    given : as the user gave it
    name : what the table may be called: ``churn`` for ``data/churn.csv.gz``
    path : the file or folder; None for addresses and tables in memory
    suffix : the ending in lower case, without that of packing: ``.csv`` for ``churn.CSV.gz``
    head : the first 64 KiB, unpacked; empty where there is no file
    packing : ``"gzip"``, ``"bzip2"``, ``"xz"``, ``"Zstandard"``, ``"zip"`` or ``""``
    member : of a zip archive, the file that is meant
    part : which of several tables is meant: a sheet, a table of a database; ``""`` where that is to be found
    query : a SELECT, instead of a table of a database
    address : ``postgresql://…`` or ``https://…``; ``""`` for files
    reach : whether files at addresses may be fetched, and from where
    names : of columns that the table is known to have, from a model that it is for
    findings : what opening brought to light
    """

    given: object
    name: str
    path: Path | None = None
    suffix: str = ""
    head: bytes = b""
    packing: str = ""
    member: str = ""
    part: str = ""
    query: str = ""
    address: str = ""
    reach: Reach = "files"
    names: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def file(self) -> Path:
        """The path of a source that is a file.

        Raises
        ------
        SourceError : it is none
        """
        if self.path is None:
            raise SourceError(f"{self.name} is no file", remedy="name a file", code="not_a_file")
        return self.path

    @property
    def shown(self) -> str:
        """The file's name as people know it; of an archive with the file in it."""
        if self.path is None:
            return self.name
        return f"{self.path.name}, {self.member}" if self.member else self.path.name

    def open(self) -> IO[bytes]:
        """The content, unpacked, from its beginning; bounded, and read piece by piece.

        Raises
        ------
        SourceError : while reading, too: packed content is damaged, cut short, or larger than it may be
        """
        if self.packing:
            return unpacked(self.file, self.packing, self.member)
        try:
            return self.file.open("rb")
        except OSError as error:
            raise from_system(error, f"reading {self.file}") from error

    def content(self, limit: int = LARGEST_AT_ONCE) -> bytes:
        """The whole content, unpacked.

        Raises
        ------
        SourceError : it has more than ``limit`` bytes, or cannot be unpacked
        """
        with self.open() as stream:
            whole = stream.read(limit + 1)
        if len(whole) > limit:
            raise SourceError(
                f"{self.shown} is larger than the {limit / 2**20:,.0f} MiB that a file of its kind may have",
                remedy="save the table as CSV or Parquet, which are read piece by piece",
                code="too_large",
            )
        return whole

    def digest(self) -> str:
        """SHA-256 of the file's bytes as they lie on the disk."""
        with self.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @contextlib.contextmanager
    def on_disk(self) -> Iterator[Path]:
        """A path at which the unpacked content lies: the file itself, or a temporary one that goes away again."""
        if not self.packing:
            yield self.file
            return
        with tempfile.TemporaryDirectory(prefix="journeyman-") as folder:
            path = Path(folder) / f"{self.name}{self.suffix}"
            try:
                with self.open() as stream, path.open("wb") as file:
                    shutil.copyfileobj(stream, file, 1 << 20)
            except OSError as error:
                raise from_system(error, f"unpacking {self.file}") from error
            yield path


def open_source(given: object, *, table: str = "", query: str = "", reach: Reach = "files") -> Source:
    """Look at what was named.

    Parameters
    ----------
    given : a path (``book.xlsx#Sheet2`` names a part of a file that holds several tables), an address, or a table in
        memory
    table : which of several tables: a sheet, a table of a database, a file in an archive
    query : a SELECT, for databases
    reach : whether files at addresses may be fetched, and from where

    Raises
    ------
    SourceError : there is no such file, it is no regular file, or its packing is damaged
    """
    if isinstance(given, Source):
        return given
    if not isinstance(given, str | os.PathLike):
        return Source(given=given, name="table", part=table, query=query)
    text = os.fspath(given)
    path, part = _path_and_part(str(text))
    if ("://" in str(text) or scheme_of(str(text))) and not _is_there(path):
        return Source(given=given, name=called(text), part=table, query=query, address=str(text), reach=reach)
    part = part or table
    _require_file(path)
    if path.is_dir():
        return Source(given=given, name=path.resolve().name or "table", path=path, part=part, query=query)
    return _opened(given, path, part, query)


def _opened(given: object, path: Path, part: str, query: str) -> Source:
    try:
        packing = packing_of(path)
    except OSError as error:
        raise from_system(error, f"reading {path}") from error
    member = ""
    findings: tuple[Finding, ...] = ()
    inner = path.name
    if packing == "zip":
        wanted, _, part = part.partition("#")
        member = member_of(path, wanted)
        inner = PurePosixPath(member).name
    elif packing:
        inner = path.stem if path.suffix.casefold() in ENDINGS else path.name
    if packing:
        inside = f" ({member})" if member else ""
        message = f"{path.name} is packed with {packing}{inside}; it was unpacked"
        findings = (Finding(code="compressed", severity="info", message=message),)
    inner_path = Path(inner)
    source = Source(
        given=given,
        name=inner_path.stem or inner_path.name,
        path=path,
        suffix=inner_path.suffix.casefold(),
        packing=packing,
        member=member,
        part=part,
        query=query,
        findings=findings,
    )
    if packing:
        require_bounded(path, packing, member)
    with source.open() as stream:
        head = stream.read(HEAD)
    return Source(**{**vars(source), "head": head})


def _path_and_part(text: str) -> tuple[Path, str]:
    """``book.xlsx#Sheet2`` is a path and a part, where no file has just that name."""
    path = Path(text)
    if "#" in text and not _is_there(path):
        place, _, part = text.partition("#")
        if place and _is_there(Path(place)):
            return Path(place), part
    return path, ""


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # no file can have such a name
        return False


def _require_file(path: Path) -> None:
    if not _is_there(path):
        raise _missing(path)
    if not (path.is_dir() or path.is_file()):
        because = "it is a device, a pipe or the like, which may have no end"
        raise SourceError(f"{path} is not a regular file", because=because, remedy="name a file", code="not_a_file")


def _missing(path: Path) -> SourceError:
    folder = path.parent
    is_folder = _is_there(folder) and folder.is_dir()
    names = [one.name for one in folder.iterdir() if one.is_file()] if is_folder else []
    names.sort(key=lambda one: (Path(one).suffix.casefold() not in _TABLES, one))
    return SourceError(
        f"there is no file {str(path)[:300]}",
        because="" if is_folder else f"there is no folder {folder}",
        remedy=nearest(path.name, names) if names else "name a file that exists",
        code="file_missing",
    )
