import numpy as np
import pytest

from journeyman.simulation.features import Features
from journeyman.simulation.laws.smooth import Smooth


def test_it_is_friedmans_function():
    # All numbers at their middle: 10 sin(pi/4) + 0 + 5 + 2.5, less the mean, in units of the spread.
    middle = Features(numbers=np.zeros((1, 6)), words=np.zeros((1, 0), np.int64), levels=())
    said = Smooth().say(middle, np.random.default_rng(0))
    assert said[0] == pytest.approx((10 * np.sin(np.pi / 4) + 7.5 - 14.4) * 1.3 / 4.9)


def test_no_line_tells_all_of_it():
    random = np.random.default_rng(1)
    features = Features(numbers=random.standard_normal((4000, 6)), words=np.zeros((4000, 0), np.int64), levels=())
    said = Smooth().say(features, np.random.default_rng(0))
    straight = np.column_stack([np.ones(4000), features.numbers])
    left = said - straight @ np.linalg.lstsq(straight, said, rcond=None)[0]
    assert (abs(said.mean()) < 0.1, abs(said.std() - 1.3) < 0.15) == (True, True)
    assert 0.2 < left.var() / said.var() < 0.6
