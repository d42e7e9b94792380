"""What kinds share that set the rows inside a group against all others: quick looks, measures, sentences, bars."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from journeyman.insights.claim import Claim, average
from journeyman.insights.condition import LONGEST, Condition, named, words
from journeyman.insights.insight import Figure
from journeyman.insights.kind import Measured, Said
from journeyman.insights.material import FEWEST_ROWS, Outcome
from journeyman.statistics.contrast import contrast
from journeyman.table.columns import Flags, Integers, Numbers
from journeyman.table.said import number, signed
from journeyman.table.table import Table

#: Both sides of a comparison have at least so many rows, in each half.
FEWEST_INSIDE = FEWEST_ROWS // 2
POINTS = "points"
#: Bars of a picture.
MOST_BARS = 12


class Tally(NamedTuple):
    """Rows, sum and sum of squares of an outcome in each group, (groups,) each; and in all rows."""

    rows: Numbers
    sums: Numbers
    squares: Numbers
    all_rows: int
    all_sum: float
    all_squares: float


def tally(outcome: Outcome, codes: Integers, groups: int) -> Tally:
    """Count an outcome in groups; rows of the code −1 count only among all."""
    kept = outcome.known & (codes >= 0)
    inside, values = codes[kept], outcome.values[kept]
    every = outcome.values[outcome.known]
    return Tally(
        np.bincount(inside, minlength=groups).astype(np.float64),
        np.bincount(inside, values, groups).astype(np.float64),
        np.bincount(inside, values * values, groups).astype(np.float64),
        len(every),
        float(every.sum()),
        float(np.square(every).sum()),
    )


def differences(found: Tally) -> Iterator[tuple[int, float, float, float, float]]:
    """Each group against all other rows: its place, effect, error, size in standard deviations, quick p-value."""
    rows = found.all_rows
    spread = math.sqrt(max(found.all_squares / rows - (found.all_sum / rows) ** 2, 0.0)) if rows else 0.0
    if not spread > 0:
        return
    for place, (count, total) in enumerate(zip(found.rows.tolist(), found.sums.tolist(), strict=True)):
        if count < FEWEST_INSIDE or rows - count < FEWEST_INSIDE:
            continue
        size = (total / count - (found.all_sum - total) / (rows - count)) / spread
        effect = size * math.sqrt(count * (rows - count)) / rows
        yield place, effect, 1 / math.sqrt(rows), size, normal_tails(effect * math.sqrt(rows))


def normal_tails(statistic: float) -> float:
    """The two-sided p-value of a normal statistic.

    >>> round(normal_tails(1.96), 3)
    0.05
    """
    return math.erfc(abs(statistic) / math.sqrt(2))


def measured(
    outcome: Outcome, inside: Flags, units: Integers | None, among: Flags | None = None, inflation: float = 1.0
) -> Measured | None:
    """The rows inside against the others, measured; None where one side is too small, or nothing differs.

    Parameters
    ----------
    among : (rows,) the rows that are compared; None for all
    inflation : by how much time makes the variance larger than single rows would
    """
    kept = outcome.known if among is None else outcome.known & among
    within = inside[kept]
    count, rows = int(within.sum()), int(kept.sum())
    if count < FEWEST_INSIDE or rows - count < FEWEST_INSIDE or not outcome.spread > 0:
        return None
    ranks = outcome.ranks[kept] if among is None else None
    found = contrast(
        outcome.values[kept],
        within,
        is_rate=outcome.is_rate,
        units=None if units is None else units[kept],
        ranks=ranks,
    )
    if found is None or not found.error > 0:
        return None
    p_value, scale = found.p_value, math.sqrt(inflation)
    if inflation > 1:
        p_value = max(p_value, normal_tails(found.difference / (found.error * scale)))
    size = found.difference / outcome.spread
    part = count / rows

    def interval(confidence: float) -> tuple[float, float]:
        low, high = found.interval(confidence)
        middle = found.difference
        return middle - (middle - low) * scale, middle + (high - middle) * scale

    return Measured(
        found.difference,
        POINTS if outcome.is_rate else "",
        size * math.sqrt(part * (1 - part)),
        found.error * scale / outcome.spread * math.sqrt(part * (1 - part)),
        size,
        p_value,
        rows,
        interval,
    )


def percent(value: float) -> str:
    """A rate with one decimal.

    >>> percent(0.4271)
    '42.7 %'
    """
    return f"{100 * value:.1f} %"


def told(claim: Claim) -> str:
    """A claim's number as its sentence shows it."""
    return percent(claim.value) if claim.measure != "mean" else number(claim.value)


