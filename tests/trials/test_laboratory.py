from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from journeyman.learners.best_rule import BestRule
from journeyman.learners.constant import Constant
from journeyman.statistics.metrics.named import metric_named
from journeyman.store.journal import Journal
from journeyman.trials.laboratory import Laboratory
from journeyman.trials.pool import Job, Outcome
from journeyman.trials.shared import TrainingData


@pytest.fixture
def bench(training: Callable[..., TrainingData], tmp_path: Path) -> Laboratory:
    nobody: Any = SimpleNamespace()
    return Laboratory(nobody, training(), Journal(tmp_path / "j.jsonl"), tmp_path / "t", metric_named("brier"))


def test_what_is_kept_is_known_and_what_was_changed_is_not(bench: Laboratory) -> None:
    key = bench.key(Constant())
    assert bench.known(key, 1) is None
    bench.keep(key, Outcome(Job({}, 1), arrays={"fold_1": np.arange(3.0)}, seconds=0.25))
    known = bench.known(key, 1)
    assert known is not None
    assert known[0]["fold_1"].tolist() == [0.0, 1.0, 2.0]
    assert known[1] == 0.25
    (bench.folder / key / "fold_1.npy").write_bytes(b"other")
    assert bench.known(key, 1) is None


def test_keys_change_with_the_plan_and_the_data(bench: Laboratory, training: Callable[..., TrainingData]) -> None:
    assert bench.key(Constant()) != bench.key(BestRule())
    other = Laboratory(bench.pool, training(seed=1), bench.journal, bench.folder, bench.metric)
    assert other.key(Constant()) != bench.key(Constant())


def test_scores_are_those_of_the_folds(bench: Laboratory) -> None:
    answers = np.full((len(bench.data.target), 1), 0.5)
    assert bench.scores(answers) == (0.25, 0.25, 0.25)
    rows = bench.data.folds.scored(0)
    assert bench.score_part(answers[rows], rows) == bench.score(answers, rows)
