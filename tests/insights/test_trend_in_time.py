from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def test_what_rises_with_time_is_a_trend_and_no_change_point(made: SimpleNamespace) -> None:
    random = np.random.default_rng(12)
    day = made.days(3000)
    along = (day - day.min()).astype(float) / 700
    columns = {**made.noise(3000), "day": day, "load": 1.2 * along + random.normal(size=3000)}
    one = made.the_one("trend_in_time", columns, "load", ("day",))
    assert "As 'day' grows, the mean of 'load' rises" in one.sentence
    assert one.figure.data["is_date"]
    assert "change_point" not in {other.kind for other in made.explored(columns, "load").insights}


def test_a_walk_that_goes_nowhere_is_no_trend(made: SimpleNamespace) -> None:
    """Neighbours in time are alike: fifty rows of one day are no fifty pieces of evidence."""
    told = 0
    for seed in range(8):
        random = np.random.default_rng([13, seed])
        level = np.zeros(60)
        for place in range(1, 60):
            level[place] = 0.9 * level[place - 1] + random.normal()
        when = np.sort(random.integers(0, 60, size=2400))
        day = np.datetime64("2024-01-01") + when.astype("timedelta64[D]")
        columns = {"day": day, "load": level[when] + 0.3 * random.normal(size=2400), "x": random.normal(size=2400)}
        found = made.explored(columns, "load")
        told += any(one.kind in ("trend_in_time", "change_point") for one in found.insights)
    assert told <= 1
