from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import journeyman.job.monitor as room
from journeyman.cli.main import main
from journeyman.monitoring.alarm import Alarm
from journeyman.monitoring.bins import Bins
from journeyman.monitoring.monitored import Monitored
from journeyman.monitoring.reference import LossModel, Measure, Reference, Watched
from journeyman.table.schema import Column

ALARM = Alarm("drift", "alarm", "rows come from elsewhere", 500.0, "5,000 per 1,000 rows", "look where from")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    watched = Watched(Bins("x", "number"), (1.0, 0, 0, 0), (1.0,) * 4, (1.0,) * 4, (1.0,) * 4)
    measure = Measure("error", 0.0, 1.0, 0.1, 0.15)
    reference = Reference(
        task="binary",
        classes=("no", "yes"),
        rows=100,
        columns=(watched,),
        answer=watched,
        measures=(measure,),
        estimated=measure,
        model=LossModel((0.0,), (0.0,)),
        estimate_error=0.0,
        strange=0.0,
        strange_limit=0.1,
        target=Column(name="y", kind="category"),
        payoff=None,
        promise=None,
        certified={},
        codes=np.zeros((1, 1), np.uint8),
    )
    found = Monitored(
        folder=Path("runs/x-1"),
        name="new",
        reference=reference,
        rows=10,
        new=4,
        outcomes=3,
        set_aside=0,
        batches=2,
        counted=14,
        raised=(ALARM,),
        evidence={"drift": 500.0},
        facts={"known": 3, "estimated": 0.2, "estimated_low": 0.1, "estimated_high": 0.3, "real_error": 0.25},
        drift=(),
        told_apart=None,
        recent=(),
    )
    told: dict[str, Any] = {"found": found}

    def monitor(run: str, source: str, **options: Any) -> Monitored:
        told.update(run=run, source=source, options=options)
        return told["found"]

    monkeypatch.setattr(room, "monitor", monitor)
    return told


def test_what_was_seen_is_told_with_its_price_and_what_to_do(
    asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["monitor", "runs/x-1", "new.csv", "--outcome", "y", "--when", "day"]) == 0
    assert (asked["run"], asked["source"]) == ("runs/x-1", "new.csv")
    assert (asked["options"]["outcome"], asked["options"]["when"]) == ("y", "day")
    said = capsys.readouterr().out
    assert "10 rows, 6 were counted before, 3 new outcomes" in said
    assert "error 0.2 [0.1, 0.3], 0.1 at the build; it cannot see concept drift" in said
    assert "error 0.25 in 3 rows" in said
    assert "ALARM     rows come from elsewhere" in said
    assert "at stake: 5,000 per 1,000 rows" in said
    assert "do: look where from" in said


def test_with_a_gate_an_alarm_is_four_and_a_notice_is_none(
    asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["monitor", "runs/x-1", "new.csv", "--gate", "--quiet"]) == 4
    assert "because: rows come from elsewhere" in capsys.readouterr().err
    asked["found"] = replace(asked["found"], raised=(replace(ALARM, severity="notice"),))
    assert main(["monitor", "runs/x-1", "new.csv", "--gate", "--quiet"]) == 0


def test_with_json_one_document_is_printed(asked: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["monitor", "runs/x-1", "new.csv", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["format"], document["status"]) == (1, "done")
    assert document["alarms"][0]["price"] == "5,000 per 1,000 rows"
    assert document["rows"] == {"given": 10, "new": 4, "outcomes": 3, "set_aside": 0}
