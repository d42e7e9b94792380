"""Amounts in words: how far each may be wrong, and what those come to that are computed from the row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from journeyman.bundle.expression import Expression
from journeyman.errors import InputError
from journeyman.report.charts.numbers import is_number, part
from journeyman.report.words import cell, number, worth

#: Places of a column at which an amount is told, as the profile names them.
_PLACES = ("low", "median", "high")


def ranges(summary: Mapping[str, Any]) -> list[str]:
    """For each amount that is a number the range in which the model wins; those of least room first."""
    found = []
    for one in part(summary, "choice").get("cost_ranges") or ():
        amount, low, high = one.get("amount"), one.get("low"), one.get("high")
        if not is_number(amount):
            continue
        what = _what(one.get("action"), one.get("outcome"))
        if amount < 0:
            # A cost is told without its sign, so that its ends change places.
            low, high = (-end if is_number(end) else None for end in (high, low))
        verb = "costs" if amount < 0 else "is worth"
        found.append(f"The model wins {_within(f'{what} {verb}', low, high)} (said: {number(abs(amount))}).")
    return found


def computed(summary: Mapping[str, Any]) -> list[str]:
    """For each amount that is computed from the row what it comes to for small, middling and large cells."""
    profiles = {str(one.get("name")): one for one in summary.get("profile") or ()}
    found = []
    for action, outcome, text in _texts(summary):
        try:
            read = Expression.parse(text)
        except InputError:
            continue
        known = [profiles.get(name, {}) for name in read.names]
        if read.answers or not known or not all(is_number(one.get(name)) for one in known for name in _PLACES):
            continue
        what = _what(action, outcome)
        if len(known) == 1:
            name, one = read.names[0], known[0]
            low, middle, high = (f"{worth(_at(read, known, place))} at" for place in _PLACES)
            told = (
                f"{low} the smallest “{name}” ({cell(one['low'], one)}),"
                f" {middle} the middle one ({cell(one['median'], one)}), {high} the largest ({cell(one['high'], one)})"
            )
        else:
            cells = [f"“{name}” ({cell(one['median'], one)})" for name, one in zip(read.names, known, strict=True)]
            told = f"{worth(_at(read, known, 'median'))} in a row with the middle {' and '.join(cells)}"
        found.append(f"What {what} is worth is computed for each row: {told}.")
    return found


def _within(what: str, low: object, high: object) -> str:
    if is_number(low) and is_number(high):
        return f"as long as {what} more than {number(low)} and less than {number(high)}"
    if is_number(high):
        return f"as long as {what} less than {number(high)}"
    if is_number(low):
        return f"as long as {what} more than {number(low)}"
    return f"whatever {what}, from a thirtieth to thirty times as much"


def _texts(summary: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for action, amounts in part(summary, "payoff_rule").get("actions") or ():
        for outcome, amount in amounts.items():
            if isinstance(amount, str):
                yield str(action), str(outcome), amount


def _what(action: object, outcome: object) -> str:
    return f"“{action}”" if outcome == "any" else f"“{action}” for “{outcome}”"


def _at(read: Expression, columns: list[Mapping[str, Any]], place: str) -> float:
    return read.evaluate_one({name: float(one[place]) for name, one in zip(read.names, columns, strict=True)})
