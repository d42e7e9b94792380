"""Are leaks found where there are some, and only there? Worlds with a planted one, worlds without, and real tables.

    python benchmarks/leaks.py worlds [--seeds 20] [--first 0] [--out FILE]    # nine kinds, three strengths
    python benchmarks/leaks.py clean [--seeds 25] [--first 0] [--out FILE]     # honest tables of 19 makings
    python benchmarks/leaks.py cards --tasks DIR [--out FILE]                  # what the shared tasks' cards call leaks
    python benchmarks/leaks.py --table [--out FILE]

A planted leak counts as found where a finding about leaks names its column (copies: where they are seen and kept
together; entities and levels of time: also where folds are made by them). On clean tables every finding about leaks
counts as a false alarm, however mild; those that are more than a remark are counted apart. Seeds from 2,000 on were
never looked at while bounds were chosen, and names say nothing of leaks; the shared tasks were looked at. One row a
table is appended; a table that has its row is not looked at again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from machine import machine
from rows import rows_of

from journeyman.brief.aim import find_aim
from journeyman.brief.brief import Brief
from journeyman.checks.evidence.pretence import with_costs
from journeyman.checks.look import checks
from journeyman.curation.curate import curate
from journeyman.errors import JourneymanError
from journeyman.simulation.world import World
from journeyman.sources.read import gathered, meant
from journeyman.table.finding import Finding
from journeyman.table.table import Table

KINDS = (
    "too_good_column",
    "missing_pattern",
    "future_column",
    "row_order",
    "group",
    "time_travel",
    "copies",
    "aggregate",
    "decision_proxy",
)
#: What the leaks that a word of the name could tell are called here.
NAMELESS = "column_7"
UNNAMED = frozenset({"too_good_column", "missing_pattern", "future_column", "decision_proxy"})
STRENGTHS = ("strong", "medium", "weak")
TASKS = ("binary", "regression")
LAWS = ("linear", "smooth", "trees")
ROWS = (1000, 2000, 3500, 5000)
#: Codes of findings that speak of a leak, and of folds by what would leak.
LEAK_CODES = frozenset({"leak", "groups", "time_order", "order_of_target"})
#: Checks of cells, labels and strange rows: most of the time of an audit, and no word of leaks.
NOT_ASKED = frozenset({"label_errors", "cell_errors", "anomalies"})
#: Honest tables: what else is in them.
CLEAN: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "dated": {"dates": True},
    "strong columns": {"strength": 3.0},
    "very strong columns": {"strength": 6.0, "numbers": 2, "words": (4,)},
    "no signal": {"law": "no_signal"},
    "many numbers": {"numbers": 25, "words": (3, 5, 8)},
    "many words": {"numbers": 3, "words": (4, 12, 40, 120)},
    "gaps by chance": {"plants": ("missing.completely_at_random",)},
    "gaps by another column": {"plants": ("missing.at_random",)},
    "gaps by the value": {"plants": ("missing.not_at_random",), "strength": 2.0},
    "moving features": {"plants": ({"kind": "drift", "moves": "features"},)},
    "moving law": {"plants": ({"kind": "drift", "moves": "law"},)},
    "an insight": {"plants": ("insight",)},
    "wrong labels": {"plants": ("label_noise",)},
    "rare class": {"offset": -3.0},
    "numbered rows": {"numbered": True},
    "causal graph": {"law": "structural"},
    "causal graph, strong": {"law": "structural", "strength": 3.0, "numbers": 12},
    "flags": {"numbers": 3, "words": (2, 2, 3), "strength": 2.0},
}


def spec(seed: int, **more: Any) -> dict[str, Any]:
    """A world's spec: law, size and task go round with the seed."""
    made = {"law": LAWS[seed % 3], "task": TASKS[seed // 3 % 2], "rows": ROWS[seed // 6 % 4], "seed": seed}
    return {**made, **more}


def table_of(columns: Mapping[str, Any]) -> Table:
    """The table as a build reads it."""
    return meant(gathered(pl.DataFrame(dict(columns))), target="outcome")


def seen(table: Table, target: str) -> tuple[list[Finding], str]:
    """What the audit and the choice of folds say, and by what folds are made: an entity, a time, or nothing."""
    brief = Brief(predict=target)
    findings = [*table.findings, *looked(table, brief)]
    try:
        curation = curate(table, brief, find_aim(table, brief), findings)
    except JourneymanError as error:
        return findings, type(error).__name__
    return [*findings, *curation.findings], " ".join(filter(None, (curation.entity, curation.time)))


def looked(table: Table, brief: Brief) -> Iterator[Finding]:
    """What the checks see, but those that have nothing to do with leaks and would take most of the time."""
    seen: list[Finding] = []
    for module in checks():
        if module.__name__.rpartition(".")[2] not in NOT_ASKED:
            found = module.look(table, brief)
            several = found if isinstance(found, tuple) else (found,)
            seen += [one for one in several if isinstance(one, Finding)]
    yield from with_costs(seen, table, brief)


def told(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The findings about leaks, as results hold them."""
    return [
        {
            "code": one.code,
            "severity": one.severity,
            "columns": list(one.columns),
            "message": one.message,
            "set_aside": one.remedy.action == "role",
            "kind": one.numbers.get("kind", ""),
            "cost": one.cost.words if one.cost else "",
        }
        for one in findings
        if one.code in LEAK_CODES or one.code.endswith("_leak")
    ]


def planted(kind: str, strength: str, seed: int) -> dict[str, Any]:
    """One world with a leak, looked at."""
    plant = {"kind": f"leaks.{kind}", "strength": strength} | ({"column": NAMELESS} if kind in UNNAMED else {})
    world = World(**spec(seed, plants=(plant,)))
    table = table_of(world.columns)
    start = time.perf_counter()
    findings, folds = seen(table, world.target)
    took = time.perf_counter() - start
    about = set(world.table.record[0].get("columns", ())) - {world.target}
    if kind == "future_column":
        about = {NAMELESS}
    words = told(findings)
    named = [one for one in words if about & set(one["columns"])]
    if kind == "copies":
        named = [{"severity": one.severity} for one in findings if one.code == "duplicate_rows"]
        named = [one for one in named if one["severity"] != "info"]
    by_folds = kind in ("group", "time_travel") and any(one in folds for one in about)
    return {
        "study": "worlds",
        "kind": kind,
        "strength": strength,
        "seed": seed,
        "task": world.task,
        "rows": world.rows,
        "law": world.law,
        "found": bool(named) or by_folds,
        "warned": any(one["severity"] != "info" for one in named) or by_folds,
        "folds": folds,
        "told": words,
        "seconds": round(took, 3),
    }


def clean(making: str, seed: int) -> dict[str, Any]:
    """One honest table, looked at."""
    given = dict(CLEAN[making])
    numbered = given.pop("numbered", False)
    world = World(**spec(seed, **given))
    columns = dict(world.columns)
    if numbered:
        columns = {"number": [1000.0 + one for one in range(world.rows)], **columns}
    table = table_of(columns)
    start = time.perf_counter()
    findings, folds = seen(table, world.target)
    words = [one for one in told(findings) if not _by_time(one)]
    return {
        "study": "clean",
        "kind": making,
        "seed": seed,
        "task": world.task,
        "rows": world.rows,
        "law": world.law,
        "found": bool(words),
        "warned": any(one["severity"] != "info" for one in words),
        "folds": folds,
        "told": words,
        "seconds": round(time.perf_counter() - start, 3),
    }


def _by_time(one: Mapping[str, Any]) -> bool:
    """That rows lie in time is no accusation: it is a question about folds."""
    return bool(one["code"] == "time_order" and one["columns"] == ["date"])


def card(folder: Path) -> dict[str, Any]:
    """One shared task, looked at without its card; then held against it."""
    truth = json.loads((folder / "card.json").read_text())
    table = meant(gathered(pl.read_parquet(folder / "table.parquet")), target=truth["target"])
    start = time.perf_counter()
    findings, folds = seen(table, truth["target"])
    words = told(findings)
    leaks = set(truth.get("leak", ()))
    named = {name for one in words if one["code"] == "leak" for name in one["columns"]}
    aside = {name for one in words if one["code"] == "leak" and one["set_aside"] for name in one["columns"]}
    return {
        "study": "cards",
        "kind": folder.name,
        "task": truth["task"],
        "rows": table.rows,
        "leaks": sorted(leaks),
        "named": sorted(named),
        "set_aside": sorted(aside),
        "other_aside": sorted(_other_aside(findings) & leaks),
        "hit": sorted(named & leaks),
        "wrong": sorted(named - leaks),
        "folds": folds,
        "told": words,
        "seconds": round(time.perf_counter() - start, 3),
    }


def _other_aside(findings: Sequence[Finding]) -> set[str]:
    """Columns that are not used for another reason: ids, empty ones."""
    return {name for one in findings if one.code != "leak" and one.remedy.action == "role" for name in one.columns}


def _jobs(args: argparse.Namespace) -> Iterator[tuple[tuple[Any, ...], Callable[[], dict[str, Any]]]]:
    if args.study == "worlds":
        for seed in range(args.first, args.first + args.seeds):
            for kind in [one for one in KINDS if args.only in one]:
                for strength in STRENGTHS:
                    yield (kind, strength, seed), lambda k=kind, s=strength, n=seed: planted(k, s, n)  # type: ignore[misc]
    elif args.study == "clean":
        for seed in range(args.first, args.first + args.seeds):
            for making in [one for one in CLEAN if args.only in one]:
                yield (making, None, seed), lambda m=making, n=seed: clean(m, n)  # type: ignore[misc]
    else:
        for folder in sorted(args.tasks.iterdir()):
            if args.only in folder.name and (folder / "card.json").exists():
                yield (folder.name, None, None), lambda f=folder: card(f)  # type: ignore[misc]


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    lines = []
    worlds = [one for one in rows if one["study"] == "worlds"]
    if worlds:
        lines += ["| leak | strength | tables | found | warned of |", "|---|---|--:|--:|--:|"]
        for strength in STRENGTHS:
            for kind in (*KINDS, ""):
                some = [one for one in worlds if kind in ("", one["kind"]) and one["strength"] == strength]
                lines.append(f"| {kind or 'all'} | {strength} | {_shares(some)} |")
    clean_ones = [one for one in rows if one["study"] == "clean"]
    if clean_ones:
        lines += ["", "| honest tables | number | any finding | more than a remark |", "|---|--:|--:|--:|"]
        for making in (*CLEAN, ""):
            some = [one for one in clean_ones if making in ("", one["kind"])]
            lines.append(f"| {making or 'all'} | {_shares(some)} |")
    cards = [one for one in rows if one["study"] == "cards"]
    if cards:
        lines += ["", "| task | leak columns | told | wrongly told |", "|---|--:|--:|---|"]
        for one in cards:
            if one["leaks"] or one["wrong"]:
                wrong = ", ".join(f"`{name}`" for name in one["wrong"])
                lines.append(f"| {one['kind']} | {len(one['leaks'])} | {len(one['hit'])} | {wrong} |")
        every = [sum(len(one[key]) for one in cards) for key in ("leaks", "hit", "wrong")]
        lines.append(f"| all {len(cards)} | {every[0]} | {every[1]} | {every[2]} |")
    return "\n".join(lines)


def _shares(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return "0 | – | –"
    return f"{len(rows)} | " + " | ".join(
        f"{sum(one[key] for one in rows) / len(rows):.3f}" for key in ("found", "warned")
    )


def main() -> int:
    """Look at the tables that are not there yet, or print the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", nargs="?", choices=("worlds", "clean", "cards"), default="worlds")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "leaks.jsonl")
    parser.add_argument("--table", action="store_true")
    args = parser.parse_args()
    known = rows_of(args.out)
    if args.table:
        sys.stdout.write(_table(known) + "\n")
        return 0
    there = {(one["study"], one["kind"], one.get("strength"), one.get("seed")) for one in known}
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("a") as out:
        for key, make in _jobs(args):
            if (args.study, *key) in there:
                continue
            row = {**make(), "machine": machine()} if not there else make()
            there.add((args.study, *key))
            out.write(json.dumps(row) + "\n")
            out.flush()
    sys.stdout.write(_table(rows_of(args.out)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
