from __future__ import annotations

import numpy as np
import pytest

from journeyman.brief.gain import gain_rule
from journeyman.evaluation.board import Board
from journeyman.evaluation.cost_range import cost_ranges
from journeyman.evaluation.stakes import Stakes
from journeyman.plan.target import Target

RANDOM = np.random.default_rng(0)
CHANCE = RANDOM.uniform(0.1, 0.6, 20_000)
TRUTH = (RANDOM.uniform(size=20_000) < CHANCE).astype(float)
TARGET = Target(task="binary", values=TRUTH, classes=("no", "yes"))
BOARD = Board((0,), (), TARGET, np.ones(20_000), np.zeros(20_000, np.int64), (CHANCE[:, None],))


def ranges(gain):
    return {one.outcome: one for one in cost_ranges(BOARD, Stakes(gain_rule(gain, TARGET.classes, "yes")), 0)}


def test_the_range_ends_where_all_or_nobody_would_be_acted_on():
    found = ranges({"act:true": 10.0, "act:false": -5.0})
    # Acting pays from a probability of cost / (cost + benefit) on; probabilities lie between 0.1 and 0.6.
    assert found["yes"].low == pytest.approx(5 * 0.4 / 0.6, rel=0.25)
    assert found["yes"].high == pytest.approx(5 * 0.9 / 0.1, rel=0.35)
    assert found["no"].high == pytest.approx(-10 * 0.1 / 0.9, rel=0.35)
    assert found["no"].low == pytest.approx(-10 * 0.6 / 0.4, rel=0.25)


def test_nothing_is_said_where_the_model_does_not_win():
    assert ranges({"act:true": 10.0, "act:false": -0.1}) == {}


def test_amounts_of_the_row_have_no_range():
    held = Stakes(
        gain_rule({"act:true": "gain", "act:false": -5}, TARGET.classes, "yes"), {"gain": np.full(20_000, 10.0)}
    )
    assert [one.outcome for one in cost_ranges(BOARD, held, 0)] == ["no"]
    assert cost_ranges(BOARD, Stakes(), 0) == ()
