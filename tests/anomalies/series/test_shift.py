from __future__ import annotations

import numpy as np

from journeyman.anomalies.course import Course
from journeyman.anomalies.series.shift import strangeness

AT = 3600.0 * np.arange(600)
RANDOM = np.random.default_rng(0)


def test_a_new_level_is_found_where_it_begins() -> None:
    values = RANDOM.normal(size=600)
    values[300:] += 6
    found = strangeness(Course(AT, values))
    assert found is not None
    assert abs(int(found.argmax()) - 300) <= 6
    assert (found[:12] == 0).all()
    assert (found[-12:] == 0).all()


def test_a_short_series_has_no_levels() -> None:
    assert strangeness(Course(AT[:30], RANDOM.normal(size=30))) is None
