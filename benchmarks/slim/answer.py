"""Runs in any environment: answers rows, prints the answers as JSON, to the last bit. ``answer.py RUN ROWS.json``."""

import json
import math
import platform
import socket
import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import journeyman as jm

#: Rows that are asked one by one, too.
ALONE = 200


def cell(value):
    """A cell as it was before it was JSON."""
    return datetime.fromisoformat(value["time"]) if isinstance(value, dict) else value


def told(value):
    """Missing is null; a number keeps all its digits."""
    return None if isinstance(value, float) and math.isnan(value) else value


def network():
    """Whether anything outside can be reached; the address is one that is nobody's."""
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=2).close()
    except OSError as error:
        return error.strerror or type(error).__name__
    return "on"


model = jm.load(sys.argv[1])
rows = [{name: cell(value) for name, value in row.items()} for row in json.loads(Path(sys.argv[2]).read_text())]
answer = model.predict(rows)
columns = answer.as_columns() | {"novelty": answer.novelty}
alone = [model.predict_one(row) for row in rows[:ALONE]]
modules = {name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names)
json.dump(
    {
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("numpy", "onnxruntime")},
        "network": network(),
        "outside": sorted(name for name in modules if name[0] != "_" and name != "journeyman"),
        "answers": {name: [told(value) for value in column.tolist()] for name, column in columns.items()},
        "alone": [repr({name: told(value) for name, value in one.items() if name != "troubles"}) for one in alone],
    },
    sys.stdout,
)
