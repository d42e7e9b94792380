"""Progress: a line for each fact, and on a terminal one more line that says what is going on now."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import TextIO

from journeyman.cli.printing import one_line

#: When this process began to work for its user, as near as we can tell.
STARTED = time.monotonic()
_STAGE = 10


class Progress:
    """Print what the job tells: ``progress(stage, text, final)``.

    Parameters
    ----------
    stream : where lines go
    quiet : print nothing
    live : show the current activity on a line that is written over; by default where ``stream`` is a terminal
    started : the moment that counts as 0:00, by ``time.monotonic``

    A stream that is gone (a closed pipe) does not stop the job: nothing more is printed, the work goes on.
    """

    def __init__(
        self, stream: TextIO, *, quiet: bool = False, live: bool | None = None, started: float = STARTED
    ) -> None:
        self._stream: TextIO | None = None if quiet else stream
        self._live = _is_terminal(stream) if live is None else live
        self._started = started
        self._open = False

    def __call__(self, stage: str, text: str, final: bool) -> None:
        """Tell a fact (``final``), or what is going on now."""
        seconds = int(time.monotonic() - self._started)
        line = f"{seconds // 60:2d}:{seconds % 60:02d}  {one_line(stage):<{_STAGE}}{one_line(text)}"
        if final:
            self._write(line + "\n")
        elif self._live:
            self._write(_clipped(line), keep_open=True)

    def add(self, label: str, text: str) -> None:
        """A line without a time: what there is now, and what to do next."""
        self._write(f"{'':7}{one_line(label):<{_STAGE}}{one_line(text)}\n")

    def close(self) -> None:
        """Take the current activity away."""
        self._write("")

    def _write(self, text: str, *, keep_open: bool = False) -> None:
        if self._stream is None:
            return
        try:
            # Back to the line's beginning, and clear what stood there.
            self._stream.write(("\r\x1b[K" if self._open else "") + text)
            self._stream.flush()
        except UnicodeEncodeError:
            self._stream.write(text.encode("ascii", "replace").decode("ascii"))
            self._stream.flush()
        except (BrokenPipeError, ValueError):
            self._stream = None
        self._open = keep_open


def progress_for(*, as_json: bool, quiet: bool) -> Progress:
    """The progress of a command: to standard output, or to standard error where that must hold only a document."""
    return Progress(sys.stderr if as_json else sys.stdout, quiet=quiet)


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _clipped(line: str) -> str:
    width = shutil.get_terminal_size().columns - 1
    return line if len(line) <= width else line[: max(width - 1, 0)] + "…"
