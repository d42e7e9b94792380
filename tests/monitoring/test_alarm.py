from __future__ import annotations

import json

from journeyman.monitoring.alarm import ALARM_RATE, Alarm, threshold


def test_all_kinds_together_stay_within_the_rate_that_is_promised() -> None:
    for kinds in (1, 5, 9):
        assert kinds / threshold(kinds) < ALARM_RATE


def test_an_alarm_is_data() -> None:
    alarm = Alarm("drift", "notice", "it moved", 200.0, "nothing", "nothing", ("a",), {"share": 0.1})
    assert json.loads(json.dumps(alarm.as_data()))["columns"] == ["a"]
