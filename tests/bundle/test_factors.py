from __future__ import annotations

import numpy as np
import pytest

from journeyman.bundle.factors import LOG_ODDS, LOG_RATE, by_factor, summable
from journeyman.bundle.reasons import effects_of, reasons_for
from journeyman.table.columns import Columns, Numbers
from journeyman.table.schema import Column


def rows(numbers: Numbers) -> Columns:
    return Columns.of(rows=len(numbers), numbers=numbers, number_names=("a", "b", "c"))


def score(columns: Columns) -> Numbers:
    """Two curves and a pair."""
    a, b, c = columns.numbers.T
    return (np.sin(a) + b**2 - 0.5 + 0.7 * a * c)[:, None]


def chance(columns: Columns) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-score(columns))))


@pytest.mark.parametrize(("scale", "answer"), [(LOG_ODDS, chance), (LOG_RATE, lambda columns: np.exp(score(columns)))])
def test_effects_are_exact_where_an_additive_model_adds_up(scale: str, answer: object) -> None:
    background = rows(np.random.default_rng(1).normal(size=(32, 3)))
    row = rows(np.array([[0.3, 1.2, -2.0]]))
    exact = summable(answer, scale)  # type: ignore[arg-type]  # as a model answers
    assert exact is not None
    found = dict(zip(("a", "b", "c"), effects_of(exact, row, background).effects, strict=True))
    a, b, c = background.numbers.T
    assert found["b"] == pytest.approx(1.2**2 - np.mean(b**2))
    # Of a pair each column has half of what it says together, and half of what it says with typical others.
    together = 0.7 * ((0.3 * -2.0 - a * -2.0) + (0.3 * c - a * c)) / 2
    assert found["a"] == pytest.approx(np.sin(0.3) - np.mean(np.sin(a)) + np.mean(together))


def test_reasons_say_by_how_much_odds_are_multiplied() -> None:
    columns = [Column(name=name, kind="number") for name in "abc"]
    background, row = rows(np.zeros((4, 3))), rows(np.array([[0.0, 1.0, 0.0]]))
    exact = summable(chance, LOG_ODDS)
    assert exact is not None
    (reason,) = reasons_for(
        effects_of(exact, row, background), row, columns, "left", ("no", "yes"), most=3, is_factor=True
    )
    assert reason.text == "b = 1 multiplies the odds of left = yes by 2.72"
    assert reason.effect == pytest.approx(1.0)


def test_other_scales_are_told_in_their_own_unit() -> None:
    assert summable(chance, "target") is None
    assert summable(chance, None) is None
    assert by_factor(0.0) == ("divides", "1")
    assert by_factor(5.0) == ("multiplies", "148")
    assert by_factor(-800.0) == ("divides", "a million or more")
