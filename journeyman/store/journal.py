"""The journal: append-only events, one line of JSON each, in order.

Progress, resume, the web page and the server read this one file. A line that was cut by a crash is not an event;
it is removed when the journal is opened for writing again.
"""

from __future__ import annotations

import errno
import json
import os
import time
from pathlib import Path
from typing import Any

from journeyman.errors import from_system
from journeyman.store.files import make_folder, sync_folder

Event = dict[str, Any]


def read_journal(path: Path) -> list[Event]:
    """The whole events of a journal, oldest first; a torn last line is left out."""
    return _read(path)[0]


def _read(path: Path) -> tuple[list[Event], int]:
    """The whole events, and how many bytes they take up at the beginning of the file."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return [], 0
    except OSError as error:
        raise from_system(error, f"reading {path}") from error
    events: list[Event] = []
    size = 0
    for line in content.split(b"\n")[:-1]:
        try:
            event = json.loads(line)
        except ValueError:
            break
        if not isinstance(event, dict):
            break
        events.append(event)
        size += len(line) + 1
    return events, size


class Journal:
    """A journal that is open for appending. Events are on disk when `add` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        make_folder(path.parent)
        self.events, size = _read(path)
        try:
            is_new = not path.exists()
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            os.ftruncate(self._handle, size)
            os.lseek(self._handle, 0, os.SEEK_END)
            os.fsync(self._handle)
            if is_new:
                sync_folder(path.parent)
        except OSError as error:
            raise from_system(error, f"opening {path}") from error

    def add(self, kind: str, **facts: Any) -> Event:
        """Append one event.

        Raises
        ------
        ResourceError : it could not be written; what was half written is taken back
        """
        event: Event = {"number": len(self.events), "at": round(time.time(), 3), "event": kind, **facts}
        # A file name that is no UTF-8 reaches us as lone surrogates; a note about it must not stop the run.
        line = json.dumps(event, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        start = os.lseek(self._handle, 0, os.SEEK_CUR)
        try:
            if os.write(self._handle, line) != len(line):
                raise OSError(errno.ENOSPC, "only a part could be written")
            os.fsync(self._handle)
        except OSError as error:
            os.ftruncate(self._handle, start)
            os.lseek(self._handle, start, os.SEEK_SET)
            raise from_system(error, f"writing {self.path}") from error
        self.events.append(event)
        return event

    def last(self, kind: str, **facts: Any) -> Event | None:
        """The newest event of a kind with these facts, if there is one."""
        for event in reversed(self.events):
            if event["event"] == kind and all(event.get(name) == value for name, value in facts.items()):
                return event
        return None

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._handle)
