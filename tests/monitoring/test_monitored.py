from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from journeyman.monitoring.alarm import Alarm
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.monitored import Monitored
from journeyman.monitoring.reference import Reference
from journeyman.monitoring.watch import facts_of


def monitored(reference: Reference, raised: tuple[Alarm, ...], facts: dict[str, Any] | None) -> Monitored:
    return Monitored(
        folder=Path("runs/a"),
        name="new",
        reference=reference,
        rows=2,
        new=2,
        outcomes=0,
        set_aside=0,
        batches=1,
        counted=2,
        raised=raised,
        evidence={"drift": 1.0},
        facts=facts,
        drift=(),
        told_apart=None,
        recent=(),
    )


def test_alarms_and_notices_are_told_apart(small: Reference) -> None:
    alarm = Alarm("drift", "alarm", "it <moved>", 500.0, "much", "look")
    found = monitored(small, (alarm, Alarm("novelty", "notice", "new", 200.0, "", "")), None)
    assert [one.kind for one in found.alarms] == ["drift"]
    assert found.sentence.startswith("1 alarm, 1 notice; 2 rows in 1 batch ")
    assert "it <moved>" in repr(found)
    assert "&lt;moved&gt;" in found._repr_html_()


def test_all_of_it_is_json(small: Reference, rows_of: Callable[..., Batch]) -> None:
    rows = rows_of([1.0, 2.0], [1.5, 2.5])
    data = monitored(small, (), {**facts_of(small, rows, rows), "batch": 1}).as_data()
    told = json.loads(json.dumps(data, allow_nan=False))
    assert told["real"][0]["value"] == 0.5
    assert "concept drift" in told["estimated"]["warning"]
    assert told["estimated"]["low"] <= told["estimated"]["value"] <= told["estimated"]["high"]
    assert monitored(small, (), None).as_data()["real"] == []
