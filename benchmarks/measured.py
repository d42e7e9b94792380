"""One command in a process of its own: its exit code, what it printed, its time and its memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Ended:
    """A command that has ended.

    Parameters
    ----------
    exit : the exit code, negative where a signal ended it
    output : standard error and standard output, in that order
    document : the JSON document on standard output, empty where there is none
    peak_mb : the most memory that its first process held, in 10^6 bytes
    """

    exit: int
    output: str
    document: dict[str, Any]
    seconds: float
    peak_mb: float


def measured(command: list[str], folder: Path, limit: float) -> Ended:
    """Run a command in a folder, for at most so many seconds; what it started ends with it."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as told:
        began = time.monotonic()
        process = subprocess.Popen(
            command, cwd=folder, stdout=said, stderr=told, stdin=subprocess.DEVNULL, start_new_session=True
        )
        clock = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        clock.start()
        _, status, usage = os.wait4(process.pid, 0)
        clock.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
        said.seek(0)
        told.seek(0)
        printed = said.read().decode(errors="replace")
        output = told.read().decode(errors="replace") + printed
    return Ended(process.returncode, output, _document(printed), seconds, usage.ru_maxrss * 1024 / 1e6)


def _document(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
