from __future__ import annotations

import numpy as np

from journeyman.bundle.known import Known, learn_known
from journeyman.plan.target import Target
from journeyman.table.columns import Columns
from journeyman.table.schema import Column

FEATURES = (Column(name="x", kind="number"),)


def rows(count: int) -> Columns:
    return Columns.of(rows=count, numbers=np.random.default_rng(0).normal(size=(count, 1)), number_names=["x"])


def test_people_are_kept_only_where_that_is_asked_for() -> None:
    target = Target(task="regression", values=np.arange(200.0))
    known = learn_known(rows(200), FEATURES, seed=0)
    assert known.cases is None
    assert known.novelty is not None
    assert known.background is not None
    asked = learn_known(rows(200), FEATURES, seed=0, cases_of=target)
    assert asked.cases is not None
    assert (asked.novelty, asked.background) == (known.novelty, known.background)


def test_of_no_rows_nothing_is_known_and_of_few_not_what_is_strange() -> None:
    assert learn_known(rows(0), FEATURES, seed=0) == Known()
    few = learn_known(rows(5), FEATURES, seed=0)
    assert few.novelty is None
    assert few.background is not None
