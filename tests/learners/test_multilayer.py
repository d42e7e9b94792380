from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journeyman.learners import multilayer
from journeyman.learners.multilayer import Rows, Training, scores, train

QUICK = Training(hidden=(16, 16), epochs=30, batch=32, rate=0.01, decay=0.0, dropout=0.0, seed=0)
NONE = np.zeros(0, np.int64)


def rows_of(inputs: np.ndarray, wanted: np.ndarray) -> Rows:
    return Rows(
        inputs=inputs.astype(np.float32),
        wanted=wanted.astype(np.float32),
        weights=np.ones(len(inputs), np.float32),
    )


def losses(layers: list[np.ndarray], rows: Rows, loss: str) -> float:
    """The mean loss, by hand, in float64, of the first member."""
    score = scores([layer[0].astype(float) for layer in layers], rows.inputs.astype(float))
    if loss == "squared":
        return float(0.5 * ((score - rows.wanted) ** 2).mean())
    if loss == "absolute":
        return float(np.sqrt((score - rows.wanted) ** 2 + multilayer.ROUNDING**2).mean())
    if loss == "poisson":
        return float((np.exp(score) - score * rows.wanted).mean())
    if score.shape[1] == 1:
        return float((np.logaddexp(0, score) - score * rows.wanted).mean())
    return float((np.log(np.exp(score).sum(axis=1)) - (score * rows.wanted).sum(axis=1)).mean())


@pytest.mark.parametrize(
    ("loss", "outputs"), [("squared", 1), ("absolute", 1), ("poisson", 1), ("logistic", 1), ("logistic", 3)]
)
def test_slopes_are_the_differences_of_the_loss(loss: str, outputs: int) -> None:
    random = np.random.default_rng(1)
    wanted = np.eye(3)[random.integers(0, 3, 40)] if outputs == 3 else random.integers(0, 2, (40, 1))
    rows = rows_of(random.normal(size=(40, 5)), wanted)
    layers = multilayer._begin(random, (5, 7, 6, outputs), 1, np.zeros(outputs, np.float32))
    found = multilayer._slopes(layers, rows, np.arange(40)[None], loss, 0.0, random)
    wide = [layer.astype(float) for layer in layers]
    for place, slope in enumerate(found):
        at = (0, 0, slope.shape[2] - 1)
        moved = [layer.copy() for layer in wide]
        moved[place][at] += 1e-5
        back = [layer.copy() for layer in wide]
        back[place][at] -= 1e-5
        assert slope[at] == pytest.approx((losses(moved, rows, loss) - losses(back, rows, loss)) / 2e-5, abs=1e-4)


def test_a_bent_line_is_learnt_and_members_differ() -> None:
    random = np.random.default_rng(2)
    inputs = random.uniform(-2, 2, (600, 1))
    rows = rows_of(inputs, np.abs(inputs) - 1)
    halves = [(np.arange(400), np.arange(400, 600)), (np.arange(200, 600), np.arange(200))]
    layers = train(rows, halves, "squared", np.zeros(1, np.float32), QUICK)
    answers = [scores([layer[member] for layer in layers], rows.inputs) for member in (0, 1)]
    assert not np.array_equal(*answers)
    assert all(np.abs(answer - rows.wanted).mean() < 0.1 for answer in answers)


def test_the_same_seed_gives_the_same_weights() -> None:
    random = np.random.default_rng(3)
    rows = rows_of(random.normal(size=(100, 3)), random.normal(size=(100, 1)))
    part = [(np.arange(80), np.arange(80, 100))]
    noisy = replace(QUICK, dropout=0.2, epochs=3)
    first, again = (train(rows, part, "squared", np.zeros(1, np.float32), noisy) for _ in range(2))
    other = train(rows, part, "squared", np.zeros(1, np.float32), replace(noisy, seed=1))
    assert all(np.array_equal(one, two) for one, two in zip(first, again, strict=True))
    assert not np.array_equal(first[0], other[0])


def test_rows_that_stop_keep_a_network_from_learning_noise_by_heart() -> None:
    random = np.random.default_rng(4)
    rows = rows_of(random.normal(size=(120, 20)), random.normal(size=(120, 1)))
    learn, stop = np.arange(60), np.arange(60, 120)
    start = np.zeros(1, np.float32)
    stopped = train(rows, [(learn, stop)], "squared", start, QUICK)
    unstopped = train(rows, [(learn, NONE)], "squared", start, QUICK)
    off = [
        float(((scores([one[0] for one in net], rows.inputs) - rows.wanted)[stop] ** 2).mean())
        for net in (stopped, unstopped)
    ]
    assert off[0] < off[1]


def test_what_runs_away_is_not_kept() -> None:
    rows = rows_of(np.full((64, 2), 3e38), np.zeros((64, 1)))
    with np.errstate(all="ignore"):
        layers = train(rows, [(np.arange(64), NONE)], "squared", np.zeros(1, np.float32), replace(QUICK, epochs=2))
    assert all(np.isfinite(layer).all() for layer in layers)
