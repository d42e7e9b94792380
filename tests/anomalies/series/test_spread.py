from __future__ import annotations

import numpy as np

from journeyman.anomalies.course import Course
from journeyman.anomalies.series.spread import strangeness

AT = 3600.0 * np.arange(600)
RANDOM = np.random.default_rng(0)


def test_more_noise_and_none_are_both_strange() -> None:
    values = RANDOM.normal(size=600)
    values[100:130] *= 6
    values[400:430] = 0.5
    found = strangeness(Course(AT, values))
    assert found is not None
    assert found[105:125].min() > np.quantile(found, 0.8)
    assert found[410:420].min() > np.quantile(found, 0.9)
    assert np.isfinite(found).all()
