"""Combined columns join a search where they have paid, and only there."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from journeyman.curation.propose import Proposal
from journeyman.learners.lightgbm import LightGBM
from journeyman.learners.linear import Linear
from journeyman.plan.combine import Chain
from journeyman.plan.recent import Recent
from journeyman.plan.target import Target
from journeyman.preparation.derive.joined import Joined
from journeyman.preparation.derive.made import Made
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.table.columns import Columns
from journeyman.trials.feature_race import FeatureRace
from journeyman.trials.fixed_search import FEATURES_TRIALS
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.race import Entry, Race
from journeyman.trials.search import search
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial

ROWS = 900
FORMS = ("quick trees", "longer trees")


def data_of(has_pattern: bool) -> TrainingData:
    random = np.random.default_rng(np.random.PCG64(2))
    numbers = random.normal(size=(ROWS, 3))
    told = np.tanh(4 * (numbers[:, 0] - numbers[:, 1])) if has_pattern else (numbers[:, 0] > 0) * 1.0
    target = Target(task="regression", values=told + 0.2 * random.normal(size=ROWS))
    columns = Columns.of(rows=ROWS, numbers=numbers, number_names=("a", "b", "c"))
    return TrainingData(columns, target, make_folds("random", 3, rows=ROWS))


def laboratory_of(data: TrainingData) -> LaboratoryHere:
    here = Here()
    here.open(data)
    return LaboratoryHere(here, data, metric_named("rmse"))


def forms_of(data: TrainingData) -> list[Proposal]:
    """Two forms of trees, the second of which takes longer, with their twins."""
    found = []
    for name, rounds in zip(FORMS, (40, 160), strict=True):
        learner = LightGBM(rounds=rounds, rate=0.1, leaves=8)
        plain = Proposal(
            plan=learner,
            name=name,
            floor=False,
            weight=10,
            seconds=rounds / 4000,
            worth=rounds / 160,
            tells=name == FORMS[0],
        )
        twins = tuple(
            replace(
                plain,
                plan=Chain(steps=(step, learner)),
                name=f"{name}, {step.answers}",
                seconds=0.1,
                with_need=step.answers,
            )
            for step in (Made(), Joined())
        )
        found.append(replace(plain, twins=twins))
    return found


def tried(has_pattern: bool, *, seconds: float | None = None, trials: int = FEATURES_TRIALS) -> dict[str, Trial]:
    data = data_of(has_pattern)
    deadline = None if seconds is None else time.monotonic() + seconds
    found = search(
        laboratory_of(data), forms_of(data), deadline=deadline, trials=None if seconds is not None else trials
    )
    return {one.name: one for one in found if one.status == "done"}


@pytest.mark.parametrize("seconds", [None, 60.0])
@pytest.mark.parametrize("has_pattern", [True, False])
def test_forms_that_take_longer_have_them_where_the_quick_one_is_better_with_them(
    has_pattern: bool, seconds: float | None
) -> None:
    done = tried(has_pattern, seconds=seconds)
    assert "quick trees, columns combined" in done
    assert ("longer trees, columns combined" in done) is has_pattern
    assert "longer trees, levels combined" not in done
    if has_pattern and seconds is None:
        # Under a clock the one without them is given up: it is hopelessly behind.
        plain, twin = done["longer trees"], done["longer trees, columns combined"]
        assert np.mean(twin.scores) < 0.95 * np.mean(plain.scores)


def test_under_few_trials_they_are_not_looked_for() -> None:
    assert not any(name.endswith("combined") for name in tried(True, trials=FEATURES_TRIALS - 1))


def test_under_a_short_clock_it_is_said_why_they_are_not_looked_for() -> None:
    data = data_of(True)
    found = search(laboratory_of(data), forms_of(data), deadline=time.monotonic() + 0.4, trials=None)
    skipped = [one for one in found if one.name.endswith("combined")]
    assert all(one.status != "done" for one in skipped)


def test_nothing_is_due_before_the_quick_form_is_done() -> None:
    data = data_of(True)
    race = Race(laboratory_of(data), forms_of(data))
    features = FeatureRace()
    assert features.due(race) == []
    race.begin(0)
    assert features.due(race) == []
    assert not features.is_settled


def test_a_proposal_made_of_another_does_not_bring_its_twins() -> None:
    data = data_of(True)
    quick, tuned = forms_of(data)
    newer = replace(quick, plan=Recent(inner=quick.plan, share=0.5), seconds=0.001)
    race = Race(laboratory_of(data), [newer, quick, tuned])
    features = FeatureRace()
    for place in (0, 1):
        entry = race.begin(place)
        for fold in race.folds:
            race.take(place, fold, np.zeros((len(data.folds.scored(fold)), 1)), 0.01)
        assert entry.trial is not None
        due = [one.name for one in features.due(race)]
        assert due == [] if place == 0 else [f"{FORMS[0]}, columns combined", f"{FORMS[0]}, levels combined"]


def raced(forms: list[Proposal], answers: dict[str, float]) -> tuple[FeatureRace, list[Proposal]]:
    """The race after the first form and its twins, which answer so large a share of the truth; and what is due then."""
    data = data_of(True)
    race = Race(laboratory_of(data), forms)
    features = FeatureRace()
    waiting, due = [0], list[Proposal]()
    while waiting:
        entry = race.begin(waiting.pop())
        share = answers[entry.proposal.name]
        for fold in race.folds:
            race.take(
                waiting_place(race, entry), fold, share * data.target.values[data.folds.scored(fold)][:, None], 0.01
            )
        due = features.due(race)
        if not features.is_settled:
            waiting += [race.add(one) for one in due]
    return features, due


def test_each_winner_has_its_chance_beside_a_form_that_takes_longer() -> None:
    quick, longer = forms_of(data_of(True))
    answers = {quick.name: 0.5, f"{quick.name}, columns combined": 0.7, f"{quick.name}, levels combined": 0.9}
    _, due = raced([quick, longer], answers)
    assert [one.name for one in due] == [f"{longer.name}, levels combined", f"{longer.name}, columns combined"]
    assert all(one.worth > longer.worth for one in due)


@pytest.mark.parametrize(("share", "is_clear"), [(0.503, False), (0.9, True)])
def test_after_a_clear_win_other_learners_follow_and_forms_without_wait_behind(share: float, is_clear: bool) -> None:
    quick, longer = forms_of(data_of(True))
    other = replace(longer, name="another learner", plan=Linear(), twins=longer.twins[1:], worth=9)
    other = replace(other, twins=tuple(replace(one, name=f"{other.name}, levels") for one in other.twins))
    plain = replace(longer, name="cannot have any", plan=replace(longer.plan, bins=15), twins=())
    answers = {quick.name: 0.5, f"{quick.name}, columns combined": 0.4, f"{quick.name}, levels combined": share}
    features, due = raced([quick, longer, other, plain], answers)
    followers = [f"{longer.name}, levels combined", *(["another learner, levels"] if is_clear else [])]
    assert [one.name for one in due] == followers
    behind = [one.name for one in (quick, longer, other, plain, *due) if features.is_left_behind(one)]
    # The quick one has its twin in the race from before; what cannot have any does not wait behind others.
    assert behind == ([longer.name, other.name] if is_clear else [])


def waiting_place(race: Race, entry: Entry) -> int:
    return next(place for place, one in race.entries.items() if one is entry)
