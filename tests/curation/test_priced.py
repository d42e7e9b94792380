from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from journeyman.brief.aim import find_aim
from journeyman.brief.brief import Brief
from journeyman.curation.curate import Curation, curate
from journeyman.simulation.world import World
from journeyman.table.table import Table

Make = Callable[..., Table]


def curated(table_of: Make, **spec: Any) -> Curation:
    world = World(rows=1500, seed=2, **spec)
    columns = dict(world.columns)
    if "date" in columns:
        columns["date"] = np.array(columns["date"], "datetime64[D]")
    brief = Brief(predict=world.target)
    table = table_of(columns)
    return curate(table, brief, find_aim(table, brief), ())


def test_what_rows_at_random_would_promise_is_told_of_entities(table_of: Make) -> None:
    found = curated(table_of, task="regression", plants=("leaks.group:strong",))
    assert found.entity == "customer"
    (one,) = [one for one in found.findings if one.code == "groups"]
    assert one.cost is not None
    assert one.cost.ignored > one.cost.heeded + 0.2


def test_and_of_a_measurement_whose_rows_of_one_value_are_alike(table_of: Make) -> None:
    random = np.random.default_rng(6)
    who = random.integers(0, 250, 1200)
    rate = np.round(random.lognormal(3, 0.5, 250), 3)[who]
    spend = 2 * random.normal(size=250)[who] + random.normal(size=1200)
    table, brief = table_of({"rate": rate, "age": random.normal(size=1200), "spend": spend}), Brief(predict="spend")
    found = curate(table, brief, find_aim(table, brief), ())
    assert not found.entity
    (one,) = [one for one in found.findings if one.code == "groups"]
    assert one.cost is not None
    assert one.cost.ignored > 0.6
    assert one.cost.heeded < 0.1


def test_and_of_time(table_of: Make) -> None:
    found = curated(table_of, task="regression", plants=("leaks.time_travel:strong",))
    (one,) = [one for one in found.findings if one.code == "time_order"]
    assert (one.severity, one.columns) == ("info", ("date",))
    assert one.cost is not None
    assert one.cost.ignored > one.cost.heeded


def test_rows_that_stand_alone_cost_nothing(table_of: Make) -> None:
    assert curated(table_of, task="binary").findings == ()
    dated = curated(table_of, task="binary", dates=True)
    assert dated.folds.kind == "forward"
    assert dated.findings == ()
