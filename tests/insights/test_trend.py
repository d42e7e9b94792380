from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def test_what_rises_with_a_number_is_told_by_its_ends(made: SimpleNamespace) -> None:
    random = np.random.default_rng(8)
    age = random.integers(18, 90, size=1200).astype(float)
    columns = {**made.noise(1200), "age": age, "cost": 0.02 * age + random.normal(size=1200)}
    one = made.the_one("trend", columns, "cost", ("age",))
    assert one.sentence.startswith("As 'age' grows, the mean of 'cost' rises: from")
    assert one.figure.chart == "cloud"
    assert 0.1 < one.effect < 0.6


def test_what_comes_back_down_is_no_trend(made: SimpleNamespace) -> None:
    random = np.random.default_rng(9)
    hour = random.uniform(0, 24, size=3000)
    cost = np.sin(hour / 24 * 2 * np.pi * 0.8) * 3 + random.normal(size=3000)
    found = made.explored({**made.noise(3000), "hour": hour, "cost": cost}, "cost")
    assert "trend" not in {one.kind for one in found.insights}
    assert "by_range" in {one.kind for one in found.insights}


def test_one_far_value_makes_no_trend(made: SimpleNamespace) -> None:
    random = np.random.default_rng(10)
    age, cost = random.normal(size=600), random.normal(size=600)
    age[:6], cost[:6] = 50.0, 1e6
    found = made.explored({**made.noise(600), "age": age, "cost": cost}, "cost")
    assert "trend" not in {one.kind for one in found.insights}


def test_a_rate_goes_along_a_line_with_its_interval(made: SimpleNamespace) -> None:
    random = np.random.default_rng(11)
    debt = random.lognormal(sigma=1.5, size=3000)
    late = np.where(random.uniform(size=3000) < 1 / (1 + np.exp(-np.log(debt))), "yes", "no")
    one = made.the_one("trend", {**made.noise(3000), "debt": debt, "late": late}, "late", ("debt",))
    assert one.figure.chart == "binned_line"
    assert one.figure.data["is_log"]
    assert one.unit == "points"
