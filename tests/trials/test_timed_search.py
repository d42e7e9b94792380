from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from journeyman.curation.propose import Proposal, propose
from journeyman.learners.best_rule import BestRule
from journeyman.learners.linear import Linear
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.journal import Journal
from journeyman.trials.clock import side_by_side
from journeyman.trials.here import Here, LaboratoryHere
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Pool
from journeyman.trials.search import search as search_for
from journeyman.trials.shared import TrainingData
from journeyman.trials.timed_search import REFIT_SHARE, TimedSearch
from journeyman.trials.trial import Trial


@pytest.fixture
def search(pool: Pool, training: Callable[..., TrainingData], tmp_path: Path) -> TimedSearch:
    journal = Journal(tmp_path / "journal.jsonl")
    bench = Laboratory(pool, training(), journal, tmp_path / "trials", metric_named("log_loss"))
    return TimedSearch(bench, (), time.monotonic() + 100)


def tried(search: TimedSearch, strength: float, noise: float, seconds: float = 6.0) -> Trial:
    """A trial whose answers are the truth, blurred."""
    plan, truth = Linear(strength=strength), search.laboratory.data.target.values
    random = np.random.default_rng(round(1000 * noise))
    answers = 1 / (1 + np.exp(-(4 * truth - 2 + noise * random.normal(size=len(truth)))))[:, None]
    scores = search.laboratory.scores(answers)
    return Trial(
        plan=plan, name="", key=str(strength), status="done", answers=answers, scores=scores, refit_seconds=seconds
    )


def test_time_is_kept_for_fitting_those_that_a_blend_is_made_of(
    search: TimedSearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Trial] = []
    monkeypatch.setattr(search.race, "done", lambda: done)
    assert search.refit_seconds() == 0
    done.append(tried(search, 1.0, 0.5))
    assert search.refit_seconds() == pytest.approx(6.0), "for the best alone"
    # So bad that nobody needs them, at the end of the blend's rounds either.
    done += [tried(search, 2.0 + one, 40.0 + one) for one in range(4)]
    assert search.refit_seconds() == pytest.approx(6.0)
    assert search.refit_seconds(more=10.0) == pytest.approx(side_by_side([6.0, 10.0], search.pool.size))
    done.append(tried(search, 9.0, 0.51, seconds=8.0))
    assert search.refit_seconds() == pytest.approx(side_by_side([6.0, 8.0], search.pool.size))
    done[:] = [done[0], tried(search, 9.0, 0.51, seconds=300.0)]
    search.asked = 0
    assert search.refit_seconds() == pytest.approx(REFIT_SHARE * 100, rel=0.01), "no more than its share"


def test_what_would_take_longer_than_there_is_does_not_fit(search: TimedSearch) -> None:
    for seconds, fits in ((1.0, True), (500.0, False)):
        place = search.race.add(Proposal(plan=BestRule(), name="", floor=False, weight=3, seconds=seconds))
        assert search.fits(place) == fits
        assert not search.fits(place) or search.fits(place, safely=False)


def test_what_is_known_from_before_brings_the_same_others_with_it(training: Callable[..., TrainingData]) -> None:
    data = training()
    workers = Here()
    workers.open(data)
    bench = LaboratoryHere(workers, data, metric_named("log_loss"))
    wanted = ("boosted trees, quick", "boosted trees, tuned", "always the same answer")
    proposals = [one for one in propose(data.columns, data.target, "log_loss", 60.0) if one.name in wanted]
    first, again = (
        [one.name for one in search_for(bench, proposals, deadline=time.monotonic() + 60, trials=None)]
        for _ in range(2)
    )
    assert len(first) > len(proposals), "combined columns were tried"
    assert set(again) >= set(first)


def test_the_first_model_has_more_time_than_others(
    search: TimedSearch, pool: Pool, training: Callable[..., TrainingData]
) -> None:
    proposals = (
        Proposal(plan=BestRule(), name="floor", floor=True, weight=1, seconds=0.001),
        Proposal(plan=Linear(), name="first", floor=False, weight=3, seconds=0.3),
        Proposal(plan=Linear(strength=2.0), name="endless", floor=False, weight=3, seconds=1000.0),
    )
    pool.open(search.laboratory.data)
    # So near that nothing can be done by then; the first model has half a minute.
    soon = time.monotonic() + 0.2
    trials = search_for(search.laboratory, proposals, deadline=soon, trials=None, first_until=soon + 30)
    assert [one.status for one in trials[1:]] == ["done", "skipped"]
    assert trials[1].key in search.laboratory.ready, "it is fitted on all rows, too"
