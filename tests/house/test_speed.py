"""The package is quick to import, and the program quick to answer."""

from __future__ import annotations

import subprocess
import sys
import time


def seconds_of(*arguments: str, attempts: int = 7) -> float:
    """The fastest of some attempts: what else the machine does is not our doing."""
    found = []
    for _ in range(attempts):
        started = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True, timeout=60)
        found.append(time.perf_counter() - started)
    return min(found)


def test_import_is_quick() -> None:
    assert seconds_of("-c", "import journeyman") - seconds_of("-c", "pass") < 0.15


def test_help_is_quick() -> None:
    assert seconds_of("-m", "journeyman", "--help") < 0.3
