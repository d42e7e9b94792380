"""kill -9 at random moments of a ``--trials`` build, then ``--resume``: the same bytes as an undisturbed run.

    python benchmarks/crash.py [--kills 20] [--trials 2] [--out FILE]

Compared are all files of the run directory but the journal (it holds times) and what tells of times in ``run.json``
and ``report.html``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from machine import machine

TIMES = {"seconds", "timings"}


def without_times(value: object) -> object:
    """JSON without what tells of times."""
    if isinstance(value, dict):
        return {name: without_times(one) for name, one in value.items() if name not in TIMES}
    return [without_times(one) for one in value] if isinstance(value, list) else value


def digests(run: Path) -> dict[str, str]:
    """Digest of every file that must be the same."""
    found = {}
    for path in sorted(run.rglob("*")):
        if path.is_file() and path.name not in ("journal.jsonl", "report.html"):
            content = path.read_bytes()
            if path.name == "run.json":
                content = json.dumps(without_times(json.loads(content)), sort_keys=True).encode()
            found[str(path.relative_to(run))] = hashlib.sha256(content).hexdigest()
    return found


def write_table(path: Path) -> None:
    """A small table with a signal."""
    random_numbers = np.random.default_rng(0)
    numbers = random_numbers.normal(size=(400, 3))
    colours = random_numbers.choice(["red", "green", "blue"], 400)
    classes = np.where(numbers[:, 0] + (colours == "red") + random_numbers.normal(size=400) > 0.4, "yes", "no")
    lines = ["a,b,c,colour,y"]
    lines += [
        ",".join([*map(repr, row.tolist()), colour, one])
        for row, colour, one in zip(numbers, colours, classes, strict=True)
    ]
    path.write_text("\n".join(lines) + "\n")


def main() -> None:
    """Kill, resume, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--trials", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "crash.json")
    given = parser.parse_args()
    moments = random.Random(given.seed)
    results = []
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        write_table(work / "table.csv")
        command = [sys.executable, "-m", "journeyman", "build", "table.csv", "--predict", "y", "--quiet"]
        command += ["--trials", str(given.trials), "--out"]
        began = time.monotonic()
        subprocess.run([*command, "clean"], cwd=work, check=True)
        whole = time.monotonic() - began
        wanted = digests(work / "clean")
        for number in range(given.kills):
            is_killed = False
            while not is_killed:
                # A run that was through before its moment came is thrown away, and another moment is drawn.
                shutil.rmtree(work / f"run{number}", ignore_errors=True)
                after = moments.uniform(0.05, 1.0) * whole
                process = subprocess.Popen([*command, f"run{number}"], cwd=work, start_new_session=True)
                time.sleep(after)
                is_killed = process.poll() is None
                if is_killed:
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            resumed = subprocess.run([*command, f"run{number}", "--resume"], cwd=work, capture_output=True, text=True)
            got = digests(work / f"run{number}")
            is_same = resumed.returncode == 0 and got == wanted
            results.append({"after": round(after, 3), "exit": resumed.returncode, "same": is_same})
            differing = sorted(set(wanted.items()) ^ set(got.items()))[:2]
            sys.stdout.write(f"{results[-1]} {'' if is_same else differing} {resumed.stderr[-300:]}\n")
            sys.stdout.flush()
    same = sum(one["same"] for one in results)
    given.out.parent.mkdir(exist_ok=True)
    given.out.write_text(
        json.dumps(
            {
                **machine(),
                "undisturbed_seconds": round(whole, 2),
                "killed": len(results),
                "same": same,
                "runs": results,
            },
            indent=1,
        )
        + "\n"
    )
    sys.stdout.write(f"{same} of {len(results)} killed in flight end in the same bytes\n")
    sys.exit(same != len(results))


if __name__ == "__main__":
    main()
