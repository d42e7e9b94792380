from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def test_two_numbers_that_rise_together_are_told_without_a_target(made: SimpleNamespace) -> None:
    random = np.random.default_rng(21)
    weight = random.normal(size=1000)
    columns = {**made.noise(1000), "weight": weight, "price": np.exp(weight + random.normal(scale=0.8, size=1000))}
    one = made.the_one("correlation", columns, None, ("weight", "price"))
    assert "mostly rise together" in one.sentence
    assert 0.7 < one.low < one.value < one.high < 0.85
    assert one.figure.data["down_is_log"]


def test_of_ten_columns_that_all_go_together_a_few_pairs_tell_it(made: SimpleNamespace) -> None:
    random = np.random.default_rng(22)
    common = random.normal(size=800)
    columns = {f"sensor {place}": common + 0.3 * random.normal(size=800) for place in range(10)}
    found = made.explored(columns)
    assert found.confirmed == 30  # as many as the second half judges
    assert 1 <= len(found.insights) <= 8


def test_a_weak_one_is_not_worth_telling(made: SimpleNamespace) -> None:
    random = np.random.default_rng(23)
    weight = random.normal(size=6000)
    found = made.explored({"weight": weight, "price": 0.15 * weight + random.normal(size=6000)})
    assert found.confirmed == 0