def amount(value: float, unit: str) -> str:
    """A difference in its unit.

    >>> amount(0.359, "points"), amount(-12.5, ""), amount(0.42, "correlation")
    ('+35.9 points', '−12.50', '0.42')
    """
    if unit == POINTS:
        return f"{100 * value:+.1f} points".replace("-", "−")
    if unit == "correlation":
        return f"{value:.2f}".replace("-", "−")
    return percent(value) if unit == "share" else signed(value)


def is_what(outcome: Outcome, claim: Claim, *, with_name: bool = True) -> str:
    """The outcome's mean or rate, as the beginning of a sentence that goes on with its rows."""
    name = named(outcome.column) if with_name else "it"
    if outcome.is_rate:
        return f"{name} is {outcome.said} in {told(claim)} of the {claim.rows:,} rows"
    return f"{name} is {told(claim)} on average in the {claim.rows:,} rows"


def said(table: Table, outcome: Outcome, where: Sequence[Condition]) -> Said | None:
    """A group against all other rows in a sentence; None where one side is empty."""
    inside, outside = average(table, outcome, where), average(table, outcome, (), tuple(where))
    if not inside.rows or not outside.rows:
        return None
    of = "of the other" if outcome.is_rate else "in the other"
    sentence = f"{is_what(outcome, inside)} where {words(where)}, against {told(outside)} {of} {outside.rows:,}."
    return Said(sentence, (inside, outside), inside.rows)


def bars(
    table: Table,
    outcome: Outcome,
    groups: Sequence[tuple[Condition, ...]],
    *,
    marked: Sequence[int] = (),
    is_sorted: bool,
    title: str,
    labels: Sequence[str] = (),
) -> Figure:
    """The facts of bars with intervals: the outcome in each group, and in all rows."""
    shown: list[dict[str, Any]] = []
    # Of many levels the most frequent, and always what is told; phases of a cycle are all shown.
    kept = set(range(len(groups) if labels else MOST_BARS - len(marked))) | set(marked)
    for place, group in enumerate(groups):
        if place not in kept:
            continue
        claim = average(table, outcome, group)
        if claim.bounds is None:
            continue
        low, high = claim.bounds
        label = labels[place] if labels else ", ".join(_plain(one) for one in group)
        shown.append(
            {
                "label": label,
                "value": claim.value,
                "low": low,
                "high": high,
                "rows": claim.rows,
                "marked": place in marked,
            }
        )
    if is_sorted:
        shown.sort(key=lambda one: -one["value"])
    whole = average(table, outcome)
    return Figure(
        "level_bars",
        {"title": title, "of": what(outcome), "is_rate": outcome.is_rate, "bars": shown, "overall": whole.value},
    )


def _plain(one: Condition) -> str:
    """A condition beside a bar: a level without its quotes."""
    if one.test == "is" and isinstance(one.value, str):
        return one.value if len(one.value) <= LONGEST else one.value[: LONGEST - 1] + "…"
    return one.label


def what(outcome: Outcome) -> str:
    """What an axis shows of an outcome."""
    return f"share of {outcome.said} in {named(outcome.column)}" if outcome.is_rate else f"mean of {outcome.column}"
