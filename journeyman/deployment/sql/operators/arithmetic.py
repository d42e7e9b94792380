"""Arithmetic, cell by cell: of doubles with guards, of whole numbers as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce

from journeyman.deployment.sql import numbers, whole
from journeyman.deployment.sql.term import Book, Term
from journeyman.deployment.sql.wires import Call, Operator, Wire

_Two = Callable[[Book, Term, Term], Term]


def _either_kind(of_numbers: _Two, of_whole: _Two) -> Operator:
    def pick(book: Book, first: Term, second: Term) -> Term:
        return (of_whole if first.kind == "whole" else of_numbers)(book, first, second)

    return lambda call: call.each(pick)


def _calculate(name: str) -> _Two:
    return lambda book, first, second: whole.calculate(book, name, first, second)


def _negative(book: Book, one: Term) -> Term:
    if one.kind == "whole":
        return whole.calculate(book, "whole_difference", book.constant(0, "whole"), one)
    return numbers.negative(book, one)


def _size(book: Book, one: Term) -> Term:
    if one.kind == "whole":
        return numbers.extreme(book, "most", one, _negative(book, one))
    return numbers.size(book, one)


def _modulo(call: Call) -> Wire:
    of_first = bool(call.attributes.get("fmod", 0))

    def rest(book: Book, first: Term, second: Term) -> Term:
        if first.kind == "whole":
            return whole.rest(book, first, second, of_first=of_first)
        times = numbers.floor(book, numbers.divide(book, first, second))
        return numbers.subtract(book, first, numbers.multiply(book, times, second))

    return call.each(rest)


def _extreme(name: str) -> Operator:
    def every(book: Book, *parts: Term) -> Term:
        return reduce(lambda first, second: numbers.extreme(book, name, first, second), parts)

    return lambda call: call.each(every)


def _clip(call: Call) -> Wire:
    book = call.book
    bounds = [
        (name, call.cells(place).item()) for place, name in ((1, "most"), (2, "least")) if place < len(call.inputs)
    ]

    def held(book: Book, one: Term) -> Term:
        for name, bound in bounds:
            one = numbers.extreme(book, name, one, bound)
        return one

    return Call(book, call.inputs[:1], {}).each(held)


SAYS: Mapping[str, Operator] = {
    "Abs": lambda call: call.each(_size),
    "Add": _either_kind(numbers.add, _calculate("whole_sum")),
    "Clip": _clip,
    "Div": _either_kind(numbers.divide, whole.quotient),
    "Max": _extreme("most"),
    "Min": _extreme("least"),
    "Mod": _modulo,
    "Mul": _either_kind(numbers.multiply, _calculate("whole_product")),
    "Neg": lambda call: call.each(_negative),
    "Sub": _either_kind(numbers.subtract, _calculate("whole_difference")),
}
