from __future__ import annotations

import pytest

from journeyman.simulation.company.company import Company
from journeyman.simulation.world import World


def test_parts_work_in_the_order_of_their_turns():
    company = Company(world=World(rows=30), parts=("satellites", "capacity", "payoffs", "incumbent"))
    assert [one["kind"] for one in company.truth] == ["incumbent", "payoffs", "capacity", "satellites"]
    assert "incumbent" in company.truth[1]["per_thousand"]


def test_the_rows_are_those_of_the_world():
    world = World(rows=40, plants=("leaks.too_good_column",))
    company = Company(world=world, parts=("deciders",))
    assert company.columns["closing_code"] == world.columns["closing_code"]
    assert company.columns[company.target] == world.columns[world.target]
    assert company.draw(7, stream=5).columns["closing_code"] == [None] * 7


def test_a_part_without_what_it_needs_is_refused():
    with pytest.raises(ValueError, match="add the part 'payoffs'"):
        _ = Company(world=World(rows=5), parts=("capacity",)).columns
    with pytest.raises(ValueError, match="need the policy 'deciders'"):
        _ = Company(world=World(rows=5), parts=("selective_outcomes",)).columns
    with pytest.raises(ValueError, match="there is no 'board'"):
        Company(world=World(), parts=("board",))
