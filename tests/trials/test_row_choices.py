"""A search tries choices of training rows, whatever its clock."""

from __future__ import annotations

import time

import numpy as np
import pytest

from journeyman.curation.propose import Proposal
from journeyman.learners.constant import Constant
from journeyman.learners.lightgbm import LightGBM
from journeyman.learners.linear import Linear
from journeyman.plan.combine import Chain, Thin
from journeyman.plan.recent import Recent
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.preparation.encode.target_mean import TargetMean
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Columns, Strings
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.race import Race
from journeyman.trials.row_choices import RowChoices
from journeyman.trials.search import search
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial
from journeyman.trials.twins import rows_tried

PROPOSALS = (
    Proposal(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.001),
    Proposal(plan=Linear(), name="linear", floor=False, weight=3, seconds=0.005),
)


def forward(change: float, rows: int = 2400) -> TrainingData:
    """A slope that turns at half of the time; the first half of it is never scored."""
    random = np.random.default_rng(0)
    numbers = random.normal(size=(rows, 1))
    slope = np.where(np.arange(rows) < 0.4 * rows, 1.0 + change, 1.0)
    order = np.arange(rows)
    target = Target(
        task="regression", values=slope * numbers[:, 0] + 0.3 * random.normal(size=rows), order=order,
        fold_kind="forward",
    )  # fmt: skip
    folds = make_folds("forward", 3, rows=rows, order=order, first=0.5)
    return TrainingData(Columns.of(rows=rows, numbers=numbers, number_names=("a",)), target, folds)


@pytest.mark.parametrize("seconds", [None, 60.0])
@pytest.mark.parametrize("change", [0.0, -3.0])
def test_a_window_is_taken_where_the_law_has_changed_and_only_there(change: float, seconds: float | None) -> None:
    data = forward(change)
    here = Here()
    here.open(data)
    laboratory = LaboratoryHere(here, data, metric_named("rmse"))
    deadline = None if seconds is None else time.monotonic() + seconds
    trials = search(laboratory, PROPOSALS, deadline=deadline, trials=None if seconds else 1)
    windows = [one for one in trials if isinstance(one.plan, Recent)]
    assert len(windows) == 3
    assert all(one.status == "done" for one in windows)
    accepted = [one for one in rows_tried(trials, laboratory.metric, data.target, data.folds) if one.accepted]
    assert bool(accepted) is (change != 0.0)


def test_each_plan_is_asked_once_and_nothing_more_where_nothing_paid() -> None:
    data = forward(0.0)
    here = Here()
    here.open(data)
    laboratory = LaboratoryHere(here, data, metric_named("rmse"))
    trials = search(laboratory, PROPOSALS, deadline=None, trials=1)
    assert len({one.key for one in trials}) == len(trials) == 5


@pytest.mark.parametrize("change", [0.0, -3.0])
def test_what_has_paid_is_put_before_the_best_form_of_each_learner(change: float) -> None:
    data = forward(change)
    here = Here()
    here.open(data)
    laboratory = LaboratoryHere(here, data, metric_named("rmse"))
    proposals = [
        *PROPOSALS,
        *(
            Proposal(plan=LightGBM(rounds=rounds, leaves=4), name=f"trees {rounds}", floor=False, weight=9, seconds=0.1)
            for rounds in (20, 80)
        ),
    ]
    trials = search(laboratory, proposals, deadline=None, trials=3)
    chosen = {one.plan.inner for one in trials if isinstance(one.plan, Recent)}
    assert sorted(type(plan).__name__ for plan in chosen) == (["LightGBM", "Linear"] if change else ["Linear"])


def race_of(scores: dict[Step, float]) -> Race:
    """A race in which all of some plans have finished, with errors of such a size."""
    data = forward(0.0)
    noise = np.random.default_rng(5).normal(size=2400)
    here = Here()
    here.open(data)
    proposals = [Proposal(plan=plan, name=str(plan), floor=False, weight=3, seconds=0.01) for plan in scores]
    race = Race(LaboratoryHere(here, data, metric_named("rmse")), proposals)
    for place, (plan, score) in enumerate(scores.items()):
        race.begin(place).trial = Trial(
            plan=plan,
            name=str(plan),
            key=str(place),
            status="done",
            answers=(data.target.values + score * noise)[:, None],
            scores=(score, score, score),
        )
    return race


def test_forms_of_few_rows_do_not_hide_the_first_model_of_all() -> None:
    race = race_of({Linear(): 1.0, Thin(inner=Linear(pieces=8), rows=100): 0.9})
    due = RowChoices().due(race)
    assert {one.plan.inner for one in due if isinstance(one.plan, Recent)} == {Linear()}


def test_what_has_paid_with_the_first_is_put_before_a_better_one_that_it_does_not_beat() -> None:
    race = race_of({Linear(): 1.0})
    choices = RowChoices()
    windows = choices.due(race)
    half = next(one for one in windows if isinstance(one.plan, Recent) and one.plan.share == 0.5)
    later = race_of({Linear(): 1.0, half.plan: 0.8, LightGBM(rounds=10): 0.7})
    assert [one.plan for one in choices.due(later)] == [Recent(inner=LightGBM(rounds=10), share=0.5)]


def slipped(share: float, rows: int = 1500) -> TrainingData:
    """Levels that say all there is to know, of which hands wrote a share with a letter too many."""
    random = np.random.default_rng(1)
    levels = [f"{first}{last}" for first in ("spring", "green", "river") for last in ("field", "ville", "wood", "port")]
    codes = random.integers(0, len(levels), rows)
    values = random.normal(size=len(levels))[codes] + 0.3 * random.normal(size=rows)
    places = random.integers(1, 6, rows)
    wrong = random.uniform(size=rows) < share
    cells = [
        level[:place] + level[place] * int(random.integers(2, 4)) + level[place + 1 :] if is_wrong else level
        for level, place, is_wrong in zip((levels[code] for code in codes), places, wrong, strict=True)
    ]
    columns = Columns.of(rows=rows, words=[Strings.of(cells)], word_names=("town",))
    return TrainingData(columns, Target(task="regression", values=values), make_folds("random", 3, rows=rows))


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_a_repair_is_taken_where_hands_slipped_and_only_there(share: float) -> None:
    data = slipped(share)
    here = Here()
    here.open(data)
    laboratory = LaboratoryHere(here, data, metric_named("rmse"))
    plan = Chain(steps=(TargetMean(), Linear()))
    proposals = (PROPOSALS[0], Proposal(plan=plan, name="linear", floor=False, weight=3, seconds=0.005))
    trials = search(laboratory, proposals, deadline=None, trials=1)
    accepted = [one for one in rows_tried(trials, laboratory.metric, data.target, data.folds) if one.accepted]
    assert [one.choice for one in accepted] == (["spelling variants joined"] if share else [])
