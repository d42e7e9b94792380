from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from journeyman.insights.claim import average, correlation, share_beyond, share_of_rows, share_of_sum
from journeyman.insights.condition import bound, level_is, presence
from journeyman.insights.material import Outcome


def test_claims_count_what_they_say(made: SimpleNamespace) -> None:
    table = made.table({"x": [1.0, 2.0, 3.0, 4.0, None] * 8, "w": ["a", "a", "b", "b", "b"] * 8})
    x, w = table.schema["x"], table.schema["w"]
    mean = Outcome("x", "", None, np.empty(0))
    rate = Outcome("w", "a", "a", np.empty(0))
    assert average(table, mean).value == 2.5
    assert average(table, mean, (level_is(w, "b"),)).value == 3.5
    assert average(table, mean, (), (level_is(w, "b"),)).rows == 16
    assert average(table, rate, (bound(x, "up_to", 3.0),)).value == 2 / 3
    assert average(table, rate, (presence(x, is_missing=True),)).value == 0.0
    assert share_of_rows(table, "x", (bound(x, "above", 3.0),)).value == 0.25
    assert share_of_sum(table, "x", (bound(x, "above", 3.0),)).value == 0.4
    assert share_beyond(table, "x", bound(x, "above", 3.0), (level_is(w, "b"),)).value == 0.5
    assert correlation(table, rate, "x").value < -0.8
    assert np.isnan(average(table, mean, (bound(x, "above", 9.0),)).value)
