"""Ctrl-C and SIGTERM ask the job to end with the best so far; a second one ends it at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Interrupted(Exception):
    """The user or the system wants the run to end, and there is nothing to keep yet. Carries the exit code."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


@contextmanager
def listening() -> Iterator[Callable[[], int]]:
    """Listen for signals; outside the main thread there are none to hear.

    Yields
    ------
    A function that gives the exit code that was asked for (130 for Ctrl-C, 143 for SIGTERM), or 0.
    """
    asked: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield lambda: 0
        return

    def on_signal(number: int, _: object) -> None:
        asked.append(128 + number)
        if len(asked) > 1:
            raise Interrupted(128 + number)

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: asked[0] if asked else 0
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
