"""Which chart fits, and its facts: a line for what goes along time or a number, a cloud for two numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from journeyman.insights.claim import Claim
from journeyman.insights.condition import Condition, bare, holds, named
from journeyman.insights.inside import what
from journeyman.insights.insight import Figure
from journeyman.insights.material import Outcome
from journeyman.statistics.contrast import wilson
from journeyman.table.columns import Numbers, Strings
from journeyman.table.schema import Column
from journeyman.table.table import Table

#: Points of a line; fewer than this many rows are shown one by one; fields across and down of those that are not.
POINTS_OF_LINE, SINGLE_ROWS, ACROSS, DOWN = 20, 2000, 32, 20
#: Above this skewness an axis is logarithmic, where all values allow it.
SKEWED = 3.0
#: The share of rows on each side that a cloud leaves outside, so that one odd value does not flatten it.
TAIL = 0.005


def cells_of(table: Table, outcome: Outcome) -> Numbers:
    """An outcome over the whole table, (rows,): NaN where missing; 0 and 1 for a rate."""
    cells = table.values[outcome.column]
    if isinstance(cells, Strings):
        hits = np.array([float(level == outcome.level) for level in cells.levels] or [0.0])[cells.codes]
        return np.where(table.missing(outcome.column), np.nan, hits)
    numbers = bare(cells)
    return np.where(np.isnan(numbers), np.nan, numbers == outcome.level) if outcome.is_rate else numbers


def curve(table: Table, outcome: Outcome, column: Column, mark: float | None = None) -> Figure:
    """The facts of a line: the outcome's mean, with its interval, in stretches of a number or of time."""
    along, values = bare(table.values[column.name]), cells_of(table, outcome)
    known = ~np.isnan(along) & ~np.isnan(values)
    along, values = along[known], values[known]
    points = []
    for low, high in stretches(along, POINTS_OF_LINE):
        rows = (along >= low) & (along <= high)
        count = int(rows.sum())
        mean = float(values[rows].mean())
        half = 1.96 * float(values[rows].std()) / count**0.5
        bounds = wilson(mean, count, 1.96) if outcome.is_rate else (mean - half, mean + half)
        at = float(np.median(along[rows]))
        points.append({"at": at, "value": mean, "low": bounds[0], "high": bounds[1], "rows": count})
    return Figure(
        "binned_line",
        {
            "title": f"{what(outcome)} along {named(column.name)}",
            "of": what(outcome),
            "along": column.name,
            "is_rate": outcome.is_rate,
            "is_date": column.kind == "date",
            "is_log": is_skewed(along) and column.kind != "date",
            "points": points,
            "mark": mark,
            "overall": float(values.mean()) if len(values) else None,
        },
    )


def stretches(values: Numbers, most: int) -> list[tuple[float, float]]:
    """Stretches of about equal numbers of rows, (lowest, highest) of each; equal values stay together."""
    distinct = np.unique(values)
    if len(distinct) <= most:
        return [(float(one), float(one)) for one in distinct]
    edges = np.unique(np.quantile(values, np.linspace(0, 1, most + 1), method="lower"))
    found = []
    for place, edge in enumerate(edges[:-1]):
        inside = values[(values >= edge) & ((values < edges[place + 1]) | (place == len(edges) - 2))]
        found.append((float(inside.min()), float(inside.max())))
    return found


def cloud(table: Table, first: str, second: str) -> Figure:
    """The facts of two numbers against each other: points where rows are few, fields where many; with a smoother."""
    across, down = bare(table.values[first]), bare(table.values[second])
    known = ~np.isnan(across) & ~np.isnan(down)
    across, down = across[known], down[known]
    logs = is_skewed(across), is_skewed(down)
    smooth = []
    for low, high in stretches(across, 12):
        rows = (across >= low) & (across <= high)
        smooth.append([float(np.median(across[rows])), float(np.median(down[rows]))])
    data: dict[str, Any] = {
        "title": f"{named(second)} against {named(first)}",
        "across": first,
        "down": second,
        "across_is_log": logs[0],
        "down_is_log": logs[1],
        "smooth": smooth,
        "rows": len(across),
    }
    if len(across) < SINGLE_ROWS:
        return Figure("cloud", {**data, "points": np.column_stack([across, down]).tolist()})
    x, y = (np.log10(one) if is_log else one for one, is_log in zip((across, down), logs, strict=True))
    bounds = [tuple(np.quantile(one, [TAIL, 1 - TAIL]).tolist()) for one in (x, y)]
    bounds = [(low, high) if high > low else (low - 0.5, low + 0.5) for low, high in bounds]
    counts, _, _ = np.histogram2d(x, y, bins=(ACROSS, DOWN), range=bounds)
    fields = [[int(i), int(j), int(counts[i, j])] for i, j in np.argwhere(counts > 0).tolist()]
    return Figure("cloud", {**data, "fields": fields, "bounds": bounds, "size": [ACROSS, DOWN]})


def is_skewed(values: Numbers) -> bool:
    """Whether an axis should be logarithmic: far out to one side, and all above 0."""
    if len(values) < 10 or not values.min() > 0:
        return False
    spread = float(values.std())
    return spread > 0 and float((((values - values.mean()) / spread) ** 3).mean()) > SKEWED


def crossed(
    title: str, outcome: Outcome, lines: list[tuple[str, list[tuple[str, Claim]]]], mark: tuple[int, int]
) -> Figure:
    """The facts of an outcome by two columns: a line for each group of the one, a point for each of the other."""
    shown = []
    for place, (name, points) in enumerate(lines):
        parts = []
        for at, (label, claim) in enumerate(points):
            low, high = claim.bounds or (None, None)
            parts.append(
                {
                    "label": label,
                    "value": claim.value if claim.rows else None,
                    "low": low,
                    "high": high,
                    "rows": claim.rows,
                    "marked": (place, at) == mark,
                }
            )
        shown.append({"name": name, "points": parts})
    return Figure("crossed", {"title": title, "of": what(outcome), "is_rate": outcome.is_rate, "lines": shown})


def in_groups(
    table: Table, outcome: Outcome, column: Column, groups: tuple[tuple[Condition, ...], ...], most: int = 6
) -> Figure:
    """The facts of a line for each group of rows, and one over all: the outcome's mean in fifths of a number."""
    along, values = bare(table.values[column.name]), cells_of(table, outcome)
    known = ~np.isnan(along) & ~np.isnan(values)
    lines = []
    for name, where in [("all rows", ()), *((", ".join(one.label for one in group), group) for group in groups[:most])]:
        rows = known & holds(table, where)
        points = []
        for low, high in stretches(along[rows], 5) if rows.any() else []:
            inside = rows & (along >= low) & (along <= high)
            points.append([float(np.median(along[inside])), float(values[inside].mean()), int(inside.sum())])
        lines.append({"name": name, "points": points, "is_all": not where})
    return Figure(
        "group_lines",
        {
            "title": f"{what(outcome)} along {named(column.name)}, in all rows and in groups",
            "of": what(outcome),
            "along": column.name,
            "is_rate": outcome.is_rate,
            "lines": lines,
        },
    )
