from __future__ import annotations

from pathlib import Path

import numpy as np

from journeyman.monitoring.alarm import Alarm
from journeyman.monitoring.bins import Bins
from journeyman.monitoring.effects import Effect
from journeyman.monitoring.monitored import Monitored
from journeyman.monitoring.reference import LossModel, Measure, Reference, Watched
from journeyman.report.monitor import headline, view_of, write_monitor
from journeyman.table.schema import Column


def monitored(*raised: Alarm) -> Monitored:
    watched = Watched(Bins("x", "number"), (1.0, 0, 0, 0), (1.0,) * 4, (1.0,) * 4, (1.0,) * 4)
    measures = (Measure("error", 0.0, 1.0, 0.1, 0.15), Measure("lost_payoff", -10.0, 20.0, -5.0, -4.0))
    reference = Reference(
        task="binary",
        classes=("no", "yes"),
        rows=100,
        columns=(watched,),
        answer=watched,
        measures=measures,
        estimated=measures[0],
        model=LossModel((0.0,), (0.0,)),
        estimate_error=0.0,
        strange=0.0,
        strange_limit=0.1,
        target=Column(name="y", kind="category"),
        payoff={"value": 5000.0, "low": 4500.0, "high": 5500.0},
        promise=None,
        certified={},
        codes=np.zeros((1, 1), np.uint8),
    )
    facts = {"batch": 2, "rows": 10, "known": 10, "estimated": 0.2, "estimated_low": 0.1, "estimated_high": 0.3}
    facts |= {"real_error": 0.25, "real_lost_payoff": -3.0}
    return Monitored(
        folder=Path("runs/<b>x"),
        name="<script>new",
        reference=reference,
        rows=10,
        new=10,
        outcomes=10,
        set_aside=0,
        batches=2,
        counted=20,
        raised=raised,
        evidence={"drift": 2.0, "real_performance": 500.0},
        facts=facts,
        drift=(Effect("<i>col", 0.3, "a < b", 0.4, 0.1, 0.02, 0.1, True, True),),
        told_apart=0.7,
        recent=({**facts, "batch": 1}, facts),
    )


def test_the_page_says_what_is_wrong_what_it_costs_and_what_to_do(tmp_path: Path) -> None:
    alarm = Alarm("real_performance", "alarm", "the error is 0.25", 500.0, "3,000 are earned", "retrain")
    page = write_monitor(monitored(alarm), tmp_path / "monitor.html").read_text("utf-8")
    for told in ("The model does worse than its build promised", "The error is 0.25", "3,000 are earned", "retrain"):
        assert told in page
    assert "concept drift" in page
    assert "500 to 1" in page
    assert "payoff per 1,000 rows, real" in page
    assert "<svg" in page


def test_nothing_from_data_is_markup(tmp_path: Path) -> None:
    page = write_monitor(monitored(), tmp_path / "monitor.html").read_text("utf-8")
    for told in ("<script>", "<i>col", "<b>x", "a < b"):
        assert told not in page
    assert "&lt;i&gt;col" in page


def test_the_headline_is_the_gravest() -> None:
    notice = Alarm("drift", "notice", "moved", 200.0, "", "")
    assert headline(monitored()).startswith("Nothing says")
    assert headline(monitored(notice)) == "Something has changed; no harm can be seen"
    view = view_of(monitored(notice))
    assert (view["state"], view["stamp"]) == ("pilot", "changed, no harm seen")
    assert [one["percent"] for one in view["budget"]] == ["18 %", "100 %"]
    assert view["real"][1] == {**view["real"][1], "name": "payoff per 1,000 rows", "value": 3000.0, "bound": "down to"}
