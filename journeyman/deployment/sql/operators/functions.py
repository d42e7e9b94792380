"""Functions of one number, and the two that make chances of scores."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import numpy as np

from journeyman.deployment.sql import numbers
from journeyman.deployment.sql.wires import Call, Operator, Wire


def _softmax(call: Call) -> Wire:
    """exp(x - the largest) over the sum of all of them."""
    book, cells = call.book, call.cells(0)
    axis = int(call.attributes.get("axis", -1))
    found = np.empty(cells.shape, dtype=object)
    moved, target = np.moveaxis(cells, axis, -1), np.moveaxis(found, axis, -1)
    for place in np.ndindex(moved.shape[:-1]):
        scores = list(moved[place])
        largest = reduce(lambda first, second: numbers.extreme(book, "most", first, second), scores)
        # The largest is 1 among them, so their sum is never 0.
        powers = [
            numbers.exp(book, numbers.clip(book, numbers.subtract(book, one, largest), -700.0, 0.0)) for one in scores
        ]
        total = numbers.clip(book, numbers.add(book, *powers), 1.0, float(len(powers)))
        for at, power in enumerate(powers):
            target[(*place, at)] = numbers.divide(book, power, total)
    return Wire.of(found)


SAYS: Mapping[str, Operator] = {
    "Exp": lambda call: call.each(numbers.exp),
    "Floor": lambda call: call.each(numbers.floor),
    "Log": lambda call: call.each(numbers.log),
    "Round": lambda call: call.each(numbers.rounded),
    "Sigmoid": lambda call: call.each(numbers.sigmoid),
    "Softmax": _softmax,
    "Sqrt": lambda call: call.each(numbers.root),
    "Tanh": lambda call: call.each(numbers.tanh),
}
