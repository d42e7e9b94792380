"""Runs in a slim environment: import, load, one row; prints what it took as JSON. ``load.py RUN``."""

import importlib.metadata
import json
import platform
import resource
import sys
import time

started = time.perf_counter()
import journeyman as jm  # noqa: E402 - what is measured

imported = time.perf_counter()
model = jm.load(sys.argv[1])
loaded = time.perf_counter()
cells = model.manifest.golden_cells
row = {name: column[0] for name, column in cells.items()}
model.predict_one(row)
answered = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
taken = []
for place in range(3000):
    row = {name: column[place % len(column)] for name, column in cells.items()}
    began = time.perf_counter()
    model.predict_one(row)
    taken.append(time.perf_counter() - began)
taken.sort()
ours = {"journeyman", "__main__", "__mp_main__"}
outside = {name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names) - ours
json.dump(
    {
        "python": platform.python_version(),
        "distributions": sorted(f"{one.name} {one.version}" for one in importlib.metadata.distributions()),
        "columns": len(cells),
        "import_seconds": imported - started,
        "load_seconds": loaded - imported,
        "first_prediction_seconds": answered - loaded,
        "peak_mb": peak,
        "microseconds_p50": taken[len(taken) // 2] * 1e6,
        "microseconds_p99": taken[len(taken) * 99 // 100] * 1e6,
        "outside": sorted(name for name in outside if name[0] != "_"),
    },
    sys.stdout,
)
