from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def test_a_level_that_goes_with_a_level_is_told(made: SimpleNamespace) -> None:
    random = np.random.default_rng(24)
    country = random.choice(["CH", "DE", "FR"], size=1000)
    currency = np.where((country == "CH") & (random.uniform(size=1000) < 0.9), "franc", "euro")
    one = made.the_one("association", {**made.noise(1000), "country": country, "currency": currency})
    assert set(one.columns) == {"country", "currency"}
    assert "%" in one.sentence


def test_a_level_with_high_numbers_is_told(made: SimpleNamespace) -> None:
    random = np.random.default_rng(25)
    grade = random.choice(["low", "mid", "high"], size=1000)
    columns = {**made.noise(1000), "grade": grade, "pay": 3.0 * (grade == "high") + random.normal(size=1000)}
    one = made.the_one("association", columns, None, ("grade", "pay"))
    assert "'pay' is" in one.sentence
    assert "'grade' is 'high'" in one.sentence
