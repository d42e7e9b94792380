from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.company.capacity import Capacity
from journeyman.simulation.company.company import Company
from journeyman.simulation.company.payoffs import promises_of
from journeyman.simulation.world import World


@pytest.mark.parametrize("actions", [0, 50, 200, 1000])
def test_the_best_rule_is_brute_force(actions):
    company = Company(world=World(rows=20, law="trees"), parts=("payoffs", Capacity(actions=actions)))
    told = company.truth[-1]
    many = company.draw(40_000, stream=2)
    best = np.sort(promises_of(many)[0])[::-1][: 40 * actions]
    assert told["per_thousand"]["best"] == pytest.approx(1000 * best[best > 0].sum() / 40_000, abs=12)
    if actions == 1000:
        assert (told["price"], told["per_thousand"]["best"]) == (
            0.0,
            pytest.approx(company.truth[0]["per_thousand"]["best"]),
        )


def test_ties_share_what_is_left():
    company = Company(
        world=World(law="no_signal", rows=20), parts=({"kind": "payoffs", "wrong": -1.0}, Capacity(actions=100))
    )
    earned = company.truth[-1]["per_thousand"]
    assert earned["best"] == pytest.approx(100.0) == earned["by_chance"]
