from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import journeyman.trials.portfolio as room
from journeyman.curation.propose import Proposal
from journeyman.learners.best_rule import BestRule
from journeyman.learners.constant import Constant
from journeyman.learners.linear import Linear
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.journal import Journal
from journeyman.trials.interruption import Interrupted
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Pool
from journeyman.trials.portfolio import floor_trial, portfolio
from journeyman.trials.search import search
from journeyman.trials.shared import TrainingData
from journeyman.trials.trial import Trial

PROPOSALS = (
    Proposal(plan=Constant(), name="constant", floor=True, weight=0, seconds=0.001),
    Proposal(plan=BestRule(), name="rule", floor=False, weight=1, seconds=0.01),
    Proposal(plan=Linear(strength=1.0), name="linear", floor=False, weight=3, seconds=0.01),
)


@pytest.fixture
def bench(pool: Pool, training: Callable[..., TrainingData], tmp_path: Path) -> Laboratory:
    data = training()
    pool.open(data)
    journal = Journal(tmp_path / "journal.jsonl")
    return Laboratory(pool, data, journal, tmp_path / "trials", metric_named("log_loss"))


def test_what_can_be_made_of_trials_stands_behind_them(bench: Laboratory, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def ensembles(_: Laboratory, trials: list[Trial], *, refit_seconds: float | None) -> list[Trial]:
        seen.extend(one.name for one in trials)
        return [replace(trials[-1], name="made", members=(trials[-1],))]

    monkeypatch.setattr(room, "ensembles", ensembles)
    trials = portfolio(bench, PROPOSALS, deadline=None, trials=2)
    assert seen == ["constant", "rule", "linear"]
    assert [one.name for one in trials] == [*seen, "made"]


def test_a_floor_is_there_when_time_was_too_short_for_anything(bench: Laboratory) -> None:
    trials = portfolio(bench, PROPOSALS, deadline=0.0, trials=None)
    assert [one.status for one in trials if one.floor] == ["done"]


def test_interrupted_before_there_is_anything_to_keep_is_the_end(bench: Laboratory) -> None:
    bench.interrupted = lambda: 130
    with pytest.raises(Interrupted):
        portfolio(bench, PROPOSALS, deadline=None, trials=2)


def test_a_floor_can_be_tried_here_and_now(bench: Laboratory) -> None:
    there = search(bench, PROPOSALS[:1], deadline=None, trials=0)[0]
    here = floor_trial(bench, PROPOSALS[0])
    assert np.array_equal(here.answers, there.answers)
    assert here.scores == there.scores
