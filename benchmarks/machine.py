"""What a figure was measured on: it stands in every row of results."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
from typing import Any

LIBRARIES = ("journeyman", "numpy", "scikit-learn", "lightgbm", "onnxruntime", "polars")


def machine() -> dict[str, Any]:
    """Cores, Python, versions."""
    return {
        "cores": len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {name: importlib.metadata.version(name) for name in LIBRARIES},
    }
