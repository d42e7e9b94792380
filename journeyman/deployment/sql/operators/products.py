"""Of many cells one: products of matrices, sums and largest numbers along axes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

import numpy as np

from journeyman.deployment.sql import numbers, whole
from journeyman.deployment.sql.term import Book, Term, too_large
from journeyman.deployment.sql.wires import Call, Operator, Wire

#: A product of matrices has at most so many products of numbers: beyond, it is a network.
MOST_PRODUCTS = 20_000


def _matmul(call: Call) -> Wire:
    left, right = call.cells(0), call.cells(1)
    if left.shape[0] * right.size > MOST_PRODUCTS:
        raise too_large(f"a layer of it takes {left.shape[0] * right.size:,} products of numbers")
    found = np.empty((left.shape[0], right.shape[1]), dtype=object)
    for row, column in np.ndindex(found.shape):
        pairs = zip(left[row], right[:, column], strict=True)
        found[row, column] = _sum(call.book, [numbers.multiply(call.book, one, weight) for one, weight in pairs])
    return Wire.of(found)


def _sum(book: Book, parts: Sequence[Term]) -> Term:
    if parts and parts[0].kind == "whole":
        return reduce(lambda first, second: whole.calculate(book, "whole_sum", first, second), parts)
    return numbers.add(book, *parts) if parts else book.number(0.0)


def _most(book: Book, parts: Sequence[Term]) -> Term:
    return reduce(lambda first, second: numbers.extreme(book, "most", first, second), parts)


def _reduced(call: Call, gather: Callable[[Book, Sequence[Term]], Term]) -> Wire:
    cells, axes = call.cells(0), call.inputs[1].value
    summed = [] if axes is None else [int(axis) % cells.ndim for axis in axes.tolist()]
    kept = [axis for axis in range(cells.ndim) if axis not in summed]
    rows = np.transpose(cells, [*kept, *summed]).reshape([*(cells.shape[axis] for axis in kept), -1])
    found = np.empty(rows.shape[:-1], dtype=object)
    for place in np.ndindex(found.shape):
        found[place] = gather(call.book, list(rows[place]))
    if call.attributes.get("keepdims", 1):
        found = np.expand_dims(found, axis=tuple(summed))
    return Wire.of(found)


SAYS: Mapping[str, Operator] = {
    "MatMul": _matmul,
    "ReduceMax": lambda call: _reduced(call, _most),
    "ReduceSum": lambda call: _reduced(call, _sum),
}
