"""Are as many fresh rows called unusual as is said, and is a changed unit always found? Nothing is built or fitted.

    python benchmarks/novelty.py --tasks DIR [--splits random,groups,later] [--only NAMES] [--out FILE]
    python benchmarks/novelty.py --worlds [--only NAMES] [--out FILE]
    python benchmarks/novelty.py --table [--out FILE]

Real tables and their rows are those of ``intervals.py``; of each simulated law and size there are twenty tables with
5,000 fresh rows each, and one row in the results says what they give on average. What is strange is learnt from the
rows to learn from, as a build does, and asked of the test rows; beside it stands the share of rows with any cell out of
range or of a new level, which is what bundles of before call unusual. Then one column of numbers after the other is
multiplied by 1000, where it is not 0: the share of these cells whose rows are unusual then, over all columns, and in
the middle one of them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from intervals import Case, real, split_of
from machine import machine
from rows import append, rows_of

from journeyman.brief.read import make_brief
from journeyman.bundle.known import learn_known
from journeyman.bundle.reader import Reader
from journeyman.bundle.rows import cells_of
from journeyman.bundle.unusual import Unusual
from journeyman.errors import JourneymanError
from journeyman.job.understand import understand
from journeyman.simulation.world import World
from journeyman.sources.read import read
from journeyman.statistics.proportion import proportion

#: Rows of which units are changed, and columns in which they are.
CHANGED_ROWS, CHANGED_COLUMNS = 500, 40
#: Simulated tables: laws, rows, how many of each, and fresh rows of each.
LAWS, SIZES, WORLDS, FRESH_ROWS = ("linear", "structural"), (100, 300, 2000), 20, 5000


def simulated(law: str, rows: int, seed: int) -> Case:
    """A simulated table, and fresh rows."""
    world = World(law=law, task="regression", rows=rows, seed=seed)
    fresh = world.draw(FRESH_ROWS, stream=3)
    frames = [
        pl.DataFrame(dict(one)).with_columns(pl.selectors.float().fill_nan(None))
        for one in (world.columns, fresh.columns)
    ]
    return Case(f"{law} {rows}", "simulated", world.target, frames[0], frames[1])


def on_average(law: str, rows: int) -> dict[str, Any]:
    """What many simulated tables give on average, with the interval that their differences leave."""
    told = [judge(simulated(law, rows, seed)) for seed in range(WORLDS)]
    mean = {
        name: float(np.mean([one[name] for one in told])) for name in ("unusual", "any_cell", "tenth", "unit", "said")
    }
    error = 1.96 * float(np.std([one["unusual"] for one in told], ddof=1)) / WORLDS**0.5
    seconds = max(one["seconds"] for one in told)
    interval = {"low": max(mean["unusual"] - error, 0.0), "high": mean["unusual"] + error, "seconds": seconds}
    return {**told[0], **mean, **interval, "tables": WORLDS}


def judge(case: Case) -> dict[str, Any]:
    """Learn what is strange in a table, and ask it of rows that it has not seen."""
    options = {case.options[0].removeprefix("--"): case.options[1]} if case.options else {}
    request = make_brief(predict=case.target, trials=1, **options)
    understood = understand(read(case.train, target=case.target), request)
    features, data = understood.curation.table.schema.features, understood.data
    began = time.process_time()
    novelty = learn_known(data.columns, features, seed=0, folds=data.folds).novelty
    row: dict[str, Any] = {"table": case.name, "split": case.split, "rows": data.columns.rows, "test": case.test.height}
    row |= {"columns": len(features), "seconds": round(time.process_time() - began, 2), "folds": data.folds.kind}
    if novelty is None:
        return {**row, "said": "too few rows"}
    reader, unusual = Reader(features), Unusual(novelty, features)
    cells, count = cells_of(case.test.rename(str.strip), [one.name for one in features])
    batch = reader.batch(cells, count)
    status, _, p_values = unusual.many(batch, cells)
    judged = status != "refused"
    hits = status[judged] == "unusual"
    held = proportion(hits, np.ones(len(hits)), np.arange(len(hits)))
    row |= {"said": novelty.limit, "unusual": held.value, "low": held.low, "high": held.high}
    row |= {"any_cell": float((batch.status[judged] != "ok").mean()), "tenth": float(np.mean(p_values[judged] <= 0.1))}
    found = []
    numbers = [column for column in features if column.kind == "number"][:CHANGED_COLUMNS]
    for column in numbers:
        place = batch.columns.number_names.index(column.name)
        first = np.flatnonzero(judged)[:CHANGED_ROWS]
        values = batch.columns.numbers[first, place]
        there = np.isfinite(values) & (values != 0)
        changed = batch.columns.take(first[there])
        changed.numbers[:, place] *= 1000
        if changed.rows:
            again = {name: _taken(given, first[there]) for name, given in cells.items()}
            asked = type(batch)(changed, np.full(changed.rows, "ok", object), (), np.zeros(changed.rows, np.bool_))
            found.append(float((unusual.many(asked, again)[0] == "unusual").mean()))
    if found:
        row |= {"unit": float(np.mean(found)), "unit_middle": float(np.median(found)), "numbers": len(found)}
    return row


def _taken(cells: Any, rows: Any) -> list[Any]:
    return [cells[row] for row in rows.tolist()]


def table(rows: list[dict[str, Any]]) -> str:
    """The results as Markdown."""
    lines = ["| table | split | rows | columns | said | unusual | [95 %] | any cell odd | × 1000 found | seconds |"]
    lines.append("|---|---|---|---|---|---|---|---|---|---|")
    for one in rows:
        if "unusual" in one:
            unit = f"{100 * one['unit']:.1f} %" if "unit" in one else ""
            lines.append(
                f"| {one['table']} | {one['split']} | {one['rows']:,} | {one['columns']} | {100 * one['said']:.2f} % "
                f"| {100 * one['unusual']:.2f} % | [{100 * one['low']:.2f}, {100 * one['high']:.2f}] "
                f"| {100 * one['any_cell']:.1f} % | {unit} | {one['seconds']} |"
            )
    for split in sorted({one["split"] for one in rows}):
        some = [one for one in rows if one["split"] == split and "unusual" in one]
        rates = [one["unusual"] / one["said"] for one in some]
        lines.append(
            f"\n{split}: {len(some)} tables; unusual as a share of what is said: mean {np.mean(rates):.2f}; in "
            f"{sum(0.5 <= one <= 1.5 for one in rates)} tables within 0.5 to 1.5, in "
            f"{sum(one['low'] <= 1.5 * one['said'] and one['high'] >= 0.5 * one['said'] for one in some)} not beyond "
            f"it by more than chance; any cell odd: mean {100 * np.mean([one['any_cell'] for one in some]):.1f} %"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Judge what is asked for; a table that has its row is not judged again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--worlds", action="store_true")
    parser.add_argument("--splits", default="random")
    parser.add_argument("--only", default="")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "novelty.jsonl")
    given = parser.parse_args()
    rows = rows_of(given.out)
    if given.table:
        sys.stdout.write(table(rows))
        return
    done, only = {one["table"] for one in rows}, {name for name in given.only.split(",") if name}
    names = [f"{law} {rows}" for law in LAWS for rows in SIZES] if given.worlds else []
    if given.tasks:
        cards = {one.parent.name: json.loads(one.read_text()) for one in sorted(given.tasks.glob("*/card.json"))}
        names += [name for name, card in cards.items() if split_of(card) in given.splits.split(",")]
    for name in names:
        if name in done or (only and name not in only):
            continue
        try:
            law, _, size = name.partition(" ")
            row = on_average(law, int(size)) if size else judge(real(given.tasks / name))
        except JourneymanError as error:
            row = {"table": name, "split": "simulated" if " " in name else "random", "error": str(error)[:200]}
        append(given.out, {**row, **machine()})
        sys.stdout.write(f"{name}: {json.dumps(row)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
