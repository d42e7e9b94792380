"""Arithmetic on whole numbers: dates, places in tables, counts. They stay far below what a database can hold."""

from __future__ import annotations

import math
from collections.abc import Callable

from journeyman.deployment.sql.bounds import Bounds
from journeyman.deployment.sql.choices import chosen, where
from journeyman.deployment.sql.term import Book, Term, Value, cannot_be_said

_MOST = 2.0**62
_CORNERS: dict[str, Callable[[float, float], float]] = {
    "whole_sum": lambda a, b: a + b,
    "whole_difference": lambda a, b: a - b,
    "whole_product": lambda a, b: a * b,
}
_EXACT: dict[str, Callable[[int, int], int]] = {
    "whole_sum": lambda a, b: a + b,
    "whole_difference": lambda a, b: a - b,
    "whole_product": lambda a, b: a * b,
    "whole_quotient": lambda a, b: a // b if a >= 0 else -(-a // b),
    "whole_rest": lambda a, b: a % b,
}


def calculate(book: Book, name: str, first: Term, second: Term) -> Term:
    """A sum, difference or product of whole numbers, by name.

    Raises
    ------
    InputError : it may be larger than whole numbers are
    """
    found = _now(book, name, first, second)
    if found is not None:
        return found
    a, b = first.bounds, second.bounds
    if second.is_constant and second.data == 0 and name != "whole_product":
        return first
    if second.is_constant and first.operator == "where" and any(part.is_constant for part in first.parts[1:]):
        # Each of the two may have far narrower bounds than both.
        condition, yes, no = first.parts
        return where(book, condition, calculate(book, name, yes, second), calculate(book, name, no, second))
    if name == "whole_difference" and a.low >= 0 and (divisor := _of_division(first, second)) is not None:
        return rest(book, first, divisor, of_first=False)
    corners = [_CORNERS[name](one, other) for one in (a.low, a.high) for other in (b.low, b.high)]
    bounds = Bounds(min(corners), max(corners), a.missing or b.missing, 1.0)
    if bounds.size > _MOST:
        raise cannot_be_said("it calculates with whole numbers that no database holds")
    return book.make(name, (first, second), None, "whole", bounds)


def quotient(book: Book, first: Term, second: Term) -> Term:
    """How often a positive constant goes into a whole number, rounded towards 0."""
    found = _now(book, "whole_quotient", first, second)
    if found is not None:
        return found
    low, high = (float(math.trunc(one / second.data)) for one in (first.bounds.low, first.bounds.high))
    return book.make("whole_quotient", (first, second), None, "whole", Bounds(low, high, first.bounds.missing, 1.0))


def rest(book: Book, first: Term, second: Term, *, of_first: bool) -> Term:
    """What is left by a division by a positive constant: from 0 on, or (``of_first``) with the sign of the first."""
    if of_first:
        whole = calculate(book, "whole_product", quotient(book, first, second), second)
        return calculate(book, "whole_difference", first, whole)
    found = _now(book, "whole_rest", first, second)
    if found is not None:
        return found
    bounds = Bounds(0.0, second.data - 1.0, first.bounds.missing, 1.0)
    return book.make("whole_rest", (first, second), first.bounds.low >= 0, "whole", bounds)


def as_number(book: Book, one: Term) -> Term:
    """A whole number or a truth as a double."""
    if one.kind == "number":
        return one
    found = chosen(book, lambda value: None if value is None else float(value), "number", (one,))
    if found is not None:
        return found
    if one.kind == "flag":
        return where(book, one, book.number(1.0), book.number(0.0))
    return book.make("as_number", (one,), None, "number", one.bounds)


def as_whole(book: Book, one: Term) -> Term:
    """A double without what is behind its point, or a truth, as a whole number."""
    if one.kind == "whole":
        return one
    found = chosen(book, lambda value: int(value or 0), "whole", (one,))
    if found is not None:
        return found
    if one.kind == "flag":
        return where(book, one, book.constant(1, "whole"), book.constant(0, "whole"))
    if one.bounds.size > _MOST:
        raise cannot_be_said("it makes whole numbers of numbers without bounds")
    bounds = Bounds(float(math.trunc(one.bounds.low)), float(math.trunc(one.bounds.high)), one.bounds.missing, 1.0)
    return book.make("as_whole", (one,), None, "whole", bounds)


def _of_division(first: Term, second: Term) -> Term | None:
    """By what a number is divided whose multiple the second is: what is left then is less than the divisor."""
    if second.operator != "whole_product":
        return None
    for times, divisor in (second.parts, second.parts[::-1]):
        if times.operator == "whole_quotient" and times.parts == (first, divisor):
            return divisor
    return None


def _now(book: Book, name: str, first: Term, second: Term) -> Term | None:
    exact = _EXACT[name]

    def fold(one: Value, other: Value) -> Value:
        return None if one is None or other is None else exact(int(one), int(other))

    return chosen(book, fold, "whole", (first, second))
