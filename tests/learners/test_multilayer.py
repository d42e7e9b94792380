from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journeyman.learners import multilayer
from journeyman.learners.layers import scores
from journeyman.learners.multilayer import Rows, Training, train

QUICK = Training(hidden=(16, 16), rounds=5, batch=32, rate=0.01, decay=0.0, dropout=0.0, seed=0)
NONE = np.zeros(0, np.int64)


def rows_of(inputs: np.ndarray, wanted: np.ndarray) -> Rows:
    return Rows(
        inputs=inputs.astype(np.float32),
        wanted=wanted.astype(np.float32),
        weights=np.ones(len(inputs), np.float32),
    )


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
    noisy = replace(QUICK, dropout=0.2, rounds=2)
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
        layers = train(rows, [(np.arange(64), NONE)], "squared", np.zeros(1, np.float32), replace(QUICK, rounds=1))
    assert all(np.isfinite(layer).all() for layer in layers)


def test_noise_is_soon_left_and_a_wave_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    inputs = random.uniform(-2, 2, (400, 1))
    part = [(np.arange(300), np.arange(300, 400))]
    seen = []
    monkeypatch.setattr(multilayer, "_judged", lambda *given: seen.append(1) or judged(*given))
    lengths = []
    for wanted in (random.normal(size=(400, 1)), np.sin(4 * inputs)):
        seen.clear()
        train(rows_of(inputs, wanted), part, "squared", np.zeros(1, np.float32), QUICK)
        lengths.append(len(seen))
    assert lengths[0] <= 15
    assert lengths[1] == QUICK.epochs == 31


judged = multilayer._judged


def test_the_size_of_an_input_is_learnt_and_lies_in_the_first_layer() -> None:
    random = np.random.default_rng(6)
    inputs = random.normal(size=(500, 10))
    rows = rows_of(inputs, inputs[:, :1] - 2 * inputs[:, 1:2])
    layers = train(rows, [(np.arange(400), np.arange(400, 500))], "squared", np.zeros(1, np.float32), QUICK)
    heard = np.abs(layers[0][0]).mean(axis=1)
    assert heard[:2].min() > 1.5 * heard[2:].max()
    assert np.corrcoef(scores([one[0] for one in layers], rows.inputs)[:, 0], rows.wanted[:, 0])[0, 1] > 0.98
