"""How long an answer may take, how long it takes, and what keeping that cost, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeyman.evaluation.latency import in_time
from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import interval, metric

#: So many candidates that are too slow are named.
_NAMED = 6


def told_latency(summary: Mapping[str, Any]) -> tuple[str, ...]:
    """Sentences; none where nobody asked for a limit."""
    told = part(summary, "latency")
    if not told:
        return ()
    limit, takes = told["limit"], told["seconds"]
    is_counted = told.get("way") == "counted"
    how = (
        "counted from what the graph is made of, as under --trials no clock may decide"
        if is_counted
        else "half of the answers to single rows, in process, through the bundle, on the machine that built it"
    )
    kept = "within" if told["is_kept"] else "NOT within"
    found = [f"An answer takes {_time(takes)}, {kept} the {_time(limit)} that were asked for ({how})."]
    without, price = part(told, "without"), part(told, "price")
    if not price:
        return (*found, "The limit changed nothing: the same would have shipped without it.")
    found.append(
        f"Without the limit {without.get('name', '')} would have shipped, at about {_time(without.get('seconds'))}."
    )
    found.append(_paid(price, metric(told.get("metric", ""))))
    slow = [one for one in told.get("too_slow") or () if one != without.get("name")]
    if slow and told["is_kept"]:
        more = f", and {len(slow) - _NAMED} more" if len(slow) > _NAMED else ""
        found.append(f"Too slow as well: {', '.join(slow[:_NAMED])}{more}.")
    return tuple(found)


def _paid(price: Mapping[str, Any], measure: str) -> str:
    value, low = price.get("value"), price.get("low")
    gained = interval(price, with_sign=True)
    if is_number(value) and value <= 0:
        return f"In the folds, row by row, that was no better ({gained} of {measure}): nothing was paid."
    unsure = "" if is_number(low) and low > 0 else ", which may be chance"
    return (
        f"In the folds, row by row, that was better by {interval(price)} of {measure}{unsure}: the price of the limit."
    )


def _time(seconds: Any) -> str:
    return in_time(seconds) if is_number(seconds) else "an unknown time"
