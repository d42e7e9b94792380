from __future__ import annotations

import numpy as np

from journeyman.anomalies.course import Course
from journeyman.anomalies.series.level import strangeness

AT = 3600.0 * np.arange(600)
RANDOM = np.random.default_rng(0)


def test_the_farthest_value_is_the_strangest() -> None:
    values = RANDOM.normal(size=600)
    values[40] = -9.0
    found = strangeness(Course(AT, values))
    assert found is not None
    assert found.argmax() == 40
    assert found[40] > 8
