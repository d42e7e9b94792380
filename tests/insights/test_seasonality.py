from __future__ import annotations

from types import SimpleNamespace

import numpy as np


def test_a_weekday_is_told(made: SimpleNamespace) -> None:
    random = np.random.default_rng(16)
    day = made.days(4000)
    weekday = (day.astype("datetime64[D]").astype(int) + 3) % 7
    columns = {**made.noise(4000), "day": day, "load": 0.9 * (weekday == 5) + random.normal(size=4000)}
    one = made.the_one("seasonality", columns, "load", ("day",))
    assert "on Saturdays" in one.sentence
    assert one.figure.data["bars"][0]["label"] == "Monday"


def test_one_odd_day_is_no_season(made: SimpleNamespace) -> None:
    random = np.random.default_rng(17)
    day = made.days(4000, span=120)
    odd = day == day[0]
    found = made.explored({**made.noise(4000), "day": day, "load": 40.0 * odd + random.normal(size=4000)}, "load")
    assert "seasonality" not in {one.kind for one in found.insights}


def test_six_years_of_months_are_enough(made: SimpleNamespace) -> None:
    random = np.random.default_rng(19)
    day = made.days(5000, span=2200)
    month = day.astype("datetime64[M]").astype(int) % 12
    columns = {**made.noise(5000), "day": day, "load": 1.5 * (month == 6) + random.normal(size=5000)}
    assert "in July" in made.the_one("seasonality", columns, "load", ("day",)).sentence


def test_months_that_differ_as_wholes_are_no_season(made: SimpleNamespace) -> None:
    told = 0
    for seed in range(8):
        random = np.random.default_rng([20, seed])
        day = made.days(4000, span=2200, seed=seed)
        month = day.astype("datetime64[M]").astype(int)
        load = random.normal(size=80)[month - month.min()] + random.normal(size=4000)
        told += any(one.kind == "seasonality" for one in made.explored({"day": day, "load": load}, "load").insights)
    assert told <= 1


def test_two_years_of_months_are_too_few_to_speak_of_months(made: SimpleNamespace) -> None:
    random = np.random.default_rng(18)
    found = made.explored({**made.noise(900), "day": made.days(900), "load": random.normal(size=900)}, "load")
    assert found.by_kind["seasonality"] == 7 * 6 // 2
