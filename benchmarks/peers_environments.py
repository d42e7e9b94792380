"""Where each system lives, and how its processes are started and heard."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from watched import Watched

HERE = Path(__file__).parent
OURS = "journeyman"
#: What the untuned mean is the mean of.
DEFAULTS = ("lightgbm", "catboost")
#: Systems whose environment is not called as they are.
ENVIRONMENTS = dict.fromkeys(DEFAULTS, "boosters")
#: Nobody reports home and nobody looks for models elsewhere while being measured.
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "HF_HUB_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
    "PYTHONSAFEPATH": "1",
    "PYTHONUNBUFFERED": "1",
}


def python_of(system: str) -> str:
    """The interpreter of a system's environment, as ``make bench-peers`` sets it up; ours is this one."""
    if system == OURS:
        return sys.executable
    name = system.partition(":")[0]
    return str(HERE.parent / ".venv-peers" / ENVIRONMENTS.get(name, name) / "bin" / "python")


def script(name: str) -> Path:
    """A file that runs in the environment of a system."""
    return HERE / "peers" / name


def peer_command(python: str, peer: str, verb: str, folder: Path) -> list[str]:
    """How an adapter is run; see ``peers/run.py``."""
    return [python, "-P", str(script("run.py")), peer.partition(":")[0], verb, str(folder)]


def environment() -> dict[str, str]:
    """What a system's processes see: ours, less what would steer them."""
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    kept.pop("POLARS_MAX_THREADS", None)
    kept.pop("PYTHONPATH", None)
    return kept | QUIET


def failure(seen: Watched, folder: Path) -> str:
    """The last line of what a process complained of, without the paths of this machine."""
    lines = [line for line in seen.errors.strip().splitlines() if line.strip()]
    said = lines[-1].strip() if lines else f"exit {seen.exit}"
    return re.sub(r"(?<![\w.])/(?:[^\s/'\"]+/)+", ".../", said.replace(str(folder), "FOLDER"))[:300]


def told_in(folder: Path) -> dict[str, Any]:
    """What a process told."""
    found: dict[str, Any] = json.loads((folder / "told.json").read_text())
    return found
