"""Is every hostile bundle refused by name, before onnxruntime sees a byte, and can no mutant hurt whoever loads it?

    python benchmarks/hostile_bundles.py [--mutations 2000] [--seed 1] [--only REGEX] [--out FILE]
    python benchmarks/hostile_bundles.py --mutations 2000 --seed 1 --without-audit

Attacks made by hand, each on a copy of a good bundle, are loaded in a process of their own, and a sample of them
through the commands that take a bundle. A refusal passes where its exit code is 2 (4 from `verify`, which says what
does not hold), its message has three parts and names the cause, nothing was run, touched or written elsewhere, in 10
seconds and 1 GiB. Mutants are refused likewise, or answer: finite, in time, in memory, alive. Without the audit some
must not: else the bench proves nothing.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import random
import re
import resource
import select
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from hostile_attacks import ATTACKS, MARKER, Attack
from hostile_child import FORBIDDEN, TOUCHED
from hostile_good import good_bundles, rows
from hostile_mutations import mutate
from machine import machine

import journeyman as jm

HERE = Path(__file__).parent
CHILD = [sys.executable, str(HERE / "hostile_child.py")]
MOST_SECONDS, MOST_MB = 10.0, 1024 * 1.048576
#: Wall clock after which a process is ended; seconds above are of the processor, as the machine may be busy.
PATIENCE = 60.0
#: Rows that every mutant is asked.
ROWS = 12
#: Mutants that one process gets, one after the other.
TOGETHER = 25
#: Attacks of this kind go through the commands as well, every so many-th.
EVERY = 12
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}


def main() -> int:
    """Attack, mutate, and write down what came of it; 1 where anything did not pass."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutations", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="attacks whose name matches")
    parser.add_argument("--without-audit", action="store_true", help="only mutants, and nobody looks at the graph")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "hostile.json")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="journeyman-hostile-") as place:
        os.environ["TMPDIR"] = tempfile.tempdir = place
        good = good_bundles(Path(place) / "good")
        found = json.loads(given.out.read_text()) if given.out.exists() else {}
        found |= {"format": 1, "machine": machine()}
        if not given.without_audit:
            found["attacks"] = attacked(good["calibrated"], Path(place), given.only)
            found["commands"] = commanded(Path(place), given.only)
        if given.mutations:
            name = "mutants_without_audit" if given.without_audit else "mutants"
            found[name] = mutated(good, Path(place), given.mutations, given.seed, given.without_audit)
    given.out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    _say(f"written: {given.out}")
    if given.without_audit:
        return 0 if found["mutants_without_audit"]["faults"] else 1
    parts = [found[part] for part in ("attacks", "commands", "mutants") if part in found]
    return 1 if any(part["faults"] for part in parts) else 0


# ---- attacks --------------------------------------------------------------------------------------------------------


def attacked(good: Path, place: Path, only: str) -> dict[str, Any]:
    """Every attack through `load`, each in a process of its own."""
    chosen = [one for name, one in sorted(ATTACKS.items()) if re.search(only, name)]
    told = [_attack(one, good, place, ["load", "{bundle}"], (2,)) for one in chosen]
    return _summed(told)


def commanded(place: Path, only: str) -> dict[str, Any]:
    """A sample of the attacks, on the bundle of a run, through every command that takes one."""
    cells = rows(400, 4)
    bought = [
        "yes" if (age or 50) > 50 + 20 * random.Random(at).random() else "no" for at, age in enumerate(cells["age"])
    ]
    gain = {"call": {"yes": 300.0, "no": -20.0}}
    run = jm.build(
        {**cells, "bought": bought}, predict="bought", trials=1, keep_cases=True, gain=gain, out=place / "whole"
    ).folder
    table = place / "rows.csv"
    cells = rows(5, 3)
    lines = [list(cells), *zip(*cells.values(), strict=True)]
    table.write_text("".join(",".join("" if one is None else str(one) for one in line) + "\n" for line in lines))
    commands = {
        "predict": (["predict", "{run}", str(table), "--quiet"], (2,)),
        "verify": (["verify", "{run}", "--quiet"], (4,)),
        "serve": (["serve", "{run}", "--port", "0", "--quiet"], (2,)),
        "monitor": (["monitor", "{run}", str(table), "--quiet"], (2,)),
        "export": (["export", "{run}", "--to", "mlflow", "-o", "exported", "--quiet"], (2,)),
        "sign": (["sign", "{run}", "--key", str(_key(place)), "--quiet"], (2,)),
    }
    told = []
    chosen = [one for name, one in sorted(ATTACKS.items()) if re.search(only, name)][::EVERY]
    for name, (command, codes) in commands.items():
        for one in chosen:
            # `verify` tells the certificate's digest from the one that it finds, and so any change.
            known = replace(one, says=f"{one.says}|bundle/") if name == "verify" else one
            told.append({"command": name, **_attack(known, run, place, ["command", *command], codes)})
    return _summed(told)


