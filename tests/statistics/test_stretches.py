from __future__ import annotations

import numpy as np

from journeyman.statistics.stretches import inflation_in_time


def test_rows_that_stand_alone_count_for_themselves() -> None:
    random = np.random.default_rng(0)
    found = [inflation_in_time(random.uniform(size=800), random.normal(size=800)) for _ in range(50)]
    assert 1.0 <= np.median(found) < 1.3


def test_rows_that_go_up_and_down_together_count_for_less() -> None:
    random = np.random.default_rng(1)
    days = np.sort(random.integers(0, 50, size=1000))
    values = random.normal(size=50)[days] + 0.2 * random.normal(size=1000)
    assert inflation_in_time(days.astype(float), values) > 8


def test_a_handful_of_rows_says_nothing_of_it() -> None:
    assert inflation_in_time(np.arange(20.0), np.arange(20.0)) == 1.0
