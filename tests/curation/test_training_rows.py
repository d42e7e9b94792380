from __future__ import annotations

from dataclasses import replace

import numpy as np

from journeyman.curation.propose import Proposal
from journeyman.curation.training_rows import choice_in_words, judge_among, row_choices, same_choice
from journeyman.learners.constant import Constant
from journeyman.learners.linear import Linear
from journeyman.plan.cleaned import Cleaned
from journeyman.plan.distilled import Distilled
from journeyman.plan.recent import Recent
from journeyman.plan.target import Target
from journeyman.statistics.folds import Folds, make_folds

BASE = Proposal(plan=Linear(), name="linear", floor=False, weight=3, seconds=1.0)
FLOOR = Proposal(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.01)


def table(rows: int, *, forward: bool, flipped: float = 0.0) -> tuple[Target, Folds, np.ndarray]:
    random = np.random.default_rng(0)
    sure = np.where(random.uniform(size=rows) < 0.5, 0.02, 0.98)
    values = (sure > 0.5).astype(float)
    values = np.where(random.uniform(size=rows) < flipped, 1 - values, values)
    order = np.arange(rows) if forward else None
    target = Target(task="binary", values=values, classes=("no", "yes"), order=order)
    kind = "forward" if forward else "stratified"
    return target, make_folds(kind, 3, rows=rows, classes=target.codes, order=order), sure[:, None]


def test_windows_are_tried_forward_in_time_only() -> None:
    target, folds, answers = table(3000, forward=True)
    found = row_choices(BASE, answers, BASE, target, folds)
    assert [type(one.plan) for one in found] == [Recent, Recent]
    assert found[0].name == "linear, newest half of the rows"
    assert all(one.weight == BASE.weight + 1 for one in found)
    assert found[0].seconds < BASE.seconds < found[-1].seconds
    target, folds, answers = table(3000, forward=False)
    assert row_choices(BASE, answers, BASE, target, folds) == []


def test_where_labels_contradict_sure_answers_they_are_worth_a_trial() -> None:
    target, folds, answers = table(3000, forward=False, flipped=0.1)
    (found,) = row_choices(BASE, answers, BASE, target, folds)
    assert found.plan == Cleaned(inner=Linear(), judge=Linear())


def test_of_few_rows_nothing_is_proposed_nor_of_what_chose_already() -> None:
    target, folds, answers = table(300, forward=True, flipped=0.1)
    assert row_choices(BASE, answers, BASE, target, folds) == []
    target, folds, answers = table(3000, forward=True)
    again = row_choices(BASE, answers, BASE, target, folds)[0]
    assert row_choices(again, answers, BASE, target, folds) == []


def test_another_plan_on_rows_chosen_alike() -> None:
    other = Proposal(plan=Constant(), name="other", floor=False, weight=5, seconds=2.0)
    found = same_choice(other, Recent(inner=Linear(), share=0.25), BASE)
    assert found.plan == Recent(inner=Constant(), share=0.25)
    assert choice_in_words(found.plan) == "newest quarter of the rows"


def test_the_quickest_that_is_no_floor_judges() -> None:
    slow = Proposal(plan=Linear(), name="slow", floor=False, weight=5, seconds=9.0)
    assert judge_among([FLOOR, slow, BASE]) == BASE
    assert judge_among([FLOOR]) is None
    taught = replace(BASE, plan=Distilled(inner=BASE.plan, teacher=BASE.plan), seconds=0.0)
    assert judge_among([FLOOR, taught, slow, BASE]) == BASE
