"""Amounts are what the bundle's own evaluation makes of them; unknown where that is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.expression import Expression
from journeyman.deployment.sql.amounts import amount_term

TEXTS = ["a * 0.2 - 12", "min(a, b) / (b - 2)", "max(-a, abs(b))", "a / b", "a * b + 5", "7"]


@pytest.mark.parametrize("text", TEXTS)
def test_amounts(text: str, evaluated: Callable[..., list[Any]], hard_numbers: list[Any]) -> None:
    pairs = list(product(hard_numbers[::2], hard_numbers))
    amount = Expression.parse(text)
    values = {
        name: np.array([np.nan if pair[place] is None else pair[place] for pair in pairs], np.float64)
        for place, name in enumerate("ab")
    }
    wanted = amount.evaluate(values, len(pairs))
    got = evaluated(
        lambda book, a, b: amount_term(book, amount, {"a": a, "b": b}, None, None),
        [a for a, _ in pairs],
        [b for _, b in pairs],
    )
    wrong = []
    for pair, found, want in zip(pairs, got, wanted.tolist(), strict=True):
        if np.isnan(want) != (found is None) or (found is not None and abs(found - want) > 1e-9 * max(1, abs(want))):
            wrong.append((pair, found, want))
    # A sum of which a part is beyond half of all numbers is held.
    assert [one for one in wrong if one[2] is None or not abs(one[2]) > 8e307] == []


def test_answers_are_told(evaluated: Callable[..., list[Any]]) -> None:
    amount = Expression.parse("abs(actual - prediction)")
    assert evaluated(lambda book, a, b: amount_term(book, amount, {}, a, b), [1.0, None], [3.5, 2.0]) == [2.5, None]
    assert evaluated(lambda book, a: amount_term(book, 4.0, {}, None, None), [1.0]) == [4.0]
