"""Broken, hostile and harmless tables through the command line: does a user get what they must get?

    python benchmarks/bad_inputs.py --bad DIR --judge FILE [--audit] [--family NAMES] [--only REGEX] [--out FILE]
    python benchmarks/bad_inputs.py --table [--out FILE]

DIR is a catalogue of small tables with a ``manifest.json`` that says of each what must come of it: the exit code, the
codes of findings, words of the message, how many rows, and the table that was meant. FILE is the judge: a script with
``judge(case, answer, seconds, folder) -> list of complaints``, which is loaded, never copied; this file is its adapter,
too (``run``). Without the two there is nothing to measure, and the script says so.

Each case is one command in a process of its own: ``build --trials 2`` (with ``--audit``, where no model is needed,
``audit``: much faster), ``predict`` with a model of the case's own training table, ``audit`` of an address for cases
that come over the network. Beside the judge's rules it is asked here that a refusal carries the case's code, that
memory stays within the case's bound, that nothing is left behind by a refusal, that a database still holds its rows,
and that rows in another order, or beside more columns, are answered the same.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import importlib.util
import json
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from machine import machine
from measured import Ended, measured

#: What a refusal must not leave behind.
LEFT = ("model.onnx", "manifest.json", "report.html", "run.json")
PROGRAM = [sys.executable, "-m", "journeyman"]
LIMIT_SECONDS = 60.0
#: The fixed amount of work that the models of this bench get.
WORK = ["--trials", "2"]
#: Tables that are large are given a time instead: it is a hard limit.
TIME = ["--time", "40s"]
#: Families whose cases need no model to be judged, where ``--audit`` asks for speed.
BY_AUDIT = ("container", "dialect", "names", "excel", "parquet", "json", "sql", "source", "security", "values")

Judge = Callable[[dict[str, Any], dict[str, Any], float, Path], list[str]]
#: Models by the digest of their training table, for one run of this bench.
_MODELS: dict[str, Path] = {}
_ROOM = Path(tempfile.gettempdir()) / f"journeyman-bad-inputs-{os.getpid()}"


def run(case: dict[str, Any], folder: Path, work: Path, *, quick: bool = False) -> dict[str, Any]:
    """What a user gets for one case, as the judge asks for it."""
    if case["phase"] == "predict":
        return _predicted(case, folder, work)
    if case["phase"] == "server":
        answers = [
            _audited([url, "--allow-addresses"], "", work) for url in [*case.get("urls", ()), case.get("url")] if url
        ]
        worst = next((one for one in answers if one["exit"] != 2), answers[0])
        return {**worst, "output": "\n".join(one["output"] for one in answers)}
    source = [str(folder / case["path"])]
    source += ["--table", case["table"]] if "table" in case else []
    source += ["--query", case["query"]] if "query" in case else []
    if quick and case["family"] in BY_AUDIT and case["outcome"] != "error":
        answer = _audited(source, case["target"], work)
    else:
        answer = _built(source, case["target"], work, TIME if case["family"] == "size" else WORK)
    if answer["exit"] == 0 and "truth" in case:
        answer["table"] = _as_read(folder / case["path"])
    return answer


def _built(source: list[str], target: str, work: Path, limit: list[str]) -> dict[str, Any]:
    ended = _asked(["build", *source, "--predict", target, *limit, "--out", str(work / "run"), "--json"], work)
    answer = _answer(ended)
    told = answer["document"]
    if ended.exit == 0:
        auc = (told.get("evaluation") or {}).get("roc_auc") or {}
        answer["reported"] = {"auc": auc.get("value") or 0, "high": auc.get("high") or 0}
    return answer


def _audited(source: list[str], target: str, work: Path) -> dict[str, Any]:
    predict = ["--predict", target] if target else []
    return _answer(_asked(["audit", *source, *predict, "-o", str(work / "audit.html"), "--json"], work))


def _predicted(case: dict[str, Any], folder: Path, work: Path) -> dict[str, Any]:
    model = _model_of(folder / case["train"], case["target"])
    out = work / "out.csv"
    ended = _asked(["predict", str(model), str(folder / case["path"]), "-o", str(out), "--json"], work)
    answer = _answer(ended)
    if ended.exit == 0:
        rows = answer["document"].get("rows", {})
        answer["rows_used"] = sum(rows.values())
        answer["predictions"] = _predictions(out)
    return answer


def _model_of(train: Path, target: str) -> Path:
    """A model of a training table; one for each table, however many cases ask for it."""
    key = hashlib.sha256(train.read_bytes()).hexdigest()[:16]
    if key not in _MODELS:
        room = _ROOM / key
        room.mkdir(parents=True)
        ended = _asked(["build", str(train), "--predict", target, *WORK, "--out", str(room / "run"), "--json"], room)
        if ended.exit:
            raise SystemExit(f"the model that predictions are asked of could not be built:\n{ended.output}")
        _MODELS[key] = room / "run"
    return _MODELS[key]


def _predictions(out: Path) -> list[tuple[str, ...]]:
    with out.open(newline="", encoding="utf-8") as file:
        return [
            tuple(cell for name, cell in row.items() if name == "prediction" or name.startswith("probability_"))
            for row in csv.DictReader(file)
        ]


def _asked(arguments: list[str], work: Path) -> Ended:
    return measured([*PROGRAM, *arguments], work, LIMIT_SECONDS)


def _answer(ended: Ended) -> dict[str, Any]:
    """What was printed, as findings; a refusal is a finding, too."""
    document = ended.document
    findings = [{name: one[name] for name in ("code", "severity", "message")} for one in document.get("findings", ())]
    if document.get("status") == "failed":
        findings.append({"code": document.get("code", ""), "severity": "error", "message": document.get("error", "")})
    answer: dict[str, Any] = {"exit": ended.exit, "output": ended.output, "findings": findings, "document": document}
    answer |= {"seconds": ended.seconds, "peak_mb": ended.peak_mb}
    if isinstance(rows := document.get("rows"), dict) and "used" in rows:
        # Rows without an outcome are sound rows, and are counted apart from those that reading set aside.
        without = rows.get("reasons", {}).get("target_missing_values", 0)
        answer |= {"rows_used": rows["used"], "rows_set_aside": rows["set_aside"] - without}
    return answer


def _as_read(path: Path) -> list[list[str]]:
    """The table as our reader has it: names, and each cell as text."""
    from journeyman.sources.read import gathered, meant

    raw = gathered(path)
    table = meant(raw)
    # A text is held as its terms; what was read is the cell.
    columns = [
        ["" if cell is None else str(cell) for cell in raw.frame[one.name]]
        if one.kind == "text"
        else _cells_of(table.values[one.name], one)
        for one in table.schema
    ]
    return [[one.name for one in table.schema], *(list(row) for row in zip(*columns, strict=True))]


def _cells_of(values: Any, column: Any) -> list[str]:
    import numpy as np

    from journeyman.table.columns import MISSING_WORD, Strings
    from journeyman.table.table import Dates

    if isinstance(values, Strings):
        return ["" if cell == MISSING_WORD else cell for cell in values.cells()]
    if isinstance(values, Dates):
        moments = values.at.astype("datetime64[us]")
        return ["" if gone else str(at) for at, gone in zip(moments, values.missing.tolist(), strict=True)]
    if column.kind == "flag":
        one_way = len(column.true_words) == 1 == len(column.false_words)
        words = (column.false_words[0], column.true_words[0]) if one_way else ("0", "1")
        return ["" if np.isnan(one) else words[int(one)] for one in values]
    return ["" if np.isnan(one) else repr(float(one)) for one in values]


def beyond(case: dict[str, Any], answer: dict[str, Any], work: Path, folder: Path, seen: dict[str, Any]) -> list[str]:
    """What is asked here beside the judge's rules."""
    wrong = []
    if case["outcome"] == "error" and answer["exit"] == 2:
        codes = {one["code"] for one in answer["findings"]}
        wrong += [] if codes & set(case["codes"]) else [f"refused with code {sorted(codes)}, want {case['codes']}"]
        wrong += [f"left {path.name} behind" for path in work.rglob("*") if path.name in LEFT]
    if answer.get("peak_mb", 0) > case.get("memory_mb", 4096):
        wrong.append(f"{answer['peak_mb']:.0f} MB of memory")
    if "after" in case:
        with sqlite3.connect(folder / case["path"]) as database:
            left = database.execute("select count(*) from customers").fetchone()[0]
        wrong += [] if left == int(case["after"].split()[-1]) else [f"{left} rows left in the database"]
    if case["phase"] == "predict" and answer["exit"] == 0 and case["outcome"] == "accept":
        given = answer["predictions"]
        # All harmless cases hold the same rows: the same answers must come, to the last digit.
        first = seen.setdefault("predictions", given)
        short = min(len(first), len(given))
        wrong += [] if first[:short] == given[:short] else ["the same rows are answered otherwise"]
        seen["predictions"] = max(first, given, key=len)
    return wrong


