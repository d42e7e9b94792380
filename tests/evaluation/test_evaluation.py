from __future__ import annotations

import numpy as np

from journeyman.evaluation.calibration import CalibrationBin
from journeyman.evaluation.cost_range import CostRange
from journeyman.evaluation.estimate import Estimate, plain
from journeyman.evaluation.evaluation import Beside
from journeyman.evaluation.standing import Standing


def test_what_cannot_be_told_is_null():
    assert Estimate(np.nan, np.nan, np.nan).as_data() == {"value": None, "low": None, "high": None}
    assert plain(np.float64(2.5)) == 2.5
    assert plain(np.inf) is None


def test_an_estimate_reads_well():
    assert str(Estimate(0.84812, 0.836, 0.86)) == "0.8481 [0.836, 0.86]"


def test_parts_are_plain_data():
    line = Standing(rank=1, tie=1, name="x", score=np.nan, low=0.0, high=1.0, seconds=1.23456, floor=True)
    assert line.as_data()["score"] is None
    assert line.as_data()["seconds"] == 1.235
    assert CalibrationBin(0.1, 0.2, 30).as_data() == {"predicted": 0.1, "observed": 0.2, "rows": 30}
    assert CostRange("act", "yes", 3.0, 1.0, None).as_data()["high"] is None
    one = Estimate(1.0, 0.0, 2.0)
    assert Beside("doing nothing", one, one, np.nan).as_data()["probability"] is None
