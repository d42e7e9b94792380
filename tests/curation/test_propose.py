from __future__ import annotations

import numpy as np

from journeyman.curation.propose import FIRST_ROWS, FLOOR_ROWS, answering, plan_for, propose
from journeyman.learners.learner import Candidate, Learner
from journeyman.plan import needs
from journeyman.plan.combine import Chain, Thin
from journeyman.plan.target import Target
from journeyman.table.columns import Columns, Strings


def columns(*, words: bool, rows: int = 40) -> Columns:
    colour = [Strings.of(["a", "b"] * (rows // 2))] if words else []
    return Columns.of(
        rows=rows, numbers=np.arange(rows, dtype=float)[:, None], number_names=("x",),
        words=colour, word_names=("colour",) if words else (),
    )  # fmt: skip


def test_floors_come_first_and_simplest_first_and_every_need_is_answered() -> None:
    target = Target(task="binary", values=np.arange(40) % 2.0, classes=("n", "y"))
    found = propose(columns(words=True), target)
    floors = [one.floor for one in found]
    assert floors == sorted(floors, reverse=True)
    weights = [one.weight for one in found if one.floor]
    assert weights == sorted(weights)
    assert sum(floors) >= 3
    assert len({one.name for one in found}) == len(found)


def test_a_plan_brings_about_what_its_learner_needs_in_order() -> None:
    candidate = Candidate(
        name="any", learner=Learner(), needs=(needs.LIKE_SCALES, needs.NOTHING_MISSING, needs.WORDS_AS_INDICATORS)
    )
    plan = plan_for(candidate, columns(words=True))
    assert isinstance(plan, Chain)
    assert [step.answers for step in plan.steps[:-1]] == [
        needs.WORDS_AS_INDICATORS, needs.NOTHING_MISSING, needs.LIKE_SCALES,
    ]  # fmt: skip
    without = plan_for(candidate, columns(words=False))
    assert isinstance(without, Chain)
    assert len(without.steps) == 3


def test_every_need_has_a_step_on_the_shelf() -> None:
    for need in needs.ORDER:
        assert answering(need).answers == need


def test_floors_learn_from_fewer_rows_where_time_is_short() -> None:
    rows = 60_000
    wide = Columns.of(rows=rows, numbers=np.zeros((rows, 60)), number_names=[f"x{place}" for place in range(60)])
    target = Target(task="regression", values=np.arange(float(rows)))
    linear, hurried = (
        next(one for one in propose(wide, target, "rmse", seconds) if one.name == "linear model")
        for seconds in (None, 5.0)
    )
    assert hurried.seconds < linear.seconds
    assert isinstance(hurried.plan, Thin)
    assert hurried.plan.rows >= FLOOR_ROWS


def test_where_time_is_short_the_quickest_is_tried_on_fewer_rows_first() -> None:
    rows = 60_000
    wide = Columns.of(rows=rows, numbers=np.zeros((rows, 60)), number_names=[f"x{place}" for place in range(60)])
    target = Target(task="multiclass", values=np.arange(rows) % 20.0, classes=tuple(map(str, range(20))))
    first = next(one for one in propose(wide, target, "log_loss", 20.0) if not one.floor)
    assert isinstance(first.plan, Thin)
    assert FIRST_ROWS <= first.plan.rows < rows / 2
    assert first.name.endswith(", on fewer rows")
    for found in (
        propose(wide, target, "log_loss"),
        propose(wide.take(range(300)), target.take(np.arange(300)), "", 20.0),
    ):
        assert not any(one.name.endswith("on fewer rows") for one in found)


def test_a_twin_has_one_optional_need_more_and_comes_with_its_form() -> None:
    rows = 400
    columns = Columns.of(rows=rows, numbers=np.random.default_rng(0).normal(size=(rows, 2)), number_names=("a", "b"))
    found = propose(columns, Target(task="regression", values=columns.numbers[:, 0]), "rmse")
    assert not any(one.name.endswith("combined") for one in found)
    quick = next(one for one in found if one.name == "boosted trees, quick")
    assert [one.name for one in quick.twins] == [f"{quick.name}, columns combined", f"{quick.name}, levels combined"]
    assert all(one.weight > quick.weight and one.seconds > quick.seconds and not one.twins for one in quick.twins)
    assert len({one.plan for one in (quick, *quick.twins)}) == 3
