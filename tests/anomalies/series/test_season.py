from __future__ import annotations

import numpy as np

from journeyman.anomalies.course import Course
from journeyman.anomalies.series.season import strangeness

AT = 3600.0 * np.arange(600)
RANDOM = np.random.default_rng(0)

SEASON = np.sin(2 * np.pi * AT / 86_400)


def test_a_value_that_is_common_but_not_at_that_time_is_found() -> None:
    values = SEASON + 0.1 * RANDOM.normal(size=600)
    values[300] = -SEASON[300] if abs(SEASON[300]) > 0.5 else 1.0
    found = strangeness(Course(AT, values))
    assert found is not None
    assert found.argmax() == 300


def test_the_week_is_taken_where_it_explains_more() -> None:
    weekend = (np.floor(AT / 86_400) % 7 >= 5).astype(float)
    at = 3600.0 * np.arange(24 * 7 * 6)
    weekend = (np.floor(at / 86_400) % 7 >= 5).astype(float)
    values = 5 * weekend + 0.1 * RANDOM.normal(size=len(at))
    values[24 * 3 + 5] = 5.0
    found = strangeness(Course(at, values))
    assert found is not None
    assert found.argmax() == 24 * 3 + 5


def test_a_series_of_few_days_or_of_one_value_a_day_has_no_time_of_day() -> None:
    assert strangeness(Course(AT[:48], SEASON[:48])) is None
    assert strangeness(Course(86_400.0 * np.arange(20), RANDOM.normal(size=20))) is None
