"""One command and all that it starts, watched from outside: seconds, memory of the whole tree, how it ended."""

from __future__ import annotations

import ctypes
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

#: Memory is looked at so often; less often where a look is slow, so that looking takes at most 5 % of one core.
LOOK_SECONDS, LOOK_SHARE = 0.2, 0.05
#: A child that lost its parent becomes ours (Linux, prctl), so that servers that were set free are seen as well.
SUBREAPER = 36


@dataclass(frozen=True)
class Watched:
    """A command that has ended.

    Parameters
    ----------
    exit : the exit code, negative where a signal ended it
    stopped : whether it was stopped because its time was up
    seconds, cpu_seconds : of the wall clock; of all processors (of those processes that were waited for)
    elsewhere : how many processors were busy with other work on average, the machine's own included
    peak_mb : the most memory that its processes held at one time, in 10^6 bytes; what they share counts once
    output, errors : standard output and standard error
    """

    exit: int
    stopped: bool
    seconds: float
    cpu_seconds: float
    elsewhere: float
    peak_mb: float
    output: str
    errors: str


def watched(command: list[str], folder: Path, limit: float, environment: dict[str, str] | None = None) -> Watched:
    """Run a command in a folder, for at most so many seconds; all that it started ends with it."""
    with _adopting():
        return _watched(command, folder, limit, environment)


def _watched(command: list[str], folder: Path, limit: float, environment: dict[str, str] | None) -> Watched:
    others = set(psutil.Process().children())
    before, busy = resource.getrusage(resource.RUSAGE_CHILDREN), _busy()
    with (folder / "output.txt").open("w") as output, (folder / "errors.txt").open("w") as errors:
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=errors,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        look = _Look(others)
        try:
            process.wait(timeout=limit)
            stopped = False
        except subprocess.TimeoutExpired:
            stopped = True
        finally:
            seconds = time.monotonic() - began
            busy = _busy() - busy
            peak = look.end()
            _end(process, others)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    texts = [(folder / name).read_text(errors="replace") for name in ("output.txt", "errors.txt")]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    elsewhere = max(0.0, busy - cpu) / seconds
    return Watched(process.returncode, stopped, seconds, cpu, elsewhere, peak / 1e6, *texts)


def _busy() -> float:
    """Seconds that all processors have worked since the machine was started."""
    times = psutil.cpu_times()._asdict()
    return float(sum(times[name] for name in ("user", "nice", "system", "irq", "softirq") if name in times))


class _Look:
    """A thread that looks at the memory of this process's other descendants until it is told to end."""

    def __init__(self, others: set[psutil.Process]) -> None:
        self._others = others
        self._ended = threading.Event()
        self._peak = 0.0
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> float:
        """The most bytes that were seen."""
        self._ended.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        pause = 0.0
        while not self._ended.wait(pause):
            began = time.thread_time()
            tree = descendants(self._others)
            # What is shared is counted once in the proportional size, which never exceeds the resident one.
            if sum(map(_resident, tree)) > self._peak:
                self._peak = max(self._peak, sum(map(_proportional, tree)))
            pause = max(LOOK_SECONDS, (time.thread_time() - began) / LOOK_SHARE)


def descendants(others: set[psutil.Process]) -> list[psutil.Process]:
    """All processes that this one has started, and that these have, but for others that were there before."""
    found = []
    for child in psutil.Process().children():
        if child not in others:
            found += [child, *_below(child)]
    return found


def _below(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _resident(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss)
    except psutil.Error:
        return 0.0


def _proportional(process: psutil.Process) -> float:
    try:
        lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return _resident(process)
    return sum(1024.0 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


@contextmanager
def _adopting() -> Iterator[None]:
    """Orphans below are ours while it lasts; afterwards they are not, for nobody here would wait for them."""
    if sys.platform != "linux":
        yield
        return
    system = ctypes.CDLL(None)
    system.prctl(SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        system.prctl(SUBREAPER, 0, 0, 0, 0)


def _end(process: subprocess.Popen[bytes], others: set[psutil.Process]) -> None:
    """End the process and all that it started, and wait for them."""
    while left := descendants(others):
        for one in left:
            try:
                one.kill()
            except psutil.Error:
                continue
        # First the one whose exit code is asked for: whoever waits for a process learns it, and nobody else.
        process.wait()
        psutil.wait_procs(left, timeout=5)
    process.wait()
