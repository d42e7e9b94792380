"""The tree of an amount: numbers, names and operations, as values; how it is evaluated, and how it stands in JSON."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from journeyman.errors import InputError
from journeyman.table.columns import Numbers

#: What is known of a row beside its cells, where a number is predicted.
Answer = Literal["prediction", "actual"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)

#: Bounds of one tree, wherever it comes from.
MOST_DEPTH, MOST_NODES = 64, 500

_NAN = math.nan


@dataclass(frozen=True, slots=True)
class Cell:
    """The cell of a column, by the column's name."""

    column: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the model answered for the row (``prediction``), or what came (``actual``)."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation on one or two parts. ``name`` is a key of `OPERATIONS`."""

    name: str
    parts: tuple[Node, ...]


Node = float | Cell | Told | Operation


def _divide_one(a: float, b: float) -> float:
    return a / b if b else _NAN


def _least_one(a: float, b: float) -> float:
    return _NAN if a != a or b != b else b if b < a else a


def _most_one(a: float, b: float) -> float:
    return _NAN if a != a or b != b else b if b > a else a


def _divide(a: Any, b: Any) -> Any:
    return np.where(b == 0, np.nan, a / b)


# Not np.minimum: which of 0.0 and -0.0 it gives depends on how many rows there are.
def _least(a: Any, b: Any) -> Any:
    return np.where(np.isnan(a) | np.isnan(b), np.nan, np.where(b < a, b, a))


def _most(a: Any, b: Any) -> Any:
    return np.where(np.isnan(a) | np.isnan(b), np.nan, np.where(b > a, b, a))


#: Operation → number of its parts, what it does to two numbers, and what to two arrays. Both give the same bits.
OPERATIONS: Mapping[str, tuple[int, Callable[..., float], Callable[..., Any]]] = {
    "+": (2, lambda a, b: a + b, lambda a, b: a + b),
    "-": (2, lambda a, b: a - b, lambda a, b: a - b),
    "*": (2, lambda a, b: a * b, lambda a, b: a * b),
    "/": (2, _divide_one, _divide),
    "negative": (1, lambda a: -a, lambda a: -a),
    "min": (2, _least_one, _least),
    "max": (2, _most_one, _most),
    "abs": (1, abs, np.abs),
}


def walk(node: Node) -> Iterator[Node]:
    """Every node, parts from left to right, a parent before its parts."""
    yield node
    if isinstance(node, Operation):
        for part in node.parts:
            yield from walk(part)


def evaluate(node: Node, values: Mapping[str, Numbers], answers: Mapping[str, Numbers]) -> Any:
    """The node's value for many rows, (rows,), or a number where nothing in it differs by row; NaN where unknown."""
    if isinstance(node, float):
        return np.float64(node)
    if isinstance(node, Cell):
        return values[node.column]
    if isinstance(node, Told):
        return answers[node.answer]
    found = OPERATIONS[node.name][2](*(evaluate(part, values, answers) for part in node.parts))
    return np.where(np.isfinite(found), found, np.nan)


def evaluate_one(node: Node, values: Mapping[str, float], answers: Mapping[str, float]) -> float:
    """The node's value for one row: the same bits as `evaluate` gives that row among many."""
    if isinstance(node, float):
        return node
    if isinstance(node, Cell):
        return values[node.column]
    if isinstance(node, Told):
        return answers[node.answer]
    found = OPERATIONS[node.name][1](*(evaluate_one(part, values, answers) for part in node.parts))
    return found if math.isfinite(found) else _NAN


def operation(name: str, *parts: Node) -> Node:
    """An operation; a minus before a number is that number."""
    if name == "negative" and isinstance(parts[0], float):
        return -parts[0]
    return Operation(name, parts)


def as_data(node: Node) -> Any:
    """The tree as JSON holds it: numbers, ``{"column": name}``, ``{"answer": name}``, ``[operation, part, …]``."""
    if isinstance(node, float):
        return node
    if isinstance(node, Cell):
        return {"column": node.column}
    if isinstance(node, Told):
        return {"answer": node.answer}
    return [node.name, *(as_data(part) for part in node.parts)]


def from_data(data: Any) -> Node:
    """The tree that `as_data` wrote; nothing in it is trusted.

    Raises
    ------
    InputError : it is no such tree, or a larger one than we write
    """
    node = _node(data, 1)
    require_bounds(node)
    return node


def require_bounds(node: Node) -> None:
    """Refuse a tree that is too large, without walking all of it.

    Raises
    ------
    InputError : it has more than `MOST_NODES`, or is deeper than `MOST_DEPTH`; a sum is as deep as it has terms
    """
    waiting, count = [(node, 1)], 0
    while waiting:
        one, depth = waiting.pop()
        count += 1
        if count > MOST_NODES:
            raise _refused(f"it has more than {MOST_NODES} numbers, names and operations")
        if depth > MOST_DEPTH:
            raise _refused(f"it is nested more than {MOST_DEPTH} deep")
        if isinstance(one, Operation):
            waiting += [(part, depth + 1) for part in one.parts]


def _node(data: Any, depth: int) -> Node:
    if depth > MOST_DEPTH:
        raise _refused(f"it is nested more than {MOST_DEPTH} deep")
    if isinstance(data, int | float) and not isinstance(data, bool):
        try:
            number = float(data)
        except OverflowError:
            number = math.inf
        if math.isfinite(number):
            return number
    if isinstance(data, dict) and len(data) == 1:
        ((key, name),) = data.items()
        if key == "column" and isinstance(name, str) and name:
            return Cell(name)
        if key == "answer" and isinstance(name, str) and name in ANSWERS:
            return Told(name)
    name = data[0] if isinstance(data, list) and data and isinstance(data[0], str) else ""
    if name in OPERATIONS and len(data) == 1 + OPERATIONS[name][0]:
        return operation(name, *(_node(one, depth + 1) for one in data[1:]))
    raise _refused("it holds what no amount of ours holds")


def _refused(because: str) -> InputError:
    return InputError("an amount cannot be used", because=because, remedy="write a shorter one, as amount - 12")
