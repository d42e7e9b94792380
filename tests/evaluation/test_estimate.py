from __future__ import annotations

import json

import numpy as np

from journeyman.evaluation.estimate import Estimate, plain


def test_what_cannot_be_told_is_null():
    assert json.dumps(Estimate(np.nan, -np.inf, 2.0).as_data()) == '{"value": null, "low": null, "high": 2.0}'
    assert plain(np.float64(1.5)) == 1.5


def test_an_estimate_is_shown_with_its_interval():
    assert str(Estimate(0.41234567, 0.4, 0.5)) == "0.4123 [0.4, 0.5]"
