"""Are insights true? Tables of pure noise, in which nothing must hold, and tables in which one thing was planted.

    python benchmarks/insights.py [--noise 200] [--planted 20] [--out FILE]
    python benchmarks/insights.py --table [--out FILE]

Each table goes the whole way of `journeyman explore`: read, audit, curate, explore. A plant counts as found where one
of the insights told is of its kind and about its columns. One row a table is appended; a table that has its row is not
made again.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from machine import machine
from rows import append, rows_of

from journeyman.job.explore import explore

TARGET = "outcome"
SPAN_DAYS = 730
ROWS = (300, 800, 2000, 6000)


class Made(NamedTuple):
    """A table, the column to be predicted if any, and the kinds and columns of the insight that is in it."""

    columns: dict[str, Any]
    target: str | None
    kinds: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


def noise(random: np.random.Generator, rows: int) -> dict[str, Any]:
    """Columns that have nothing to do with one another: numbers, counts, words, flags, dates, with gaps."""
    columns: dict[str, Any] = {}
    shapes: tuple[Callable[[], Any], ...] = (
        lambda: random.normal(size=rows),
        lambda: random.uniform(size=rows),
        lambda: random.exponential(size=rows),
        lambda: random.lognormal(sigma=0.8, size=rows),
        lambda: random.standard_t(3, size=rows),
        lambda: random.poisson(4, size=rows).astype(float),
        lambda: random.integers(1, 6, size=rows).astype(float),
    )
    for place in range(int(random.integers(2, 11))):
        columns[f"number {place}"] = shapes[int(random.integers(len(shapes)))]()
    for place in range(int(random.integers(1, 7))):
        levels = int(random.choice([2, 3, 5, 8, 12, 40]))
        shares = random.dirichlet(np.full(levels, 3.0))
        columns[f"word {place}"] = random.choice([f"level {one}" for one in range(levels)], size=rows, p=shares)
    if random.uniform() < 0.5:
        columns["flag"] = random.integers(0, 2, size=rows)
    if random.uniform() < 0.6:
        columns["day"] = days(random, rows)
    for name in columns:
        if name.startswith(("number", "word")) and random.uniform() < 0.4:
            columns[name] = gapped(columns[name], random.uniform(size=rows) < random.uniform(0.02, 0.3))
    return columns


def days(random: np.random.Generator, rows: int, span: int = SPAN_DAYS) -> Any:
    """A day of each row, evenly over some years."""
    return np.datetime64("2022-01-03") + random.integers(0, span, size=rows).astype("timedelta64[D]")


def gapped(cells: Any, missing: Any) -> Any:
    """The cells with some missing."""
    if cells.dtype.kind == "f":
        return np.where(missing, np.nan, cells)
    return [None if gone else str(cell) for gone, cell in zip(missing, cells, strict=True)]


def outcome(random: np.random.Generator, signal: Any, task: str) -> Any:
    """A target of a signal in standard deviations of its noise: a number, or two classes at its log-odds."""
    if task == "number":
        return signal + random.normal(size=len(signal))
    chance = 1 / (1 + np.exp(-(1.8 * signal - 0.8)))
    return np.where(random.uniform(size=len(signal)) < chance, "yes", "no")


def pure(seed: int) -> Made:
    """A table of noise with a target of noise: two classes, several, a number of many shapes, or none."""
    random = np.random.default_rng([7, seed])
    rows = ROWS[seed % len(ROWS)]
    columns = noise(random, rows)
    task = ("binary", "number", "binary", "skewed", "several", "none", "count")[seed % 7]
    if task == "none":
        return Made(columns, None)
    made: dict[str, Callable[[], Any]] = {
        "binary": lambda: np.where(random.uniform(size=rows) < random.uniform(0.06, 0.5), "yes", "no"),
        "several": lambda: random.choice(["a", "b", "c", "d"], size=rows, p=[0.4, 0.3, 0.2, 0.1]),
        "number": lambda: random.normal(size=rows),
        "skewed": lambda: random.lognormal(sigma=1.2, size=rows),
        "count": lambda: random.poisson(3, size=rows).astype(float),
    }
    return Made({**columns, TARGET: made[task]()}, TARGET)


def planted(kind: str, seed: int) -> Made:
    """A table of noise in which one thing is true."""
    random = np.random.default_rng([11, seed, *kind.encode()])
    rows = int(random.choice([3000, 6000]))
    return PLANTS[kind](random, noise(random, rows), rows, ("number", "classes")[seed % 2])


def _level(random: np.random.Generator, columns: dict[str, Any], rows: int, task: str) -> Made:
    if random.uniform() < 0.5:
        words = random.choice([f"shop {one}" for one in range(5)], size=rows)
        signal = 0.6 * (words == "shop 2")
        return Made({**columns, "shop": words, TARGET: outcome(random, signal, task)}, TARGET, ("by_level",), ("shop",))
    number = random.normal(size=rows)
    signal = 0.7 * (np.abs(number) < 0.3)
    return Made({**columns, "size": number, TARGET: outcome(random, signal, task)}, TARGET, ("by_range",), ("size",))


def _trend(random: np.random.Generator, columns: dict[str, Any], rows: int, task: str) -> Made:
    number = random.lognormal(size=rows)
    signal = 0.3 * np.log(number) * random.choice([-1, 1])
    return Made({**columns, "age": number, TARGET: outcome(random, signal, task)}, TARGET, ("trend",), ("age",))


def _change_point(random: np.random.Generator, columns: dict[str, Any], rows: int, task: str) -> Made:
    day = days(random, rows)
    at = np.datetime64("2022-01-03") + int(random.uniform(0.25, 0.75) * SPAN_DAYS)
    columns = {name: one for name, one in columns.items() if name != "day"}
    target = outcome(random, 0.5 * (day >= at), task)
    return Made({**columns, "sold on": day, TARGET: target}, TARGET, ("change_point",), ("sold on",))


def _interaction(random: np.random.Generator, columns: dict[str, Any], rows: int, task: str) -> Made:
    first, words = random.normal(size=rows), random.choice(["a", "b", "c"], size=rows)
    signal = 0.9 * ((first > random.uniform(-0.2, 0.2)) ^ (words == "b"))
    made = {**columns, "dose": first, "group": words, TARGET: outcome(random, signal, task)}
    return Made(made, TARGET, ("interaction",), ("dose", "group"))


def _missingness(random: np.random.Generator, columns: dict[str, Any], rows: int, task: str) -> Made:
    missing = random.uniform(size=rows) < random.uniform(0.12, 0.35)
    made = {**columns, "income": gapped(random.normal(size=rows), missing)}
    return Made({**made, TARGET: outcome(random, 0.5 * missing, task)}, TARGET, ("missingness",), ("income",))


def _correlation(random: np.random.Generator, columns: dict[str, Any], rows: int, task: str) -> Made:
    first = random.normal(size=rows)
    second = np.exp(0.5 * first + random.normal(scale=0.7, size=rows))
    made = {**columns, "weight": first, "price": second}
    if task == "number":
        return Made(made, None, ("correlation",), ("weight", "price"))
    target = outcome(random, np.zeros(rows), task)
    return Made({**made, TARGET: target}, TARGET, ("correlation",), ("weight", "price"))


def _concentration(random: np.random.Generator, columns: dict[str, Any], rows: int, task: str) -> Made:
    made = {**columns, "sales": random.lognormal(sigma=2.0, size=rows)}
    if task == "number":
        return Made(made, None, ("concentration",), ("sales",))
    return Made({**made, TARGET: outcome(random, np.zeros(rows), task)}, TARGET, ("concentration",), ("sales",))


def _outlier_group(random: np.random.Generator, columns: dict[str, Any], rows: int, task: str) -> Made:
    words = random.choice([f"site {one}" for one in range(20)], size=rows)
    number = random.gamma(3.0, size=rows) + 7.0 * (words == "site 4") * (random.uniform(size=rows) < 0.8)
    made = {**columns, "site": words, "load": number}
    if task == "number":
        return Made(made, None, ("outlier_group", "association"), ("site", "load"))
    target = outcome(random, np.zeros(rows), task)
    return Made({**made, TARGET: target}, TARGET, ("outlier_group", "association"), ("site", "load"))


def _seasonality(random: np.random.Generator, columns: dict[str, Any], rows: int, task: str) -> Made:
    day = days(random, rows)
    weekday = (day.astype("datetime64[D]").astype(int) + 3) % 7
    columns = {name: one for name, one in columns.items() if name != "day"}
    target = outcome(random, 0.7 * (weekday == int(random.integers(7))), task)
    return Made({**columns, "sold on": day, TARGET: target}, TARGET, ("seasonality",), ("sold on",))


def _simpson(random: np.random.Generator, columns: dict[str, Any], rows: int, task: str) -> Made:
    place = random.integers(0, 3, size=rows)
    number = 1.5 * place + random.normal(size=rows)
    signal = 1.2 * place - 0.5 * (number - 1.5 * place)
    made = {**columns, "clinic": np.array(["A", "B", "C"])[place], "dose": number}
    return Made(
        {**made, TARGET: outcome(random, signal - signal.mean(), task)}, TARGET, ("simpson",), ("dose", "clinic")
    )


PLANTS: Mapping[str, Callable[[np.random.Generator, dict[str, Any], int, str], Made]] = {
    "level or range": _level,
    "trend": _trend,
    "change point": _change_point,
    "interaction": _interaction,
    "missingness": _missingness,
    "correlated pair": _correlation,
    "concentration": _concentration,
    "outlier group": _outlier_group,
    "seasonality": _seasonality,
    "reversal": _simpson,
}


def look(made: Made, seed: int) -> dict[str, Any]:
    """Explore a table: what was told, whether the plant was, and what was told of columns that say nothing."""
    found = explore(pl.DataFrame(made.columns), made.target, seed=seed)
    planted = {*made.about, TARGET}
    return {
        "rows": len(next(iter(made.columns.values()))),
        "columns": len(made.columns),
        "looked_at": found.looked_at,
        "stood_out": found.found,
        "confirmed": found.confirmed,
        "told": [[one.kind, *one.columns] for one in found.insights],
        "found": any(one.kind in made.kinds and set(made.about) <= set(one.columns) for one in found.insights),
        "false": sum(not set(one.columns) - {TARGET} <= planted for one in found.insights),
        "seconds": round(found.seconds, 2),
    }


def main() -> None:
    """Explore what has no row yet, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--noise", type=int, default=200)
    parser.add_argument("--planted", type=int, default=20)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "insights.jsonl")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(table(rows_of(given.out)))
        return
    done = {(row["case"], row["seed"]) for row in rows_of(given.out)}
    wanted = [("noise", seed) for seed in range(given.noise)]
    wanted += [(kind, seed) for seed in range(given.planted) for kind in PLANTS]
    for case, seed in wanted:
        if (case, seed) not in done:
            made = pure(seed) if case == "noise" else planted(case, seed)
            row = {"case": case, "seed": seed, **look(made, seed)}
            append(given.out, {**row, **machine()})


