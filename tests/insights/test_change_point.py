from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def test_a_step_in_time_is_told_with_its_moment(made: SimpleNamespace) -> None:
    random = np.random.default_rng(14)
    day = made.days(3000)
    after = day >= np.datetime64("2021-10-01")
    columns = {**made.noise(3000), "day": day, "load": 0.8 * after + random.normal(size=3000)}
    one = made.the_one("change_point", columns, "load", ("day",))
    found = np.datetime64(one.sentence.split()[1])
    assert abs((found - np.datetime64("2021-10-01")).astype(int)) < 30
    assert "is higher" in one.sentence
    assert one.figure.data["mark"] is not None


def test_without_a_target_numbers_may_change(made: SimpleNamespace) -> None:
    random = np.random.default_rng(15)
    day = made.days(2500)
    columns = {"day": day, "load": 1.0 * (day < np.datetime64("2022-03-01")) + random.normal(size=2500)}
    assert "is lower" in made.the_one("change_point", columns, None, ("day", "load")).sentence
