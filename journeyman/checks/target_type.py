"""Whether the target is what it looks like: ordered classes, numbers hidden in words, classes coded as numbers."""

from __future__ import annotations

import re

import numpy as np

from journeyman.brief.aim import labelled
from journeyman.brief.brief import Brief
from journeyman.table import said
from journeyman.table.columns import Numbers
from journeyman.table.finding import Finding, Remedy, Skip
from journeyman.table.table import Dates, Table

#: Whole numbers with at most so many values could be meant as classes.
FEW = 30
_NUMBER = re.compile(r"[<>≤≥~]?\s*[-+]?\d[\d.,' ]*\s*[%€$£+]?")
#: Scales in words; a target of which all classes stand in one of them has an order.
_SCALES = tuple(
    frozenset(scale.split(", "))
    for scale in (
        "none, very low, lowest, low, medium, moderate, average, mid, middle, high, higher, highest, very high",
        "xxs, xs, s, m, l, xl, xxl, xxxl",
        "tiny, small, medium, large, huge",
        "worst, terrible, very bad, bad, poor, fair, ok, average, good, very good, great, excellent, premium, ideal",
        "never, rarely, seldom, sometimes, often, usually, always",
        "strongly disagree, disagree, neutral, agree, strongly agree",
        "first, second, third, fourth, fifth",
    )
)


def look(table: Table, brief: Brief) -> Finding | Skip | None:
    """What to know about the target's type: nothing, a note on its order, or that it cannot be predicted."""
    if brief.predict not in table.schema:
        return Skip("no target is named")
    name = brief.predict
    value = table.values[name]
    if isinstance(value, Dates):
        words = "name another column, or predict a number made of it, as the days until then"
        return _finding(name, "error", f"the target {name!r} is a date, which cannot be predicted", "stop", words)
    cells, labels = labelled(table, name)
    if len(labels) < 3:
        return None
    if isinstance(value, np.ndarray):
        return _numbers(name, value, labels, brief)
    as_number = np.array([_NUMBER.fullmatch(label) is not None for label in labels])
    share = float(as_number[cells[cells >= 0]].mean())
    if share >= 0.8 and len(labels) > 10:
        odd = [label for label, is_number in zip(labels, as_number, strict=True) if not is_number]
        also = f"; {odd[0]!r} is not" if odd else ""
        words = "if it is a number, clean those cells or say --column NAME:kind=number"
        looks = f"{said.share(share)} of it look like numbers{also}"
        message = f"the target {name!r} is read as {len(labels)} classes, but {looks}"
        return _finding(name, "warning", message, "review", words, classes=len(labels))
    folded = {label.casefold().strip() for label in labels}
    if as_number.all() or any(folded <= scale for scale in _SCALES):
        shown = ", ".join(labels[:6])
        message = f"the classes of {name!r} ({shown}) look ordered; they are predicted as classes without an order"
        return _finding(name, "info", message, "review", "put numbers in their place to keep the order")
    return None


def _numbers(name: str, value: Numbers, labels: tuple[str, ...], brief: Brief) -> Finding | None:
    known = value[~np.isnan(value)]
    if len(labels) > FEW or not bool(np.all(np.floor(known) == known)) or brief.task == "regression":
        return None
    what = f"{len(labels)} different whole numbers, {labels[0]} to {labels[-1]}"
    if brief.task is not None:
        message = f"the target {name!r} holds {what}; as classes their order is lost"
        return _finding(name, "info", message, "review", "say --task regression to keep the order")
    message = f"the target {name!r} holds {what}; it is predicted as a number, because numbers have an order"
    return _finding(name, "info", message, "none", "if the numbers are only names of classes, say --task multiclass")


def _finding(name: str, severity: str, message: str, action: str, words: str, **numbers: int) -> Finding:
    return Finding(
        code="target_type",
        severity=severity,  # type: ignore[arg-type]  # literals, above
        message=message,
        columns=(name,),
        numbers=numbers,
        remedy=Remedy(action=action, words=words),  # type: ignore[arg-type]  # literals, above
    )
