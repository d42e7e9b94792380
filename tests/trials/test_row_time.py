from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from journeyman.bundle.write import express
from journeyman.errors import PlanError
from journeyman.learners.constant import Constant
from journeyman.learners.extra_trees import ExtraTrees
from journeyman.learners.lightgbm import LightGBM
from journeyman.learners.linear import Linear
from journeyman.learners.network import Network
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.statistics.folds import make_folds
from journeyman.table.columns import Columns
from journeyman.trials.here import Here
from journeyman.trials.pool import Job
from journeyman.trials.row_time import RowTimer, around_seconds, parts_of
from journeyman.trials.shared import TrainingData


def table(rows: int = 300) -> TrainingData:
    random = np.random.default_rng(0)
    numbers = random.normal(size=(rows, 3))
    target = Target(task="regression", values=numbers[:, 0] * numbers[:, 1] + random.normal(size=rows))
    columns = Columns.of(rows=rows, numbers=numbers, number_names=("a", "b", "c"))
    return TrainingData(columns, target, make_folds("random", 3, rows=rows))


def timed(plan: Step, way: str) -> list[float]:
    data = table()
    found: list[float] = RowTimer(data).time(plan, plan.fit(data.columns, data.target), way).tolist()
    return found


@pytest.mark.parametrize("way", ["counted", "measured"])
def test_more_trees_take_longer_and_always_the_same_answer_takes_nothing(way: str) -> None:
    few, many = timed(LightGBM(rounds=5), way), timed(LightGBM(rounds=900, rows_in_leaf=2), way)
    assert (few[1], many[1]) == (5, 900)
    assert few[0] < many[0] < 0.05
    assert timed(Constant(), way)[0] < few[0] + 1e-5


def test_counts_are_the_same_again_and_hold_no_clock() -> None:
    for plan in (Linear(), ExtraTrees(trees=20)):
        assert timed(plan, "counted") == timed(plan, "counted")
    assert around_seconds(30) > around_seconds(3) > 0


def test_every_weight_of_a_network_counts_though_it_is_cast_first() -> None:
    data, network = table(), Network(hidden=(24, 16), members=2, rounds=1, pieces=0)
    state = network.fit(data.columns, data.target)
    weights = sum(layer.size for name, layer in state.items() if name.startswith("layer") and layer.shape[1] > 1)
    assert parts_of(express(network, state, data.columns))["cells"] >= weights == 2 * (3 * 24 + 24 * 16 + 16)
    wide = Network(hidden=(240, 160), members=2, rounds=1, pieces=0)
    assert timed(wide, "counted")[0] > timed(network, "counted")[0] + 1e-6


def test_what_cannot_be_expressed_takes_forever() -> None:
    class Silent(Constant):
        """Says nothing to a graph."""

        def express(self, state: Any, graph: Any, wires: Any) -> Any:
            raise PlanError("no")

    assert timed(Silent(), "counted")[0] == np.inf


def test_a_worker_tells_the_time_only_where_it_is_asked() -> None:
    here, data = Here(), table()
    here.open(data)
    from journeyman.plan.data import to_data

    here.give(Job(to_data(Linear()), 1))
    assert set(here.wait(0)[0].arrays) == {"fold_1"}
    here.give(Job(to_data(Linear()), 1, timed="counted"))
    (outcome,) = here.wait(0)
    assert set(outcome.arrays) == {"fold_1", "row_1"}
    assert outcome.arrays["row_1"].shape == (2,)
