from __future__ import annotations

import pytest

from journeyman.simulation.company.company import Company
from journeyman.simulation.company.selective_outcomes import SelectiveOutcomes
from journeyman.simulation.world import World


@pytest.mark.parametrize("where", ["acted", "not_acted"])
def test_outcomes_are_known_where_one_decision_was_taken(where):
    parts = ({"kind": "deciders", "knows": 1.0}, SelectiveOutcomes(known_where=where))
    company = Company(world=World(rows=3000), parts=parts)
    known = {"acted": "approve", "not_acted": "reject"}[where]
    for cell, decision in zip(company.columns["outcome"], company.columns["decision"], strict=True):
        assert (cell is not None) == (decision == known)
    told = company.truth[-1]
    assert len(told["rows"]) == sum(cell is None for cell in company.columns["outcome"])
    misleads = told["level_known"] - told["level"]
    assert misleads > 0.1 if where == "acted" else misleads < -0.1
    assert None not in company.draw(40, stream=2).columns["outcome"]


def test_the_incumbent_selects_too():
    company = Company(world=World(rows=200), parts=("incumbent", SelectiveOutcomes(policy="incumbent")))
    assert company.columns["outcome"].count(None) == company.columns["today"].count("no")
