"""What holds for every part of a company, whatever the task."""

from __future__ import annotations

import json

import numpy as np
import pytest

from journeyman.simulation.company.company import Company
from journeyman.simulation.company.part import DECIDED, Part, event, merit, with_decision_date
from journeyman.simulation.kinds import kinds
from journeyman.simulation.world import World

#: Parts, with those that they need.
NEEDS = {"capacity": ("payoffs",), "selective_outcomes": ("deciders",)}


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
@pytest.mark.parametrize("name", kinds("company", Part))
def test_a_part_gives_columns_tables_and_a_truth_that_is_json(name, task):
    company, again = (
        Company(world=World(task=task, rows=120, seed=3), parts=(*NEEDS.get(name, ()), name)) for _ in range(2)
    )
    new = company.draw(50, stream=5)
    assert list(new.columns) == list(company.columns)
    assert list(company.columns)[-1] == company.target
    for column, cells in company.columns.items():
        assert (len(cells), len(new.columns[column])) == (120, 50)
        assert isinstance(cells, list) or cells.dtype == np.float64
        np.testing.assert_array_equal(np.asarray(cells), np.asarray(again.columns[column]))
    for table in company.tables.values():
        assert len({len(cells) for cells in table.values()}) == 1
    assert json.loads(json.dumps(company.truth)) == list(company.truth)
    told = company.truth[-1]
    assert told["kind"] == name
    assert set(told["columns"]) <= set(company.columns)
    assert Company.from_data(json.loads(json.dumps(company.as_data()))) == company


def test_merit_is_standard_and_nothing_without_signal():
    cases = Company(world=World(), parts=()).draw(20_000, stream=7)
    assert (merit(cases).mean(), merit(cases).std()) == (pytest.approx(0, abs=0.05), pytest.approx(1, abs=0.05))
    nothing = Company(world=World(law="no_signal"), parts=()).draw(9, stream=7)
    assert (merit(nothing) == 0).all()


def test_the_event_of_a_number_is_that_it_came_out_high():
    world = World(task="regression")
    draft = world.draft(2000, stream=3, plain=True)
    assert event(draft, world.scene("x")).mean() == pytest.approx(0.5, abs=0.05)


def test_the_day_of_decision_is_that_of_the_row_where_there_is_one():
    world = World(dates=True, rows=30)
    cases = Company(world=world, parts=()).cases
    dated, time = with_decision_date(cases, world.scene("x"))
    assert dated.columns[DECIDED] == world.columns["date"]
    assert with_decision_date(dated, world.scene("x"))[0].columns == dated.columns
    plain = Company(world=World(rows=30), parts=()).cases
    _, drawn = with_decision_date(plain, World(rows=30).scene("x"))
    assert (drawn.min() >= 0, drawn.max() <= 1, len(time)) == (True, True, 30)