def tried(case: dict[str, Any], given: argparse.Namespace, judge: Judge, seen: dict[str, Any]) -> dict[str, Any]:
    """One case: what came of it, and what is wrong with that."""
    folder = given.bad / case["id"]
    with tempfile.TemporaryDirectory() as room:
        work = Path(room)
        answer = run(case, folder, work, quick=given.audit)
        wrong = judge(case, answer, answer["seconds"], folder) + beyond(case, answer, work, folder, seen)
    told = answer["document"]
    sentences = [one["message"] for one in answer["findings"] if one["code"] in case["codes"]]
    if told.get("status") == "failed":
        sentences = [" · ".join(told[part] for part in ("error", "because", "try") if told.get(part))]
    row = {name: case[name] for name in ("id", "family", "outcome", "phase")}
    row |= {"ok": not wrong, "wrong": wrong, "exit": answer["exit"], "seconds": round(answer["seconds"], 2)}
    row |= {"memory_mb": round(answer["peak_mb"]), "by": "audit" if given.audit else "build"}
    row["said"] = [_short(one.replace(str(folder), "DIR")) for one in sentences[:3]]
    row["others"] = sorted({f"{one['code']}:{one['severity']}" for one in answer["findings"]})
    return row


def _short(text: str) -> str:
    return text if len(text) <= 400 else text[:399] + "…"


