from __future__ import annotations

import numpy as np
import pytest

from journeyman.insights.inside import amount, differences, measured, normal_tails, tally
from journeyman.insights.material import Outcome


def outcome(seed: int = 0, rows: int = 400) -> Outcome:
    random = np.random.default_rng(seed)
    return Outcome("y", "", None, random.normal(size=rows))


def test_a_quick_look_is_what_the_rows_say() -> None:
    one = outcome()
    codes = np.arange(400) % 3 - 1
    for place, effect, error, size, p_value in differences(tally(one, codes, 2)):
        inside = codes == place
        direct = one.values[inside].mean() - one.values[~inside].mean()
        assert size == pytest.approx(direct / one.spread)
        assert effect == pytest.approx(np.corrcoef(inside, one.values)[0, 1])
        assert p_value == pytest.approx(normal_tails(effect / error))


def test_time_that_makes_neighbours_alike_widens_the_interval() -> None:
    one, inside = outcome(), np.arange(400) < 200
    plain, wide = measured(one, inside, None), measured(one, inside, None, inflation=4.0)
    assert plain is not None
    assert wide is not None
    low, high = plain.interval(0.95)
    assert np.diff(wide.interval(0.95))[0] == pytest.approx(2 * (high - low))
    assert wide.p_value >= plain.p_value


def test_too_few_rows_are_not_measured() -> None:
    assert measured(outcome(), np.arange(400) < 5, None) is None


def test_amounts_have_their_unit() -> None:
    assert amount(0.1234, "points") == "+12.3 points"
    assert amount(-0.5, "correlation") == "−0.50"
    assert amount(0.5, "share") == "50.0 %"
