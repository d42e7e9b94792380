"""Arithmetic in databases is numpy's, wherever numpy's is finite; nothing stops at numbers too large or too small."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest

from journeyman.deployment.sql import numbers
from journeyman.deployment.sql.bounds import MOST

_ONE: dict[str, Callable[[Any], Any]] = {
    "negative": np.negative,
    "size": np.abs,
    "floor": np.floor,
    "rounded": np.rint,
    "exp": np.exp,
    "log": np.log,
    "root": np.sqrt,
    "sigmoid": lambda one: 1 / (1 + np.exp(-one)),
    "tanh": np.tanh,
}
_TWO: dict[str, Callable[[Any, Any], Any]] = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": np.divide,
}


def _same(got: Any, wanted: float) -> bool:
    """Whether a database gives what numpy does: missing for NaN, the largest number for infinity, within rounding."""
    if np.isnan(wanted):
        return got is None
    if np.isinf(wanted) or abs(wanted) > 8e307:
        return got is not None and abs(got) > 8e307 and (got > 0) == (wanted > 0)
    return got is not None and abs(got - wanted) <= 1e-9 * max(1.0, abs(wanted))


@pytest.mark.parametrize("name", _ONE)
def test_functions_of_one_number(name: str, evaluated: Callable[..., list[Any]], hard_numbers: list[Any]) -> None:
    with np.errstate(all="ignore"):
        wanted = [np.nan if one is None else float(_ONE[name](np.float64(one))) for one in hard_numbers]
    got = evaluated(getattr(numbers, name), hard_numbers)
    assert [(one, a, b) for one, a, b in zip(hard_numbers, got, wanted, strict=True) if not _same(a, b)] == []


@pytest.mark.parametrize("name", _TWO)
def test_functions_of_two_numbers(name: str, evaluated: Callable[..., list[Any]], hard_numbers: list[Any]) -> None:
    pairs = list(product(hard_numbers, hard_numbers))
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    got = evaluated(getattr(numbers, name), first, second)
    wrong = []
    for (a, b), found in zip(pairs, got, strict=True):
        with np.errstate(all="ignore"):
            wanted = np.nan if a is None or b is None else float(_TWO[name](np.float64(a), np.float64(b)))
        # The sign of 0 is not kept, so that of an infinite quotient is not, either.
        is_by_zero = name == "divide" and b == 0 and a
        if not (_same(found, wanted) or (is_by_zero and found is not None and abs(found) == MOST)):
            wrong.append((a, b, found, wanted))
    assert wrong == []


@pytest.mark.parametrize("name", ["less", "less_or_equal", "greater", "greater_or_equal", "equal"])
def test_comparisons_with_what_is_missing_are_false(
    name: str, evaluated: Callable[..., list[Any]], hard_numbers: list[Any]
) -> None:
    compare = {"less": np.less, "less_or_equal": np.less_equal, "greater": np.greater}
    compare |= {"greater_or_equal": np.greater_equal, "equal": np.equal}
    pairs = list(product(hard_numbers, hard_numbers))
    got = evaluated(lambda book, a, b: numbers.compare(book, name, a, b), [a for a, _ in pairs], [b for _, b in pairs])
    wanted = [a is not None and b is not None and bool(compare[name](a, b)) for a, b in pairs]
    assert [bool(one) for one in got] == wanted


def test_truths(evaluated: Callable[..., list[Any]]) -> None:
    cells = [-1.0, 0.0, 1.0, None]

    def truth(book: Any, one: Any) -> Any:
        above, below = (compare(book, one, book.number(0.0)) for compare in (numbers.greater, numbers.less))
        odd = numbers.unlike(
            book, numbers.opposite(book, above), numbers.either(book, below, numbers.is_missing(book, one))
        )
        return numbers.both(book, odd, numbers.opposite(book, below))

    assert [bool(one) for one in evaluated(truth, cells)] == [False, True, False, False]


def test_held_numbers_and_extremes(evaluated: Callable[..., list[Any]], hard_numbers: list[Any]) -> None:
    got = evaluated(lambda book, one: numbers.clip(book, one, -2.0, 3.0), hard_numbers)
    assert got == [None if one is None else min(max(one, -2.0), 3.0) for one in hard_numbers]
    shifted = hard_numbers[1:] + hard_numbers[:1]
    for name, pick in (("least", min), ("most", max)):
        got = evaluated(lambda book, a, b, name=name: numbers.extreme(book, name, a, b), hard_numbers, shifted)
        pairs = zip(hard_numbers, shifted, strict=True)
        assert got == [None if a is None or b is None else pick(a, b) for a, b in pairs]
