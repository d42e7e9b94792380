"""Numbers of one column in two units: grams among kilograms, cents among euros."""

from __future__ import annotations

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.check import looked_at, row_numbers, sample, some
from journeyman.table.columns import Numbers
from journeyman.table.finding import Finding, Remedy
from journeyman.table.said import number, share
from journeyman.table.table import Table

#: What one unit is in the other; the medians' ratio may be off by so much.
FACTORS, OFF = (1_000_000.0, 1000.0, 100.0, 60.0), 0.35
#: Fewer cells, or a smaller share of them, are outliers; more than half are the rule.
FEWEST, LEAST_SHARE, MOST_SHARE = 8, 0.004, 0.5
#: Between the two units lies a gap: so much of the factor's width (in logarithms), and so empty.
GAP_OF_FACTOR = 0.3
#: The two parts are as wide as each other: their interquartile widths, in logarithms, at most so many times apart.
AS_WIDE = 2.5
MOST_ROWS, FEWEST_VALUES = 20_000, 20


def look(table: Table, brief: Brief) -> tuple[Finding, ...]:
    """A finding for each column whose positive numbers fall into two parts of one shape, a factor of units apart.

    Both parts must have many different values, an empty gap between them, and the same width in logarithms: zeros and
    ones beside amounts, or small and large customers, do not look so.
    """
    rows = sample(table.rows, MOST_ROWS)
    names = [column.name for column in looked_at(table, brief) if column.kind == "number"]
    found = []
    for name in names + ([brief.predict] if brief.predict in table.schema else []):
        value = table.values[name]
        if isinstance(value, np.ndarray) and (parted := _parted(value[rows])) is not None:
            found.append(_finding(table, name, value, *parted))
    return tuple(found)


def _parted(cells: Numbers) -> tuple[float, float] | None:
    """The bound between two parts and the factor between them, or None."""
    there = np.sort(cells[cells > 0])
    if len(there) < 2 * FEWEST or len(there) < 0.9 * int((~np.isnan(cells)).sum()):
        return None
    logs = np.log10(there)
    if logs[-1] - logs[0] < GAP_OF_FACTOR * np.log10(FACTORS[-1]):
        return None
    fewest = max(FEWEST, int(LEAST_SHARE * len(there)))
    steps = np.diff(logs)
    steps[: fewest - 1] = 0.0
    steps[len(steps) - fewest + 1 :] = 0.0
    place = int(np.argmax(steps)) + 1
    low, high = logs[:place], logs[place:]
    for part in (low, high):
        if len(part) < fewest or len(np.unique(part)) < min(FEWEST_VALUES, fewest):
            return None
    apart = float(np.median(high) - np.median(low))
    width = [float(np.subtract(*np.quantile(part, [0.75, 0.25]))) for part in (low, high)]
    if min(width) <= 0 or max(width) / min(width) > AS_WIDE:
        return None
    for factor in FACTORS:
        is_near = abs(apart - np.log10(factor)) <= np.log10(1 + OFF) and steps[place - 1] >= GAP_OF_FACTOR * np.log10(
            factor
        )
        if is_near and max(width) < 0.5 * np.log10(factor):
            return float(10 ** ((low[-1] + high[0]) / 2)), factor
    return None


def _finding(table: Table, name: str, value: Numbers, bound: float, factor: float) -> Finding:
    high = value > bound
    low = (value > 0) & ~high
    is_high_rare = high.sum() <= low.sum()
    rare = np.flatnonzero(high if is_high_rare else low)
    middles = [float(np.median(value[one])) for one in (low, high)]
    usual, odd = middles if is_high_rare else middles[::-1]
    return Finding(
        code="units_mixed",
        severity="warning",
        message=f"{name!r} holds {some(len(rare), 'cell')} ({share(len(rare) / len(value))}) about "
        f"{number(factor)} times as {'large' if is_high_rare else 'small'} as the others "
        f"(middle {number(odd)} for {number(usual)}), with nothing between: they may be in another unit",
        columns=(name,),
        rows=row_numbers(table, rare),
        numbers={"count": len(rare), "factor": factor, "bound": bound},
        remedy=Remedy(
            action="review", words=f"if so, {'divide' if is_high_rare else 'multiply'} them by {number(factor)}"
        ),
    )