def _key(place: Path) -> Path:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = place / "bundle.key"
    forms = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(Ed25519PrivateKey.generate().private_bytes(*forms))
    return path


def _attack(one: Attack, good: Path, place: Path, arguments: list[str], codes: tuple[int, ...]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir=place) as temporary:
        box = Path(temporary) / "box"
        bundle = box / "run" / "bundle"
        (Path(temporary) / "canary").mkdir()
        shutil.copytree(good, bundle.parent if (good / "bundle").is_dir() else bundle)
        one.change(bundle)
        before = _names(Path(temporary), bundle)
        filled = [part.replace("{bundle}", str(bundle)).replace("{run}", str(box / "run")) for part in arguments]
        code, output, seconds, peak = _run([*CHILD, *filled], box)
        faults = _faults(code, output, seconds, peak, codes, one)
        if _names(Path(temporary), bundle) != before:
            faults.append("it wrote outside of the bundle")
        markers = list(place.glob(f"{MARKER}*"))
        if markers:
            faults.append(f"code ran: {markers[0].name}")
            for marker in markers:
                marker.unlink()
    message = " ".join(output.split())[:300].replace(str(place), "…")
    mark, wrong = "FAIL" if faults else "ok  ", "; ".join(faults)
    _say(f"{mark} {one.name:40} {seconds:5.2f} s {peak:6.1f} MB {message[:150]} {wrong}")
    told = {"name": one.name, "seconds": round(seconds, 2), "peak_mb": round(peak, 1), "says": message}
    return told | ({"faults": faults} if faults else {})


def _names(folder: Path, but: Path) -> list[str]:
    """What lies in a folder, the bundle itself aside."""
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if but not in (one, *one.parents))


def _run(command: list[str], folder: Path) -> tuple[int, str, float, float]:
    """Exit code, output, seconds of the processor, most memory in MB."""

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (30, 40))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 28, 1 << 28))

    environment = {**os.environ, **ONE_THREAD}
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=output, stdin=subprocess.DEVNULL, env=environment,
            preexec_fn=limits, start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + PATIENCE
        ended = 0
        while not ended and time.monotonic() < until:
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if not ended:
                time.sleep(0.01)
        if not ended:
            process.kill()
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read().decode(errors="replace")
    return process.returncode, said, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6


def _faults(code: int, output: str, seconds: float, peak: float, codes: tuple[int, ...], one: Attack) -> list[str]:
    found = []
    names = {number: f"it did {event}" for event, number in FORBIDDEN.items()}
    if code == TOUCHED and not one.is_late:
        found.append("onnxruntime was asked")
    elif code in names:
        found.append(names[code])
    elif code not in codes and not (one.is_late and code == TOUCHED):
        found.append(f"exit code {code}")
    if "Traceback" in output:
        found.append("a traceback")
    if "root:x:0" in output:
        found.append("a secret was told")
    if seconds > MOST_SECONDS:
        found.append(f"{seconds:.0f} seconds")
    if peak > MOST_MB:
        found.append(f"{peak:.0f} MB")
    if code in codes:
        if not re.search(one.says, output.replace("\n", " ")):
            found.append(f"the cause {one.says!r} is not named")
        if not _has_three_parts(output):
            found.append("its message has not three parts")
    return found


def _has_three_parts(output: str) -> bool:
    """What happened, because of what, what to try: as JSON from `load`, in lines from the program."""
    try:
        told = json.loads(output)
    except ValueError:
        lines = output.strip().splitlines()
        return len(lines) <= 3 and "because" in output and "try" in output.lower()
    return all(told[part] for part in ("error", "because", "try")) and "\n" not in "".join(told.values())


def _summed(told: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "count": len(told),
        "faults": sum("faults" in one for one in told),
        "most_seconds": max((one["seconds"] for one in told), default=0),
        "most_mb": max((one["peak_mb"] for one in told), default=0),
        "bounds": {"seconds": MOST_SECONDS, "mb": round(MOST_MB)},
        "each": told,
    }


# ---- mutants --------------------------------------------------------------------------------------------------------


