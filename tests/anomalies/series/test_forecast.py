from __future__ import annotations

import numpy as np

from journeyman.anomalies.course import Course
from journeyman.anomalies.series.forecast import strangeness

AT = 3600.0 * np.arange(600)
RANDOM = np.random.default_rng(0)


def test_a_jump_is_not_announced_and_a_slow_rise_is() -> None:
    walk = np.cumsum(0.1 * RANDOM.normal(size=600)) + np.linspace(0, 10, 600)
    walk[400] += 5
    found = strangeness(Course(AT, walk))
    assert found is not None
    assert found.argmax() in (400, 401)
    assert (found[:12] == 0).all()


def test_too_few_values_cannot_be_forecast() -> None:
    assert strangeness(Course(AT[:20], RANDOM.normal(size=20))) is None
