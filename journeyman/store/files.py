"""Files appear whole or not at all: write beside, fsync, rename, fsync the folder."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.errors import ResourceError, SourceError, from_system

#: A file that is being written has this ending; one that is left over by a killed process is swept on the next run.
UNFINISHED = ".tmp"
_PIECE = 1 << 20
#: What the system says of links that are not followed, and of sockets.
_NO_FILES = {errno.ELOOP: "it is a link, which could lead anywhere", errno.ENXIO: "it is not a regular file"}


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> Path:
    """Make a folder and its parents, durably.

    Raises
    ------
    ResourceError : the disk or its permissions forbid it
    """
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            sync_folder(folder.parent)
    except OSError as error:
        raise from_system(error, f"making the folder {folder}") from error
    return folder


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """A place beside a file, to write it to piece by piece; it becomes the file when the block ends without an error.

    Raises
    ------
    ResourceError : the disk is full, read-only, or says no; the old file, if there was one, is intact
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        make_folder(path.parent)
        yield beside
        with beside.open("rb") as handle:
            os.fsync(handle.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise from_system(error, f"writing {path}") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes | str) -> Path:
    """Write a file so that it is seen whole or not at all, also after a power cut.

    Raises
    ------
    ResourceError : the disk is full, read-only, or says no; the old file, if there was one, is intact
    """
    data = content.encode() if isinstance(content, str) else content
    beside = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    try:
        make_folder(path.parent)
        with beside.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise from_system(error, f"writing {path} ({len(data):,} bytes)") from error
    finally:
        with contextlib.suppress(OSError):  # where the folder is a file, or cannot be written to
            beside.unlink(missing_ok=True)
    return path


def write_array(path: Path, array: np.ndarray[Any, Any]) -> bytes:
    """Write one array as ``.npy``, whole; give the bytes that were written."""
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    content = buffer.getvalue()
    write_whole(path, content)
    return content


def sweep(folder: Path) -> None:
    """Remove what killed processes left half written below a folder."""
    for left in folder.rglob(f".*{UNFINISHED}"):
        left.unlink(missing_ok=True)


def read_bounded(path: Path, limit: int) -> bytes:
    """Read a regular file of at most ``limit`` bytes.

    Raises
    ------
    SourceError : it is no regular file, or it is larger than it may be
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        because = _NO_FILES.get(error.errno or 0, error.strerror or str(error))
        raise SourceError(f"{path} cannot be read", because=because, remedy="name another file") from error
    try:
        import stat

        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise SourceError(f"{path} is not a regular file", remedy="name a file", code="not_a_file")
        with os.fdopen(os.dup(handle), "rb") as file:
            # Piece by piece: asked for all at once, memory would be set aside for as much as it may hold.
            whole = io.BytesIO()
            while piece := file.read(min(_PIECE, limit + 1 - whole.tell())):
                whole.write(piece)
            content = whole.getvalue()
    finally:
        os.close(handle)
    if len(content) > limit:
        raise SourceError(
            f"{path} is larger than the {limit:,} bytes it may have", remedy="name the right file", code="too_large"
        )
    return content


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for this process; the lock dies with its holder.

    Raises
    ------
    ResourceError : another run holds it
    """
    make_folder(folder)
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise from_system(error, f"opening the folder {folder}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ResourceError(
                f"{folder} is in use",
                because="another journeyman run is writing to it",
                remedy="wait for it, or name another folder with --out",
            ) from error
        yield
    finally:
        os.close(handle)