def mutated(good: dict[str, Path], place: Path, count: int, seed: int, without_audit: bool) -> dict[str, Any]:
    """Mutants of every good bundle in turn, in processes that are started anew where one dies."""
    asked = rows(ROWS, seed)
    names = sorted(good)
    ends: collections.Counter[str] = collections.Counter()
    kinds: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    faults: list[dict[str, Any]] = []
    most = {"seconds": 0.0, "peak_mb": 0.0}
    for start in range(0, count, TOGETHER):
        folder = place / "mutants"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        tasks = []
        for number in range(start, min(start + TOGETHER, count)):
            of = names[number % len(names)]
            mutant = mutate(good[of], folder / str(number), random.Random(seed * 10**6 + number))
            task = {"name": str(number), "folder": str(folder / str(number)), "of": mutant.of, "rows": asked}
            tasks.append((task, f"{of}: {mutant.what}"))
        for told, what in _scored(tasks, without_audit):
            end = told["end"]
            ends[end] += 1
            kinds[what.partition(": ")[2].split(" ")[0].rstrip(":")][end] += 1
            for part in most:
                most[part] = max(most[part], told.get(part, 0.0))
            wrong = _wrong(told)
            if wrong:
                faults.append({"number": int(told["name"]), "what": what, "fault": wrong})
                _say(f"FAULT {told['name']} {what}: {wrong}")
        _say(f"{min(start + TOGETHER, count)} mutants: {dict(ends)}, {len(faults)} faults")
    shutil.rmtree(place / "mutants", ignore_errors=True)
    return {
        "count": count,
        "seed": seed,
        "bundles": names,
        "faults": len(faults),
        "ends": dict(sorted(ends.items())),
        "by_kind": {name: dict(sorted(one.items())) for name, one in sorted(kinds.items())},
        "most_seconds": most["seconds"],
        "most_mb": most["peak_mb"],
        "each_fault": faults,
    }


def _wrong(told: dict[str, Any]) -> str:
    if told["end"] == "died":
        return str(told["because"])
    if told["end"] == "fault":
        return f"no refusal: {told['because']}"
    if told["end"] == "scored" and not told["finite"]:
        return "an answer that is not finite"
    if told.get("seconds", 0) > MOST_SECONDS:
        return f"{told['seconds']} seconds"
    return f"{told['peak_mb']} MB" if told.get("peak_mb", 0) > MOST_MB else ""


def _scored(tasks: list[tuple[dict[str, Any], str]], without_audit: bool) -> list[tuple[dict[str, Any], str]]:
    """What became of each; who dies or hangs is written down, and the others go on in a new process."""
    found: list[tuple[dict[str, Any], str]] = []
    while tasks:
        told = _process([task for task, _ in tasks], without_audit)
        found += zip(told, (what for _, what in tasks), strict=False)
        tasks = tasks[len(told) :]
    return found


def _process(tasks: list[dict[str, Any]], without_audit: bool) -> list[dict[str, Any]]:
    command = [*CHILD, "score", *(["--without-audit"] if without_audit else [])]

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))

    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, **ONE_THREAD}, preexec_fn=limits,
    )  # fmt: skip
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("no pipes")
    found: list[dict[str, Any]] = []
    held = b""
    try:
        for task in tasks:
            process.stdin.write(json.dumps(task).encode() + b"\n")
            process.stdin.flush()
            until = time.monotonic() + PATIENCE
            told: dict[str, Any] | None = None
            while told is None:
                ready, _, _ = select.select([process.stdout], [], [], max(until - time.monotonic(), 0))
                piece = os.read(process.stdout.fileno(), 1 << 16) if ready else b""
                if not piece:
                    process.kill()
                    code = process.wait()
                    because = (
                        f"signal {-code}"
                        if code < 0 and ready
                        else f"exit {code}"
                        if ready
                        else f"nothing for {PATIENCE:.0f} seconds"
                    )
                    return [*found, {"name": task["name"], "end": "died", "because": because}]
                held += piece
                *lines, held = held.split(b"\n")
                # Native code may print, too.
                ends = [json.loads(one) for one in lines if one.startswith(b'{"end"')]
                told = ends[0] if ends else None
            found.append(told)
            if told["peak_mb"] > MOST_MB:
                # The most memory of a process never sinks: the next mutant gets a new one.
                return found
    except BrokenPipeError:
        code = process.wait()
        return [*found, {"name": tasks[len(found)]["name"], "end": "died", "because": f"exit {code}"}]
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
    return found


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
