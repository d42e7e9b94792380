"""Whether a run directory is sound, finished or not: every file whole. Prints {"digest": …}, which no clock changes.

    python benchmarks/sound.py RUN

An unfinished run is sound when each of its files is whole; its digest tells what is there so far.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path

import numpy as np
from crash import digests

from journeyman.store.journal import read_journal


def main() -> None:
    """Look at every file."""
    run = Path(sys.argv[1])
    for path in run.rglob("*"):
        if not path.is_file() or path.name.endswith(".tmp"):
            continue
        if path.suffix == ".json":
            json.loads(path.read_text())
        elif path.suffix == ".npy":
            np.load(io.BytesIO(path.read_bytes()), allow_pickle=False)
        elif path.name == "report.html" and not path.read_text().rstrip().endswith("</html>"):
            sys.exit("report.html is cut")
    is_done = any(event["event"] == "done" for event in read_journal(run / "journal.jsonl"))
    if is_done:
        import journeyman as jm

        jm.load(run)
    told = json.dumps([is_done, digests(run) if run.is_dir() else {}], sort_keys=True)
    sys.stdout.write(json.dumps({"digest": hashlib.sha256(told.encode()).hexdigest()}) + "\n")


if __name__ == "__main__":
    main()
