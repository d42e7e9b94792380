"""What serving takes where nothing but serving is installed: size on disk, time to load, one row, memory of a server.

python benchmarks/slim.py RUN [--python PATH] [--out FILE]

Fresh environments are made with pip; what is measured runs with the network switched off, where this machine allows
that, and says so.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import re
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from machine import machine
from slim_environment import environment, megabytes, offline, said_by, serving_wheel, whole_wheel

SCRIPTS = Path(__file__).parent / "slim"
TIMES = 9
#: What onnxruntime names as needed, and serving never imports: `outside_modules` shows it.
UNUSED = ("google", "protobuf", "flatbuffers", "packaging")


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--python", default=sys.executable, help="what the environment is made with")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "slim.json")
    given = parser.parse_args()
    run = str(given.run.resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inside = environment(given.python, folder / "slim", serving_wheel(folder))
        environment(given.python, folder / "all", whole_wheel(folder), alone=True)
        sizes, whole = megabytes(folder / "slim"), megabytes(folder / "all")
        loads = [json.loads(said_by(inside, SCRIPTS / "load.py", run)) for _ in range(TIMES)]
        served: dict[str, Any] = json.loads(said_by(inside, SCRIPTS / "serve.py", run))
    last = loads[-1]
    figures = {
        **machine(),
        "load_average_before": round(os.getloadavg()[0], 1),
        "network": "off" if offline() else "on: this machine lets nobody switch it off",
        "python": last["python"],
        "installed": list(last["distributions"]),
        "installed_megabytes": round(sum(sizes.values()), 1),
        "megabytes": sizes,
        "megabytes_that_are_never_imported": round(sum(sizes.get(one, 0.0) for one in UNUSED), 1),
        "whole_package_without_libraries_megabytes": round(sum(whole.values()), 1),
        "everything_megabytes": _everything(),
        "bundle_megabytes": round(sum(one.stat().st_size for one in _bundle(given.run).iterdir()) / 1e6, 2),
        "columns": last["columns"],
        "outside_modules": last["outside"],
        **{name: statistics.median(one[name] for one in loads) for name in last if name.endswith(("_seconds", "_mb"))},
        "predict_one_microseconds_p50": statistics.median(one["microseconds_p50"] for one in loads),
        "predict_one_microseconds_p99": statistics.median(one["microseconds_p99"] for one in loads),
        "serve": served,
    }
    given.out.parent.mkdir(exist_ok=True)
    given.out.write_text(json.dumps(figures, indent=1) + "\n")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


def _bundle(run: Path) -> Path:
    return run / "bundle" if (run / "bundle").is_dir() else run


def _everything() -> float:
    """What installing this package with all that it needs takes, as it is installed here, in 10^6 bytes."""
    waiting, seen, total = ["journeyman"], set(), 0
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        told = importlib.metadata.distribution(name)
        if name != "journeyman":
            total += sum(path.stat().st_size for one in told.files or () if (path := Path(str(one.locate()))).is_file())
        for line in told.requires or ():
            needed, _, only_if = line.partition(";")
            word = re.match(r"[A-Za-z0-9._-]+", needed)
            if word and ("extra" not in only_if) and _is_installed(word[0]):
                waiting.append(word[0])
    return round(total / 1e6, 1)


def _is_installed(name: str) -> bool:
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


if __name__ == "__main__":
    main()
