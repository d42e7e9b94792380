from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.company.company import Company
from journeyman.simulation.company.satellites import Satellites
from journeyman.simulation.world import World


@pytest.mark.parametrize("stream", [1, 5])
def test_a_join_as_told_brings_back_what_the_world_had(stream):
    world = World(rows=200, seed=3)
    company = Company(world=world, parts=(Satellites(useful=2),))
    cases = company.draw(200, stream=stream, plain=stream != 1)
    full = world.draw(200, stream=stream, plain=stream != 1).columns
    tables = company.truth[0]["tables"]
    assert sorted(one["is"] for one in tables.values()) == ["events", "noise", "useful", "useful"]
    decided = dict(zip(cases.columns["case_id"], cases.columns["decided_on"], strict=True))
    for name, told in tables.items():
        table = cases.tables[name]
        if told["is"] == "useful":
            held = dict(zip(table["case_id"], table[told["column"]], strict=True))
            np.testing.assert_array_equal([held[one] for one in cases.columns["case_id"]], full[told["column"]])
            assert told["column"] not in cases.columns
        if told["is"] == "events":
            sums: dict[str, float] = {}
            for one, at, amount in zip(table["case_id"], table["at"], table["amount"], strict=True):
                if at < decided[one]:
                    sums[one] = sums.get(one, 0.0) + amount
            moved = told["use"].split()[0]
            np.testing.assert_allclose([sums.get(one, np.nan) for one in cases.columns["case_id"]], full[moved])


def test_events_after_the_decision_know_the_outcome():
    company = Company(world=World(rows=300), parts=("satellites",))
    (name,) = [name for name, told in company.truth[0]["tables"].items() if told["is"] == "events"]
    table = company.tables[name]
    decided = dict(zip(company.columns["case_id"], company.columns["decided_on"], strict=True))
    late = {one for one, at in zip(table["case_id"], table["at"], strict=True) if at >= decided[one]}
    came = zip(company.columns["case_id"], company.columns["outcome"], strict=True)
    assert late == {one for one, cell in came if cell == "yes"}


def test_too_few_numbers_are_refused():
    with pytest.raises(ValueError, match="need 5 numbers"):
        _ = Company(world=World(rows=5, numbers=4), parts=(Satellites(useful=2),)).columns
