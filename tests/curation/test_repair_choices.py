from __future__ import annotations

import numpy as np

from journeyman.curation.propose import Proposal
from journeyman.curation.repair_choices import repair_choices
from journeyman.learners.lightgbm import LightGBM
from journeyman.learners.linear import Linear
from journeyman.plan.combine import Chain, Each
from journeyman.plan.repaired import Repaired
from journeyman.preparation.encode.rare_levels import RareLevels
from journeyman.preparation.encode.target_mean import TargetMean
from journeyman.statistics.folds import make_folds
from journeyman.table.columns import Columns, Strings

BASE = Proposal(plan=Linear(), name="linear", floor=False, weight=3, seconds=1.0)
ROWS = 900
FOLDS = make_folds("random", 3, rows=ROWS)


def columns(*, dirty: bool) -> Columns:
    random = np.random.default_rng(0)
    sizes = np.array(["small", "large"])[random.integers(0, 2, ROWS)].tolist()
    numbers = random.normal(size=(ROWS, 2))
    if dirty:
        sizes[:2] = ["samll", "larg e"]
        numbers[0, 0], numbers[::7, 1] = 1e6, np.nan
    return Columns.of(
        rows=ROWS, numbers=numbers, number_names=("a", "b"), words=[Strings.of(sizes)], word_names=("size",)
    )


def test_repairs_are_tried_where_columns_give_reason_and_nowhere_else() -> None:
    found = repair_choices(BASE, columns(dirty=True), FOLDS)
    assert [one.name for one in found] == [
        "linear, spelling variants joined",
        "linear, far numbers taken for missing",
        "linear, missing numbers estimated",
        "linear, rare levels joined",
    ]
    plans = [one.plan for one in found]
    assert all(isinstance(one, Repaired) and one.inner == BASE.plan for one in plans)
    assert isinstance(plans[1], Repaired)
    assert isinstance(plans[1].repair, Each)
    assert plans[1].repair.columns == ("a",)
    assert all(one.weight == BASE.weight + 1 for one in found)
    assert repair_choices(BASE, columns(dirty=False), FOLDS) == []


def test_what_a_plan_does_already_is_not_tried_again_nor_anything_of_few_rows() -> None:
    own = Proposal(plan=Chain(steps=(RareLevels(), Linear())), name="linear", floor=False, weight=3, seconds=1.0)
    names = [one.name for one in repair_choices(own, columns(dirty=True), FOLDS)]
    assert "linear, rare levels joined" not in names
    assert len(names) == 3
    few = make_folds("random", 3, rows=300)
    assert repair_choices(BASE, columns(dirty=True).take(np.arange(300)), few) == []


def test_no_number_is_changed_before_an_answer_that_must_rise_or_fall_with_it() -> None:
    plan = Chain(steps=(TargetMean(), LightGBM(rising=("a",))))
    base = Proposal(plan=plan, name="trees", floor=False, weight=9, seconds=1.0)
    names = [one.name for one in repair_choices(base, columns(dirty=True), FOLDS)]
    assert names == ["trees, spelling variants joined", "trees, rare levels joined"]
