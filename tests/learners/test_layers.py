from __future__ import annotations

import itertools

import numpy as np
import pytest

from journeyman.learners import layers
from journeyman.learners.layers import Slopes, gate, losses_of, scores


def made_up(random: np.random.Generator, *sizes: int, members: int = 1) -> list[np.ndarray]:
    found = []
    for inputs, outputs in itertools.pairwise(sizes):
        found.append(random.normal(size=(members, inputs, outputs)).astype(np.float32))
        found.append(random.normal(size=(members, 1, outputs)).astype(np.float32))
    return found


def mean_loss(net: list[np.ndarray], inputs: np.ndarray, wanted: np.ndarray, loss: str) -> float:
    """By hand, in float64, of the first member; half of the squared error, and the absolute one rounded off."""
    score = scores([layer[0].astype(float) for layer in net], inputs.astype(float))
    if loss == "squared":
        return 0.5 * float(losses_of(score, wanted, "squared").mean())
    if loss == "absolute":
        return float(np.sqrt((score - wanted) ** 2 + layers.ROUNDING**2).mean())
    return float(losses_of(score, wanted, loss).mean())


@pytest.mark.parametrize(
    ("loss", "outputs"), [("squared", 1), ("absolute", 1), ("poisson", 1), ("logistic", 1), ("logistic", 3)]
)
def test_slopes_are_the_differences_of_the_loss(loss: str, outputs: int) -> None:
    random = np.random.default_rng(1)
    wanted = np.eye(3)[random.integers(0, 3, 40)] if outputs == 3 else random.integers(0, 2, (40, 1))
    inputs, wanted = random.normal(size=(40, 5)).astype(np.float32) / 5, wanted.astype(np.float32)
    net = made_up(random, 5, 7, 6, outputs)
    found = [np.empty_like(layer) for layer in net]
    Slopes(net, 40, 0.0, random).find(inputs[None], wanted[None], np.ones((1, 40), np.float32), loss, found)
    wide = [layer.astype(float) for layer in net]
    for place, slope in enumerate(found):
        at = (0, 0, slope.shape[2] - 1)
        moved, back = ([layer.copy() for layer in wide] for _ in range(2))
        moved[place][at] += 1e-5
        back[place][at] -= 1e-5
        difference = (mean_loss(moved, inputs, wanted, loss) - mean_loss(back, inputs, wanted, loss)) / 2e-5
        assert slope[at] == pytest.approx(difference, rel=1e-3, abs=1e-3)


def test_members_do_not_see_each_other_and_weights_count() -> None:
    random = np.random.default_rng(2)
    net = made_up(random, 3, 4, 1, members=2)
    inputs, wanted = (random.normal(size=(2, 8, width)).astype(np.float32) for width in (3, 1))
    weights = np.ones((2, 8), np.float32)
    both, alone, double = ([np.empty_like(layer) for layer in net] for _ in range(3))
    Slopes(net, 8, 0.0, random).find(inputs, wanted, weights, "squared", both)
    one, part = [layer[1:] for layer in net], [layer[1:] for layer in alone]
    Slopes(one, 8, 0.0, random).find(inputs[1:], wanted[1:], weights[1:], "squared", part)
    Slopes(net, 8, 0.0, random).find(inputs, wanted, 2 * weights, "squared", double)
    for place, slope in enumerate(both):
        np.testing.assert_allclose(part[place][0], slope[1], rtol=1e-4, atol=1e-6)
        np.testing.assert_allclose(double[place], 2 * slope, rtol=1e-4, atol=1e-6)


def test_silent_units_have_no_slope_and_others_speak_louder() -> None:
    random = np.random.default_rng(3)
    net = made_up(random, 3, 64, 1)
    slopes = Slopes(net, 1, 0.25, random)
    slopes.shuffle()
    assert np.unique(slopes.pool) == pytest.approx([0.0, 4 / 3])
    assert slopes.pool.mean() == pytest.approx(1.0, abs=0.15)
    found = [np.empty_like(layer) for layer in net]
    slopes.find(np.ones((1, 1, 3), np.float32), np.full((1, 1, 1), 9.0, np.float32), np.ones((1, 1)), "squared", found)
    silent = found[1][0, 0] == 0
    assert 3 <= silent.sum() <= 32
    assert (found[2][0, silent, 0] == 0).all()


def test_the_gate_is_the_logistic_function_and_bears_any_number() -> None:
    numbers = np.array([-1e30, -3.0, 0.0, 2.0, 1e30])
    with np.errstate(over="ignore"):
        np.testing.assert_allclose(gate(numbers), 1 / (1 + np.exp(-numbers)), atol=1e-12)
    assert gate(numbers.astype(np.float32)).dtype == np.float32
