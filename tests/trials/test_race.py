from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from journeyman.curation.propose import Proposal
from journeyman.learners.best_rule import BestRule
from journeyman.learners.constant import Constant
from journeyman.plan.target import Target
from journeyman.plan.teacher import Teacher
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.journal import Journal
from journeyman.table.columns import Columns, Numbers
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.race import Race
from journeyman.trials.shared import TrainingData

PROPOSALS = (
    Proposal(plan=BestRule(), name="rule", floor=False, weight=1, seconds=0.01),
    Proposal(plan=Constant(), name="constant", floor=False, weight=0, seconds=0.01),
)


@pytest.fixture
def race(training: Callable[..., TrainingData], tmp_path: Path) -> Race:
    nobody: Any = SimpleNamespace()
    metric = metric_named("roc_auc")
    return Race(Laboratory(nobody, training(), Journal(tmp_path / "j.jsonl"), tmp_path / "t", metric), PROPOSALS)


def answer(race: Race, place: int, noise: float, folds: int = 3) -> None:
    """Answers to some folds that are the truth behind noise."""
    data = race.laboratory.data
    random = np.random.default_rng(place)
    for fold in range(folds):
        rows = data.folds.scored(fold)
        race.take(place, fold, (data.target.values[rows] + noise * random.normal(size=len(rows)))[:, None], 0.5)


def test_a_candidate_is_done_with_its_last_fold(race: Race) -> None:
    race.begin(0)
    answer(race, 0, 0.1, folds=2)
    assert race.is_open(0)
    assert race.best() is None
    answer(race, 0, 0.1)
    trial = race.best()
    assert trial is not None
    assert (trial.status, len(trial.scores)) == ("done", 3)
    assert np.isfinite(trial.answers).all()
    assert trial.refit_seconds > 0


def test_what_is_closed_takes_no_more_folds(race: Race) -> None:
    race.begin(0)
    race.finish(0, "failed", "no luck")
    answer(race, 0, 0.1)
    assert race.done() == []


@pytest.mark.parametrize(("noise", "hopeless"), [(0.3, False), (5.0, True)])
def test_much_worse_is_hopeless_a_little_worse_is_not(race: Race, noise: float, hopeless: bool) -> None:
    race.begin(0)
    race.begin(1)
    answer(race, 0, 0.3)
    answer(race, 1, noise, folds=1)
    assert not race.is_hopeless(1), "one fold says little"
    answer(race, 1, noise, folds=2)
    assert race.is_hopeless(1) is hopeless


def test_a_learner_that_was_much_worse_is_out_of_its_depth(race: Race) -> None:
    for place, noise in ((0, 0.3), (1, 5.0)):
        race.begin(place)
        answer(race, place, noise)
    assert race.is_out_of_its_depth("learners.constant")
    assert not race.is_out_of_its_depth("learners.best_rule")
    assert not race.is_out_of_its_depth("learners.linear"), "nothing is known of it"


def test_a_teacher_that_has_answered_is_asked_and_never_among_what_is_done(race: Race) -> None:
    class Silent(Teacher):
        """Says nothing here."""

        def answer(self, learn: Columns, target: Target, asked: Columns) -> Numbers:
            """Nothing."""
            return np.zeros((asked.rows, 1))

    teacher = Proposal(plan=Silent(), name="teacher", floor=False, weight=1, seconds=0.01)
    race.laboratory.key = lambda plan: "silent"  # type: ignore[method-assign]  # it stands on no shelf
    place = race.add(teacher)
    race.begin(place)
    folds = race.laboratory.data.folds
    for fold in folds.usable:
        race.take(place, fold, np.full((len(folds.scored(fold)), 1), 0.5), 0.1)
    trial = race.entries[place].trial
    assert trial is not None
    assert (trial.status, len(trial.scores), np.isfinite(trial.answers).all()) == ("asked", 3, True)
    assert race.done() == []
    assert race.best() is None