def table(rows: list[dict[str, Any]]) -> str:
    """The results as Markdown."""
    lines = ["| family | cases | right | slowest | most memory |", "|---|--:|--:|--:|--:|"]
    for family in [*dict.fromkeys(one["family"] for one in rows), "all"]:
        some = [one for one in rows if family in (one["family"], "all")]
        right = sum(one["ok"] for one in some)
        slowest, most = max(one["seconds"] for one in some), max(one["memory_mb"] for one in some)
        lines.append(f"| {family} | {len(some)} | {right} | {slowest:.1f} s | {most:,} MB |")
    lines += ["", "| family | must | case | | said |", "|---|---|---|---|---|"]
    for one in rows:
        said = "; ".join(one["wrong"]) or " / ".join(one["said"])
        plain = re.sub(r"[\x00-\x1f|]", " ", said)
        lines.append(
            f"| {one['family']} | {one['outcome']} | {one['id']} | {'ok' if one['ok'] else 'WRONG'} | {plain} |"
        )
    return "\n".join(lines) + "\n"


def _judge_at(path: Path) -> Judge:
    specification = importlib.util.spec_from_file_location("judge_of_bad_inputs", path)
    if specification is None or specification.loader is None:
        raise SystemExit(f"{path} is no script of Python")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    found: Judge = module.judge
    return found


def main() -> None:
    """Try what is asked for; a case that is tried again replaces its row."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bad", type=Path, help="the catalogue's folder")
    parser.add_argument("--judge", type=Path, help="the script that judges")
    parser.add_argument("--audit", action="store_true", help="audit where no model is needed: fast")
    parser.add_argument("--family", default="")
    parser.add_argument("--only", default="")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "bad_inputs.jsonl")
    given = parser.parse_args()
    rows = {one["id"]: one for one in map(json.loads, given.out.read_text().splitlines())} if given.out.exists() else {}
    if given.table:
        sys.stdout.write(table(list(rows.values())))
        return
    if given.bad is None or given.judge is None or not (given.bad / "manifest.json").exists():
        raise SystemExit("nothing to measure: give --bad DIR (a catalogue with manifest.json) and --judge FILE")
    given.bad = given.bad.resolve()
    cases = json.loads((given.bad / "manifest.json").read_text())
    families = [name for name in given.family.split(",") if name]
    judge, seen, began = _judge_at(given.judge), {}, time.monotonic()
    try:
        for case in cases:
            if (families and case["family"] not in families) or not re.search(given.only, case["id"]):
                continue
            row = tried(case, given, judge, seen)
            rows[case["id"]] = {**row, **machine()}
            sys.stdout.write(
                f"{'ok   ' if row['ok'] else 'WRONG'} {row['family']:9s} {row['outcome']:6s} {row['id']:22s} "
                f"{row['seconds']:5.1f} s  {'; '.join(row['wrong'])}\n"
            )
            sys.stdout.flush()
    finally:
        shutil.rmtree(_ROOM, ignore_errors=True)
        order = {case["id"]: place for place, case in enumerate(cases)}
        listed = sorted(rows.values(), key=lambda one: order.get(one["id"], len(order)))
        given.out.write_text("".join(json.dumps(one) + "\n" for one in listed))
    right = sum(one["ok"] for one in listed)
    sys.stdout.write(f"{right} of {len(listed)} as they must be, {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
