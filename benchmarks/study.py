"""A study of many tables: its arguments, and the loop that appends a row for each table and seed."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from machine import machine
from rows import append, rows_of

#: A change of an error within a thousandth is none.
ALIKE = 1e-3
Made = TypeVar("Made")
#: Every table that is asked for, seed by seed: its name, the seed, and what makes it.
Tables = Iterator[tuple[str, int, Callable[[], Made]]]


def study(
    told: str | None,
    name: str,
    rows: int,
    tables: Callable[[argparse.Namespace], Tables[Made]],
    judged: Callable[[Made], dict[str, Any] | None],
    page: Callable[[list[dict[str, Any]]], str],
    more: tuple[str, ...] = (),
) -> None:
    """Run what has no row yet, or write the page of all rows.

    Parameters
    ----------
    told : what the study is, for its help
    name : of its rows, ``results/<name>.jsonl``
    rows : how many of a task are drawn where nothing is said
    judged : the row of a table; None where it has nothing to say
    more : names of arguments that this study has beside the usual ones, each a text
    """
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--rows", type=int, default=rows)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / f"{name}.jsonl")
    for one in more:
        parser.add_argument(f"--{one}", default="")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(page(rows_of(given.out)))
        return
    warnings.simplefilter("ignore")
    done = {(row["table"], row["seed"]) for row in rows_of(given.out)}
    for table, seed, make in tables(given):
        if (table, seed) in done:
            continue
        found = judged(make())
        if found is not None:
            row = {"table": table, "seed": seed, **found, **machine()}
            append(given.out, row)
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()