def table(rows: list[dict[str, Any]]) -> str:
    """How many tables of noise gave anything, with the upper bound of the share; how many of each plant were found."""
    from scipy.stats import beta

    pure_rows = [row for row in rows if row["case"] == "noise"]
    wrong = sum(bool(row["confirmed"]) for row in pure_rows)
    bound = float(beta.ppf(0.95, wrong + 1, len(pure_rows) - wrong)) if len(pure_rows) > wrong else math.nan
    looked, stood = (sum(row[key] for row in pure_rows) for key in ("looked_at", "stood_out"))
    lines = [
        "| tables of pure noise | things looked at | stood out on the first half | tables that told any | at most |",
        "|--:|--:|--:|--:|--:|",
        f"| {len(pure_rows)} | {looked:,} | {stood:,} | {wrong} | {bound:.3f} |",
        "",
        "| planted | tables | found | insights told | of them about columns that say nothing |",
        "|---|--:|--:|--:|--:|",
    ]
    for case in [*PLANTS, "all"]:
        of_case = [row for row in rows if row["case"] != "noise" and case in (row["case"], "all")]
        if of_case:
            found, told = sum(row["found"] for row in of_case), sum(len(row["told"]) for row in of_case)
            false = sum(row["false"] for row in of_case)
            lines.append(f"| {case} | {len(of_case)} | {found} | {told} | {false} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
