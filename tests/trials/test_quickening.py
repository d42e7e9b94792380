"""Where an answer may only take so long, a search tries smaller forms of what is too slow, and at last a student."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.curation.propose import Proposal
from journeyman.learners.catboost import CatBoost
from journeyman.learners.constant import Constant
from journeyman.learners.extra_trees import ExtraTrees
from journeyman.learners.lightgbm import LightGBM
from journeyman.learners.linear import Linear
from journeyman.learners.network import Network
from journeyman.plan.combine import Chain, Thin
from journeyman.plan.distilled import Distilled
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Columns
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.quickening import smaller
from journeyman.trials.row_time import RowLimit
from journeyman.trials.search import search
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial

PROPOSALS = (
    Proposal(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.001),
    Proposal(plan=LightGBM(rounds=300, rows_in_leaf=5), name="trees", floor=False, weight=10, seconds=0.1),
    Proposal(plan=ExtraTrees(trees=100), name="forest", floor=False, weight=12, seconds=0.2),
    Proposal(plan=Linear(), name="linear", floor=False, weight=3, seconds=0.005),
)


def tried(limit: float | None) -> list[Trial]:
    random = np.random.default_rng(0)
    numbers = random.uniform(-2, 2, size=(400, 3))
    values = np.sin(1.5 * numbers[:, 0]) * np.cos(1.5 * numbers[:, 1]) + 0.2 * random.normal(size=400)
    columns = Columns.of(rows=400, numbers=numbers, number_names=("a", "b", "c"))
    data = TrainingData(columns, Target(task="regression", values=values), make_folds("random", 3, rows=400))
    here = Here()
    here.open(data)
    laboratory = LaboratoryHere(here, data, metric_named("rmse"))
    laboratory.row_limit = None if limit is None else RowLimit(limit, "counted")
    return search(laboratory, PROPOSALS, deadline=None, trials=3)


def test_without_a_limit_and_with_a_generous_one_nothing_is_added() -> None:
    names = [one.name for one in tried(None)]
    generous = tried(1.0)
    assert [one.name for one in generous] == names
    assert all(one.row_seconds is not None and one.row_seconds < 1 for one in generous if one.status == "done")


def test_what_is_too_slow_has_a_smaller_form() -> None:
    trials = {one.name: one for one in tried(5e-6)}
    small, large = trials["trees, smaller"], trials["trees"]
    assert small.status == "done"
    assert small.row_seconds is not None
    assert large.row_seconds is not None
    assert small.row_seconds < 5e-6 < large.row_seconds
    assert not [one for one in trials.values() if isinstance(one.plan, Distilled)], "the slow ones know no more"


def test_what_is_fast_learns_from_what_is_slow_and_knows_more() -> None:
    (student,) = [one for one in tried(1e-7) if isinstance(one.plan, Distilled)]
    assert student.name == "linear, taught by the best"
    assert student.row_seconds is not None
    assert student.row_seconds <= 1e-7, "it is as fast as what it is without a teacher"
    assert isinstance(student.plan, Distilled)
    assert student.plan.teacher == PROPOSALS[1].plan


@pytest.mark.parametrize(
    ("plan", "share", "trees", "expected"),
    [
        (LightGBM(rounds=2000, rate=0.03, patience=50, parts=3), 0.5, 300, {"rounds": 150, "parts": 1, "rate": 0.03}),
        (LightGBM(rounds=400, rate=0.05), 0.25, 400, {"rounds": 100, "rate": 0.2}),
        (LightGBM(rounds=400, rate=0.2), 0.1, 400, {"rounds": 40, "rate": 0.3}),
        (LightGBM(rounds=400), 0.01, 400, None),
        (ExtraTrees(trees=100), 0.3, 100, {"trees": 30}),
        (ExtraTrees(trees=100), 0.05, 100, None),
        (CatBoost(rounds=500), 0.1, 500, {"rounds": 50}),
        (Network(hidden=(64, 32), members=4), 0.25, 0, {"members": 1, "hidden": (64, 32)}),
        (Network(hidden=(64, 32), members=1), 0.25, 0, {"members": 1, "hidden": (32, 16)}),
        (Network(hidden=(64, 32), members=1), 0.01, 0, None),
        (Linear(), 0.5, 0, None),
    ],
)
def test_learners_become_smaller_in_their_own_way(
    plan: Step, share: float, trees: int, expected: dict[str, object] | None
) -> None:
    found = smaller(plan, share, trees, 1)
    if expected is None:
        assert found is None
    else:
        assert {name: getattr(found, name) for name in expected} == expected


def test_what_stands_around_a_learner_stays() -> None:
    plan = Thin(inner=Chain(steps=(Linear(), ExtraTrees(trees=40))), rows=50)
    assert smaller(plan, 0.5, 40, 1) == Thin(inner=Chain(steps=(Linear(), ExtraTrees(trees=20))), rows=50)
