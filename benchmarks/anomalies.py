"""Are rows and stretches that do not fit ranked first, and is nothing told where nothing was planted?

    python benchmarks/anomalies.py --tasks DIR --series DIR [--tuned] [--out FILE]
    python benchmarks/anomalies.py --table [--out FILE]

Tables: ten mixtures of correlated groups, and the features of ten shared tasks, 1,500 rows each; in each, 2 % of the
rows are replaced by anomalies of one of four kinds: local (moved by a few spreads of their neighbourhood), global
(anywhere in the range), cluster (together, away from the others) and dependency (every cell a good one, from different
rows). Each detector's area under the curve stands beside that of all together. Mixtures are looked at without a plant,
too: what is told there is a false alarm. ``--tuned`` runs the ten tables on which detectors and their combination were
chosen.

Series: labelled ones (``index.json`` names their windows), and made ones, 3,000 values each, with one plant: a spike, a
new level, more noise, a lost season, a flat line. The score is the area under the curve of values inside windows, and
how many of as many alarms as there are windows, kept a twentieth of the series apart, fall into one. The way in which
the detectors are put together was chosen on the labelled series; the made ones had no part in it.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from machine import machine
from rows import append, rows_of
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.neighbors import NearestNeighbors

from journeyman.anomalies.cells import cells_of
from journeyman.anomalies.find import anomalies_in, detectors
from journeyman.anomalies.find_series import strange_places
from journeyman.sources.read import read

TUNED = ("abalone", "cell_segmentation", "german_credit", "medicare_drg", "hr_attrition",
         *(f"mixture {seed}" for seed in range(101, 106)))  # fmt: skip
TABLES = ("california_housing", "wine_quality", "adult_income", "telco_churn", "diamonds", "life_expectancy",
          "concrete_strength", "email_spam", "hpc_jobs", "credit_approval",
          *(f"mixture {seed}" for seed in range(1, 11)))  # fmt: skip
KINDS = ("local", "global", "cluster", "dependency")
PLANTS = ("spike", "level", "noise", "lost season", "flat")
ROWS, SHARE, MOST_COLUMNS, VALUES, MADE, CLEAN = 1500, 0.02, 25, 3000, 4, 30
TOGETHER = "together"


def table_of(name: str, tasks: Path, random: np.random.Generator) -> pl.DataFrame:
    """A table without plants: a mixture, or the columns of a shared task but its ids, texts and dates."""
    if name.startswith("mixture "):
        return mixture(random)
    card = json.loads((tasks / name / "card.json").read_text())
    unwanted = {name for field in ("ids", "text", "dates") for name in card.get(field, [])}
    table = pl.read_parquet(tasks / name / "table.parquet").drop(list(unwanted), strict=False)
    if table.height > ROWS:
        table = table[np.sort(random.choice(table.height, ROWS, replace=False)).tolist()]
    return table.select(table.columns[:MOST_COLUMNS])


def mixture(random: np.random.Generator) -> pl.DataFrame:
    """Two to four groups of correlated numbers, some of them skewed, and words that go with the groups."""
    wide, groups = int(random.integers(4, 13)), int(random.integers(2, 5))
    group = random.integers(0, groups, ROWS)
    numbers = np.empty((ROWS, wide))
    for one in range(groups):
        bend = random.normal(size=(wide, wide)) * np.exp(0.5 * random.normal(size=wide))[:, None]
        mine = group == one
        numbers[mine] = 3 * random.normal(size=wide) + random.normal(size=(mine.sum(), wide)) @ bend.T / np.sqrt(wide)
    skewed = random.uniform(size=wide) < 0.3
    numbers[:, skewed] = np.exp(np.clip(numbers[:, skewed] / numbers[:, skewed].std(axis=0), -3, 3))
    columns: dict[str, Any] = {f"number_{place}": values for place, values in enumerate(numbers.T)}
    for place in range(int(random.integers(0, 4))):
        levels = int(random.integers(3, 9))
        usual = random.uniform(size=ROWS) < 0.7
        codes = np.where(usual, (3 * group + place) % levels, random.integers(0, levels, ROWS))
        columns[f"word_{place}"] = np.array(list("abcdefghi"))[codes]
    return pl.DataFrame(columns)


def planted(table: pl.DataFrame, kind: str, random: np.random.Generator) -> tuple[pl.DataFrame, np.ndarray]:
    """The table with anomalies of a kind, and which rows they are."""
    rows, count = table.height, max(5, int(SHARE * table.height))
    chosen = np.sort(random.choice(rows, count, replace=False))
    cells = {name: table[name].to_list() for name in table.columns}
    if kind == "dependency":
        for name in table.columns:
            for row, other in zip(chosen, random.choice(rows, count, replace=False), strict=True):
                cells[name][row] = table[name][int(other)]
    else:
        names = [name for name in table.columns if table[name].dtype.is_numeric()]
        numbers = np.column_stack([table[name].cast(pl.Float64).to_numpy() for name in names])
        for place, name in enumerate(names):
            is_whole = all(float(cell).is_integer() for cell in table[name].drop_nulls())
            moved = _moved(numbers, chosen, kind, np.random.default_rng([7, count, rows]))[:, place]
            for row, value in zip(chosen, moved, strict=True):
                if cells[name][row] is not None and np.isfinite(value):
                    cells[name][row] = float(round(value)) if is_whole else float(value)
        for name in set(table.columns) - set(names) if kind == "global" else ():
            levels = table[name].drop_nulls().unique(maintain_order=True).to_list()
            for row in chosen:
                cells[name][row] = levels[int(random.integers(len(levels)))]
    schema = {name: pl.Float64 if kind_.is_numeric() else kind_ for name, kind_ in table.schema.items()}
    is_strange = np.zeros(rows, np.bool_)
    is_strange[chosen] = True
    return pl.DataFrame(cells, schema=schema, strict=False), is_strange


def _moved(numbers: np.ndarray, chosen: np.ndarray, kind: str, random: np.random.Generator) -> np.ndarray:
    """The numbers of the planted rows, (rows planted, columns)."""
    shape, spread = (len(chosen), numbers.shape[1]), np.nanstd(numbers, axis=0)
    if kind == "global":
        low, high = np.nanmin(numbers, axis=0), np.nanmax(numbers, axis=0)
        return (low + high) / 2 + 1.1 * (high - low) / 2 * random.uniform(-1, 1, size=shape)
    if kind == "cluster":
        signs = random.choice([-1, 1], shape[1]) * (random.uniform(size=shape[1]) < 0.6)
        start = np.nan_to_num(numbers[random.integers(len(numbers))])
        return start + 2.5 * spread * signs + 0.1 * spread * random.normal(size=shape)
    scaled = np.nan_to_num((numbers - np.nanmean(numbers, axis=0)) / np.where(spread > 0, spread, 1))
    near = NearestNeighbors(n_neighbors=min(50, len(numbers) - 1)).fit(scaled).kneighbors(scaled[chosen])[1]
    around = np.stack([np.nanstd(numbers[places], axis=0) for places in near])
    return numbers[chosen] + 2.5 * around * random.normal(size=shape)


def look_at_tables(names: tuple[str, ...], tasks: Path) -> Iterator[dict[str, Any]]:
    """Each table with each kind of plant."""
    for name in names:
        for place, kind in enumerate(KINDS):
            random = np.random.default_rng([sum(map(ord, name)), place])
            frame, is_strange = planted(table_of(name, tasks, random), kind, random)
            table = read(frame)
            seen = anomalies_in(table)
            cells = cells_of(table)
            scores = {one.__name__.rpartition(".")[2]: one.strangeness(cells).rows for one in detectors()}
            scores[TOGETHER] = seen.scores
            told = {one.row for one in seen.strange}
            yield {
                "study": "table",
                "name": name,
                "kind": kind,
                "area": {key: float(roc_auc_score(is_strange, one)) for key, one in scores.items()},
                "precision": {key: float(average_precision_score(is_strange, one)) for key, one in scores.items()},
                "planted": int(is_strange.sum()),
                "told": len(told),
                "told_planted": int(is_strange[sorted(told)].sum()),
            }


def look_at_clean() -> Iterator[dict[str, Any]]:
    """Mixtures without plants."""
    for seed in range(1000, 1000 + CLEAN):
        seen = anomalies_in(read(mixture(np.random.default_rng(seed))))
        yield {"study": "clean", "name": f"mixture {seed}", "kind": "none", "told": seen.beyond}


def labelled(folder: Path) -> Iterator[tuple[str, str, np.ndarray, np.ndarray, list[tuple[float, float]]]]:
    """Name, kind, seconds, values and windows of each labelled series."""
    for one in json.loads((folder / "index.json").read_text())["files"]:
        table = pl.read_csv(folder / one["file"], try_parse_dates=True)
        at = table["timestamp"].cast(pl.Datetime("us")).cast(pl.Int64).to_numpy() / 1e6
        windows = [tuple(_seconds(end) for end in pair) for pair in one["windows"]]
        yield one["file"], "labelled", at, table["value"].cast(pl.Float64).to_numpy(), windows  # type: ignore[misc]


def _seconds(text: str) -> float:
    return float(np.datetime64(text.replace(" ", "T"), "us").astype(np.int64)) / 1e6


def made() -> Iterator[tuple[str, str, np.ndarray, np.ndarray, list[tuple[float, float]]]]:
    """The same of made series: a daily season, a slow walk and noise, and one stretch that does not fit."""
    for place, plant in enumerate(PLANTS):
        for seed in range(MADE):
            random = np.random.default_rng([place, seed])
            at = 1.7e9 + 900.0 * np.arange(VALUES)
            season = 2 * np.sin(2 * np.pi * at / 86_400) * random.uniform(0.5, 1.5)
            walk, noise = 0.02 * np.cumsum(random.normal(size=VALUES)), random.normal(scale=0.4, size=VALUES)
            start = int(random.integers(500, VALUES - 500))
            stretch = slice(start, start + (3 if plant == "spike" else 150))
            if plant == "noise":
                noise[stretch] *= 4
            if plant == "lost season":
                season[stretch] = 0
            values = season + walk + noise
            if plant in ("spike", "level"):
                values[stretch] += 5 if plant == "spike" else 3
            if plant == "flat":
                values[stretch] = values[start]
            around = (at[max(start - 75, 0)], at[min(stretch.stop + 75, VALUES - 1)])
            yield f"{plant} {seed}", plant, at, values, [around]


def look_at_series(folder: Path) -> Iterator[dict[str, Any]]:
    """Every series: each detector alone, and all together."""
    for name, kind, at, values, windows in (*labelled(folder), *made()):
        seen = strange_places(at, values)
        inside = np.any([(at >= low) & (at <= high) for low, high in windows] or [np.zeros(len(at), bool)], axis=0)
        row = {"study": "series", "name": name, "kind": kind, "windows": len(windows), "told": len(seen.places)}
        row["told_inside"] = sum(bool(inside[one.place]) for one in seen.places)
        if windows:
            scores = {**seen.members, TOGETHER: seen.scores}
            row["area"] = {key: float(roc_auc_score(inside, one)) for key, one in scores.items()}
            row["hits"] = {key: _hits(one, inside, len(windows)) for key, one in scores.items()}
            row["share"] = float(inside.mean())
        yield row


def _hits(scores: np.ndarray, inside: np.ndarray, alarms: int) -> int:
    """Of so many alarms at the highest scores, kept apart, how many are inside a window."""
    left, apart, hits = scores.copy(), max(1, len(scores) // 20), 0
    for _ in range(alarms):
        peak = int(left.argmax())
        hits += bool(inside[peak])
        left[max(0, peak - apart) : peak + apart + 1] = -np.inf
    return hits


def as_text(rows: list[dict[str, Any]]) -> str:
    """The results as tables."""
    text = []
    for title, names in (("Tables kept for the figures", TABLES), ("Tables that choices were made on", TUNED)):
        found = [row for row in rows if row["study"] == "table" and row["name"] in names]
        if found:
            text += [f"### {title}", "", *_areas(found, KINDS), ""]
    clean = [row["told"] for row in rows if row["study"] == "clean"]
    if clean:
        told = sum(one > 0 for one in clean)
        text += [f"Without a plant: {sum(clean)} rows told in {told} of {len(clean)} mixtures of {ROWS} rows.", ""]
    series = [row for row in rows if row["study"] == "series"]
    if series:
        text += ["### Series", "", *_series(series), ""]
    return "\n".join(text) + "\n"


def _areas(rows: list[dict[str, Any]], kinds: tuple[str, ...]) -> list[str]:
    lines = [f"| detector | {' | '.join(kinds)} | mean area | mean precision |", "|---|" + "--:|" * (len(kinds) + 2)]
    for key in rows[0]["area"]:
        means = [np.mean([row["area"][key] for row in rows if row["kind"] == kind]) for kind in kinds]
        means += [np.mean([row[field][key] for row in rows]) for field in ("area", "precision")]
        lines.append(f"| {key} | {' | '.join(f'{one:.3f}' for one in means)} |")
    told, planted_, hits = (sum(row[name] for row in rows) for name in ("told", "planted", "told_planted"))
    return [*lines, "", f"Told as beyond chance: {told} rows, {hits} of them planted, of {planted_} planted."]


def _series(rows: list[dict[str, Any]]) -> list[str]:
    lines = []
    for title, found in (
        ("labelled", [row for row in rows if row["kind"] == "labelled"]),
        ("made", [row for row in rows if row["kind"] != "labelled"]),
    ):
        scored = [row for row in found if row["windows"]]
        lines += [f"| {title} | mean area | alarms inside a window |", "|---|--:|--:|"]
        windows = sum(row["windows"] for row in scored)
        for key in scored[0]["area"]:
            there = [row for row in scored if key in row["area"]]
            of = sum(row["windows"] for row in there)
            hits = sum(row["hits"][key] for row in there)
            lines.append(f"| {key} | {np.mean([row['area'][key] for row in there]):.3f} | {hits} of {of} |")
        chance = sum(row["windows"] * row["share"] for row in scored)
        told, inside = sum(row["told"] for row in found), sum(row["told_inside"] for row in found)
        lines += [f"| by chance | 0.500 | {chance:.0f} of {windows} |", ""]
        lines += [f"Places told in {len(found)} series: {told}, {inside} of them inside a window.", ""]
    return lines


def main() -> None:
    """Look anew, or show what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=Path)
    parser.add_argument("--series", type=Path)
    parser.add_argument("--tuned", action="store_true")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "anomalies.jsonl")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        sys.stdout.write(as_text(rows_of(given.out)))
        return
    warnings.simplefilter("ignore")
    studies = [look_at_tables(TUNED if given.tuned else TABLES, given.tasks)]
    if not given.tuned:
        studies += [look_at_clean(), look_at_series(given.series)]
    for study in studies:
        for row in study:
            append(given.out, {**row, **machine()})


if __name__ == "__main__":
    main()
