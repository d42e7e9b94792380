"""How many wrong cells are found, and how many of the repairs are right? Pairs of a dirty and a clean table.

    python benchmarks/cleaning.py --pairs DIR [--only NAME ...] [--out FILE] [--by-kind]
    python benchmarks/cleaning.py --table [--out FILE]

Each folder of DIR holds ``dirty.csv`` and ``clean.csv``, aligned cell by cell. Only the dirty table is looked at;
cells are compared as they are written. One row a pair is appended. The pairs in `TUNED_ON` were at hand when the
detectors' thresholds were chosen, the others were not: their figures are shown apart. What the clean tables raise is
measured as well: there every suspect is false.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from machine import machine
from rows import append, rows_of

from journeyman.repairs.suspects import Suspects, suspects
from journeyman.sources.read import read_raw

#: Kinds of tables are never split: three of the tables are of one school survey, three of one map.
TUNED_ON = (
    "beers",
    "dgov_2012_sat_results",
    "dgov_illicit_drug_use_g10_2014_0731_0900",
    "dgov_naep12_math_trans_verified_2014_0804_172",
    "dgov_naep8_math_verified_2014_0804_1700",
    "dgov_s_fld_haz_ar",
)


def look(folder: Path, by_kind: bool) -> dict[str, Any]:
    """One pair: what is found in the dirty table, what is repaired, what is raised in the clean one."""
    dirty, clean = (_text(read_raw(folder / f"{name}.csv").frame) for name in ("dirty", "clean"))
    if dirty.shape != clean.shape:
        raise SystemExit(f"{folder.name}: the tables differ in their shape")
    started = time.perf_counter()
    found = suspects(dirty)
    seconds = time.perf_counter() - started
    wrong = {
        (row, name)
        for name in dirty.columns
        for row in np.flatnonzero((dirty[name] != clean[name]).to_numpy()).tolist()
    }
    flagged = {(one.row, one.column) for one in found.cells}
    repaired = [one for one in found.cells if one.after is not None]
    right = sum(one.after == clean[one.column][one.row] for one in repaired)
    hits = len(flagged & wrong)
    precision, recall = hits / max(len(flagged), 1), hits / max(len(wrong), 1)
    row = {
        "pair": folder.name,
        "tuned_on": folder.name in TUNED_ON,
        "cells": dirty.height * dirty.width,
        "wrong": len(wrong),
        "suspects": len(flagged),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-12),
        "repaired": len(repaired),
        "right": right,
        "wrong_repaired": sum(
            (one.row, one.column) in wrong and one.after == clean[one.column][one.row] for one in repaired
        ),
        "seconds": round(seconds, 2),
        "in_clean": len(suspects(clean).cells),
    }
    if by_kind:
        sys.stdout.write(_kinds(found, wrong, clean))
    return row


def _text(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.all().cast(pl.String).fill_null(""))


def _kinds(found: Suspects, wrong: set[tuple[int, str]], clean: pl.DataFrame) -> str:
    """By detector: suspects, hits, repairs, right ones."""
    lines = []
    for name in sorted({one.detector for one in found.cells}):
        mine = [one for one in found.cells if one.detector == name]
        hits = sum((one.row, one.column) in wrong for one in mine)
        repaired = [one for one in mine if one.after is not None]
        right = sum(one.after == clean[one.column][one.row] for one in repaired)
        lines.append(
            f"    {name:<22} {len(mine):>6} suspects {hits:>6} hits {len(repaired):>6} repaired {right:>6} right\n"
        )
    return "".join(lines)


def table(rows: list[dict[str, Any]]) -> str:
    """One line a pair, the means of the tuned-on half, of the other and of all."""
    head = (
        "pair",
        "wrong cells",
        "precision",
        "recall",
        "F1",
        "repairs right",
        "wrong cells repaired",
        "raised in the clean table",
        "s",
    )
    lines = [f"| {' | '.join(head)} |", "|---|" + "--:|" * (len(head) - 1)]
    for name, some in (
        ("tuned on", [row for row in rows if row["tuned_on"]]),
        ("held out", [row for row in rows if not row["tuned_on"]]),
        ("all", rows),
    ):
        if name != "all":
            lines += [_line(row["pair"], [row]) for row in some]
        if some:
            lines.append(_line(f"**{name}**", some))
    return "\n".join(lines) + "\n"


def _line(name: str, rows: list[dict[str, Any]]) -> str:
    """A pair, or the mean over pairs; shares of repairs over all their cells."""
    mean = {key: float(np.mean([row[key] for row in rows])) for key in ("precision", "recall", "f1")}
    total = {
        key: sum(row[key] for row in rows)
        for key in ("wrong", "repaired", "right", "wrong_repaired", "in_clean", "cells")
    }
    return (
        f"| {name} | {total['wrong']:,} | {mean['precision']:.3f} | {mean['recall']:.3f} | {mean['f1']:.3f} |"
        f" {total['right']:,} of {total['repaired']:,} ({total['right'] / max(total['repaired'], 1):.0%}) |"
        f" {total['wrong_repaired'] / max(total['wrong'], 1):.0%} |"
        f" {total['in_clean'] / total['cells']:.2%} | {sum(row['seconds'] for row in rows):.1f} |"
    )


def main() -> None:
    """Look at the pairs, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--by-kind", action="store_true")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "cleaning.jsonl")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(table(rows_of(given.out)))
        return
    if given.pairs is None:
        parser.error("--pairs is missing")
    done = {row["pair"] for row in rows_of(given.out)}
    folders = sorted(one.parent for one in given.pairs.glob("*/dirty.csv"))
    for folder in folders:
        if folder.name in done or (given.only and not any(part in folder.name for part in given.only)):
            continue
        row = look(folder, given.by_kind)
        sys.stdout.write(_line(row["pair"], [row]) + "\n")
        append(given.out, {**row, **machine()})


if __name__ == "__main__":
    main()
