"""Arithmetic on terms, with a guard wherever bounds say that a database may stop: numbers too large, too small, by 0.

A result that would be infinite is the largest number; one that would be no number is missing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from journeyman.deployment.sql import bounds as of
from journeyman.deployment.sql.bounds import MOST, TINY, Bounds
from journeyman.deployment.sql.choices import chosen, where
from journeyman.deployment.sql.term import Book, Term, Value

#: Sums of more parts are sums of sums.
MOST_PARTS = 24
#: e to these powers is neither 0 nor infinite.
_LOW_POWER, _HIGH_POWER = -700.0, 709.0
#: Whole numbers up to this size have doubles of their own, and room for a half.
_EXACT = 2.0**51


def _strict(function: Callable[..., float]) -> Callable[..., Value]:
    """A function of numbers; missing where one of them is."""

    def fold(*values: float | None) -> Value:
        if any(value is None for value in values):
            return None
        with np.errstate(all="ignore"):
            return float(function(*(np.float64(value) for value in values)))

    return fold


def add(book: Book, *parts: Term) -> Term:
    """The sum of some numbers; what is looked up by one key is added up now."""
    fixed = [one for one in parts if one.is_constant]
    loose: list[Term] = []
    by_subject: dict[int, list[Term]] = {}
    for one in parts:
        if one.operator == "lookup":
            by_subject.setdefault(one.parts[0].number, []).append(one)
        elif not one.is_constant:
            loose.append(one)
    constant = _total(book, fixed)
    if constant.data is None:
        return constant
    looked_up = [_total(book, some) for some in by_subject.values()]
    if len(looked_up) == 1 and not loose:
        return _total(book, [looked_up[0], constant])
    some = [*looked_up, *loose]
    if constant.data != 0.0:
        some.append(constant)
    if not some:
        return constant
    if len(some) == 1:
        return some[0]
    if sum(one.bounds.size for one in some) > MOST:
        most = MOST / len(some)
        some = [clip(book, one, -most, most) for one in some]
    # Sums of sums: a part of a long sum can be a column of its own.
    while len(some) > MOST_PARTS:
        some = [_sum(book, some[at : at + MOST_PARTS]) for at in range(0, len(some), MOST_PARTS)]
    return _sum(book, some)


def _sum(book: Book, parts: Sequence[Term]) -> Term:
    return book.make("sum", tuple(parts), None, "number", of.added(*(one.bounds for one in parts)))


def _total(book: Book, parts: Sequence[Term]) -> Term:
    if not parts:
        return book.number(0.0)
    total = parts[0]
    for one in parts[1:]:
        found = chosen(book, _strict(lambda a, b: a + b), "number", (total, one))
        if found is None:
            return _sum(book, parts)
        total = found
    return total


def subtract(book: Book, first: Term, second: Term) -> Term:
    """A difference."""
    found = chosen(book, _strict(lambda a, b: a - b), "number", (first, second))
    if found is not None:
        return found
    if second.is_constant and second.data is not None:
        return add(book, first, book.number(-second.data))
    return add(book, first, negative(book, second))


def negative(book: Book, one: Term) -> Term:
    """With the other sign."""
    found = chosen(book, _strict(lambda a: -a), "number", (one,))
    return found or book.make("negative", (one,), None, "number", of.negated(one.bounds))


def size(book: Book, one: Term) -> Term:
    """Without the sign."""
    if one.bounds.low >= 0 and one.kind == "number":
        return one
    found = chosen(book, _strict(abs), "number", (one,))
    return found or book.make("size", (one,), None, "number", of.sized(one.bounds))


def multiply(book: Book, first: Term, second: Term) -> Term:
    """A product."""
    found = chosen(book, _strict(lambda a, b: a * b), "number", (first, second))
    if found is not None:
        return found
    if first.is_constant:
        first, second = second, first
    if second.is_constant:
        factor = second.data
        if factor is None:
            return second
        if factor == 1.0:
            return first
        if factor == 0.0:
            return where(book, is_missing(book, first), book.number(None), second)
        if first.bounds.size > MOST / abs(factor):
            most = MOST / abs(factor) * (1 - 2.0**-50)
            first = clip(book, first, -most, most)
        if first.bounds.least * abs(factor) < TINY and abs(factor) < 1.0:
            first = flushed(book, first, min(TINY / abs(factor), 1e-150))
    elif first.bounds.size > MOST / max(second.bounds.size, 1.0) or (
        book.stops_at_small and first.bounds.least * second.bounds.least < TINY
    ):
        first, second = _held_factors(book, first, second)
    if first.is_constant and second.is_constant:
        return multiply(book, first, second)
    return book.make("product", (first, second), None, "number", of.multiplied(first.bounds, second.bounds))


def _held_factors(book: Book, first: Term, second: Term) -> tuple[Term, Term]:
    """Two factors whose product stays between the smallest and the largest numbers."""
    far, near = size(book, first), size(book, second)
    most = _quotient(book, book.number(MOST), clip(book, near, 1.0, MOST))
    least = _quotient(book, book.number(TINY), clip(book, near, 1e-300, 1.0))
    held = where(book, greater(book, first, most), most, first)
    held = where(book, less(book, held, negative(book, most)), negative(book, most), held)
    if book.stops_at_small:
        held = where(book, less(book, far, least), book.number(0.0), held)
    return held, second


def divide(book: Book, first: Term, second: Term) -> Term:
    """A quotient. Something by 0 is the largest number of its sign, 0 by 0 is missing."""
    found = chosen(book, _strict(lambda a, b: a / b), "number", (first, second))
    if found is not None:
        return found
    if second.is_constant and second.data == 1.0:
        return first
    bounds = second.bounds
    if bounds.low > 0 or bounds.high < 0:
        nearest, farthest = min(abs(bounds.low), abs(bounds.high)), bounds.size
        if nearest < 1.0 and first.bounds.size > MOST * nearest:
            most = MOST * nearest * (1 - 2.0**-50)
            first = clip(book, first, -most, most)
        if first.bounds.least / farthest < TINY and farthest > 1.0:
            first = flushed(book, first, min(TINY * farthest, 1e-150))
        return _quotient(book, first, second)
    return _divide_by_any(book, first, second)


def _divide_by_any(book: Book, first: Term, second: Term) -> Term:
    zero, most = book.number(0.0), book.number(MOST)
    by_zero = equal(book, second, zero)
    divisor = where(book, by_zero, book.number(1.0), second)
    far, near = size(book, first), size(book, divisor)
    too_large = greater(book, far, multiply(book, clip(book, near, 0.0, 1.0), most))
    far_off = too_large
    if book.stops_at_small:
        # Only what is more than 1 makes a number smaller.
        divisor_above = where(book, greater(book, near, book.number(1.0)), near, zero)
        far_off = either(book, too_large, less(book, far, multiply(book, divisor_above, book.number(TINY))))
    ordinary = where(book, far_off, zero, first)
    is_negative = unlike(book, less(book, first, zero), less(book, divisor, zero))
    largest = where(book, is_negative, book.number(-MOST), most)
    quotient = where(book, too_large, largest, _quotient(book, ordinary, divisor))
    above, below = greater(book, first, zero), less(book, first, zero)
    beyond = where(book, above, most, where(book, below, book.number(-MOST), book.number(None)))
    return where(book, by_zero, beyond, quotient)


def _quotient(book: Book, first: Term, second: Term) -> Term:
    found = chosen(book, _strict(lambda a, b: a / b), "number", (first, second))
    return found or book.make("quotient", (first, second), None, "number", of.divided(first.bounds, second.bounds))


def flushed(book: Book, one: Term, least: float) -> Term:
    """The same number, 0 where it is smaller than any that counts."""
    bounds = one.bounds
    if not book.stops_at_small:
        return one
    found = where(book, less(book, size(book, one), book.number(least)), book.number(0.0), one)
    if found.is_constant or found.choices:
        return found
    return _known(book, found, Bounds(bounds.low, bounds.high, bounds.missing, least))


def _known(book: Book, one: Term, bounds: Bounds) -> Term:
    """One of two, of which more is known than of each."""
    return book.make("where", one.parts, bounds, "number", bounds)


def clip(book: Book, one: Term, low: float, high: float) -> Term:
    """Held between two numbers; what is missing stays so."""
    if low <= one.bounds.low and one.bounds.high <= high:
        return one
    found = chosen(book, _strict(lambda a: min(max(a, low), high)), "number", (one,))
    return found or book.make("clip", (one,), (low, high), "number", one.bounds.within(low, high))


def exp(book: Book, one: Term) -> Term:
    """e to the power of it."""
    held = clip(book, one, _LOW_POWER, _HIGH_POWER)
    found = chosen(book, _strict(np.exp), "number", (held,))
    low, high = math.exp(held.bounds.low), math.exp(held.bounds.high)
    return found or book.make("exp", (held,), None, "number", Bounds(low, high, held.bounds.missing, low))


def log(book: Book, one: Term) -> Term:
    """The natural logarithm; of 0 it is the smallest number, of a negative number it is missing."""
    found = chosen(book, _strict(np.log), "number", (one,))
    if found is not None:
        return found
    if one.bounds.low <= 0:
        zero, least = book.number(0.0), one.bounds.least
        is_there = greater(book, one, zero)
        safe = _known(book, where(book, is_there, one, book.number(1.0)), Bounds(least, MOST, False, least))
        beyond = where(book, equal(book, one, zero), book.number(-MOST), book.number(None))
        return where(book, is_there, log(book, safe), beyond)
    low, high = math.log(max(one.bounds.low, of.LEAST)), math.log(one.bounds.high)
    return book.make("log", (one,), None, "number", Bounds(low, high, one.bounds.missing, 1e-17))


def root(book: Book, one: Term) -> Term:
    """The square root; of a negative number it is missing."""
    found = chosen(book, _strict(np.sqrt), "number", (one,))
    if found is not None:
        return found
    if one.bounds.low < 0:
        safe = clip(book, one, 0.0, MOST)
        return where(book, less(book, one, book.number(0.0)), book.number(None), root(book, safe))
    low, high = math.sqrt(one.bounds.low), math.sqrt(one.bounds.high)
    return book.make("root", (one,), None, "number", Bounds(low, high, one.bounds.missing, math.sqrt(one.bounds.least)))


def floor(book: Book, one: Term) -> Term:
    """The whole number below."""
    found = chosen(book, _strict(np.floor), "number", (one,))
    bounds = Bounds(math.floor(one.bounds.low) + 0.0, math.floor(one.bounds.high) + 0.0, one.bounds.missing, 1.0)
    return found or book.make("floor", (one,), None, "number", bounds)


def rounded(book: Book, one: Term) -> Term:
    """The nearest whole number, of two the even one."""
    found = chosen(book, _strict(np.rint), "number", (one,))
    if found is not None:
        return found
    if one.bounds.size > _EXACT:
        near = clip(book, one, -_EXACT, _EXACT)
        is_far = greater(book, size(book, one), book.number(_EXACT))
        return where(book, is_far, one, rounded(book, near))
    bounds = Bounds(float(round(one.bounds.low)), float(round(one.bounds.high)), one.bounds.missing, 1.0)
    return book.make("rounded", (one,), None, "number", bounds)


def sigmoid(book: Book, one: Term) -> Term:
    """1 / (1 + exp(-x))."""
    return divide(book, book.number(1.0), add(book, exp(book, negative(book, one)), book.number(1.0)))


def tanh(book: Book, one: Term) -> Term:
    """The hyperbolic tangent."""
    two = book.number(2.0)
    grown = exp(book, multiply(book, clip(book, one, -20.0, 20.0), two))
    return subtract(book, book.number(1.0), divide(book, two, add(book, grown, book.number(1.0))))


def extreme(book: Book, name: str, first: Term, second: Term) -> Term:
    """The least or the most of two numbers (``name``); missing where one of them is."""
    pick = min if name == "least" else max

    def fold(one: Value, other: Value) -> Value:
        return None if one is None or other is None else pick(one, other)

    found = chosen(book, fold, first.kind, (first, second))
    if found is not None:
        return found
    if first.is_constant:
        first, second = second, first
    if second.is_constant and second.data is not None and first.kind == "number":
        value = float(second.data)
        return clip(book, first, -MOST, value) if name == "least" else clip(book, first, value, MOST)
    a, b = first.bounds, second.bounds
    bounds = Bounds(pick(a.low, b.low), pick(a.high, b.high), a.missing or b.missing, min(a.least, b.least))
    return book.make(name, (first, second), None, first.kind, bounds)


# ---- truths ----------------------------------------------------------------------------------------------------------

_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "less": lambda a, b: a < b,
    "less_or_equal": lambda a, b: a <= b,
    "greater": lambda a, b: a > b,
    "greater_or_equal": lambda a, b: a >= b,
    "equal": lambda a, b: a == b,
}


def compare(book: Book, name: str, first: Term, second: Term) -> Term:
    """A comparison by name; false where one side is missing."""
    a, b = first.bounds, second.bounds
    if first.kind in ("number", "whole") and not (a.missing or b.missing):
        known = {
            "less": (a.high < b.low, a.low >= b.high),
            "less_or_equal": (a.high <= b.low, a.low > b.high),
            "greater": (a.low > b.high, a.high <= b.low),
            "greater_or_equal": (a.low >= b.high, a.high < b.low),
            "equal": (False, a.high < b.low or a.low > b.high),
        }[name]
        if any(known):
            return book.flag(known[0])
    test = _COMPARED[name]

    def fold(one: Value, other: Value) -> Value:
        return one is not None and other is not None and test(one, other)  # type: ignore[arg-type]  # of one kind

    return chosen(book, fold, "flag", (first, second)) or book.make(name, (first, second), None, "flag", Bounds())


def less(book: Book, first: Term, second: Term) -> Term:
    """Whether the first is less."""
    return compare(book, "less", first, second)


def greater(book: Book, first: Term, second: Term) -> Term:
    """Whether the first is more."""
    return compare(book, "greater", first, second)


def equal(book: Book, first: Term, second: Term) -> Term:
    """Whether two numbers, texts or truths are one."""
    return compare(book, "equal", first, second)


def is_missing(book: Book, one: Term) -> Term:
    """Whether it is missing."""
    if not one.bounds.missing and one.kind in ("number", "whole"):
        return book.flag(False)
    found = chosen(book, lambda value: value is None, "flag", (one,))
    return found or book.make("is_missing", (one,), None, "flag", Bounds(missing=False))


def either(book: Book, first: Term, second: Term) -> Term:
    """Whether one of two is true."""
    if first is second:
        return first
    for one, other in ((first, second), (second, first)):
        if one.is_constant:
            return one if one.data else other
    found = chosen(book, lambda a, b: bool(a) or bool(b), "flag", (first, second))
    return found or book.make("or", (first, second), None, "flag", Bounds())


def both(book: Book, first: Term, second: Term) -> Term:
    """Whether both of two are true."""
    if first is second:
        return first
    for one, other in ((first, second), (second, first)):
        if one.is_constant:
            return other if one.data else one
    found = chosen(book, lambda a, b: bool(a) and bool(b), "flag", (first, second))
    return found or book.make("and", (first, second), None, "flag", Bounds())


def opposite(book: Book, one: Term) -> Term:
    """Whether it is not true."""
    found = chosen(book, lambda value: not value, "flag", (one,))
    return found or book.make("not", (one,), None, "flag", Bounds(missing=False))


def unlike(book: Book, first: Term, second: Term) -> Term:
    """Whether one of two is true, and not the other."""
    no = opposite(book, second)
    return either(book, both(book, first, no), both(book, opposite(book, first), second))
