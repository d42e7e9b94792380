"""Comparisons, what is done with their truths, and one of two as they say."""

from __future__ import annotations

from collections.abc import Mapping

from journeyman.deployment.sql import numbers
from journeyman.deployment.sql.bounds import Bounds
from journeyman.deployment.sql.choices import where
from journeyman.deployment.sql.term import Book, Term
from journeyman.deployment.sql.wires import Operator


def _compare(name: str) -> Operator:
    return lambda call: call.each(lambda book, first, second: numbers.compare(book, name, first, second))


def _where(book: Book, condition: Term, yes: Term, no: Term) -> Term:
    """One of two; what a comparison says of a number that it passes on is known from then on."""
    found = where(book, condition, yes, no)
    if found.operator != "where" or found.choices or found.kind != "number":
        return found
    bounds = _known(condition, yes, no)
    if condition.operator == "is_missing" and condition.parts[0] is no and yes.is_constant and yes.data is not None:
        return book.make("filled", (no, yes), None, "number", found.bounds.there())
    return found if bounds is None else book.make("where", found.parts, bounds, "number", bounds)


def _known(condition: Term, yes: Term, no: Term) -> Bounds | None:
    """The bounds of a number that is held, or missing where it is too large."""
    if len(condition.parts) != 2:
        return None
    first, second = condition.parts
    is_fence = second.is_constant and no.is_constant and no.data is None
    if is_fence and condition.operator == "less" and first.operator == "size" and first.parts[0] is yes:
        most = second.bounds.size
        return Bounds(max(yes.bounds.low, -most), min(yes.bounds.high, most), True, yes.bounds.least)
    if first is no and second is yes and yes.is_constant and yes.data is not None:
        if condition.operator in ("greater", "greater_or_equal"):
            return no.bounds.within(no.bounds.low, max(yes.data, no.bounds.low))
        if condition.operator in ("less", "less_or_equal"):
            return no.bounds.within(min(yes.data, no.bounds.high), no.bounds.high)
    return None


SAYS: Mapping[str, Operator] = {
    "And": lambda call: call.each(numbers.both),
    "Equal": _compare("equal"),
    "Greater": _compare("greater"),
    "GreaterOrEqual": _compare("greater_or_equal"),
    "IsNaN": lambda call: call.each(numbers.is_missing),
    "Less": _compare("less"),
    "LessOrEqual": _compare("less_or_equal"),
    "Not": lambda call: call.each(numbers.opposite),
    "Or": lambda call: call.each(numbers.either),
    "Where": lambda call: call.each(_where),
}
