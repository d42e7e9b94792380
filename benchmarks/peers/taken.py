"""How long answers take in a process that serves: the first, one row alone, many rows; ``speed.py`` reads the figures.

It is loaded by path, in the environment of whichever system is measured, and needs only the standard library.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

#: One row is asked for so often, within so many seconds.
TIMES, SECONDS = 1000, 20.0
#: Many rows are asked for so often, within so many seconds after the first time.
BATCHES, BATCH_SECONDS = 5, 30.0


def taken(
    started: float, ask: Callable[[Any], Any], rows: Sequence[Any], many: Callable[[], Any], count: int
) -> dict[str, float]:
    """What `ask` takes for single rows and for what ``many`` gives, which are ``count`` rows.

    Parameters
    ----------
    started : when the process was started, by ``time.time()``
    """
    ask(rows[0])
    told = {"cold_seconds": round(time.time() - started, 4)}
    alone = _each(lambda place: ask(rows[place % len(rows)]), TIMES, SECONDS)
    told |= {
        "row_times": len(alone),
        "row_ms": round(1000 * statistics.median(alone), 4),
        # Of a few there is no hundredth: then it is the largest.
        "row_ms_p99": round(1000 * sorted(alone)[int(0.99 * (len(alone) - 1))], 4),
        "serving_mb": round(_most_memory(), 1),
    }
    table = many()
    together = _each(lambda _: ask(table), BATCHES, BATCH_SECONDS)
    # The first time may still load something.
    told["rows_a_second"] = round(count / statistics.median(together[1:] or together), 1)
    return told


def _each(ask: Callable[[int], Any], times: int, seconds: float) -> list[float]:
    found: list[float] = []
    until = time.monotonic() + seconds
    while len(found) < times and (not found or time.monotonic() < until):
        began = time.perf_counter()
        ask(len(found))
        found.append(time.perf_counter() - began)
    return found


def _most_memory() -> float:
    """The most that this process ever held, in 10^6 bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6
