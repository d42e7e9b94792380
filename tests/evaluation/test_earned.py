from __future__ import annotations

import numpy as np
import pytest

from journeyman.evaluation.earned import earned, parts_of
from journeyman.learners.extra_trees import ExtraTrees
from journeyman.learners.lightgbm import LightGBM
from journeyman.learners.linear import Linear
from journeyman.plan.combine import Chain, Each
from journeyman.plan.distilled import Distilled
from journeyman.plan.recent import Recent
from journeyman.plan.repaired import Repaired
from journeyman.plan.retarget import Retargeted
from journeyman.plan.step import Step
from journeyman.plan.target import Target
from journeyman.preparation.encode.rare_levels import RareLevels
from journeyman.preparation.encode.target_mean import TargetMean
from journeyman.statistics.folds import make_folds
from journeyman.statistics.metrics.named import metric_named
from journeyman.trials.trial import Trial

ROWS = 1200
RMSE = metric_named("rmse")
RANDOM = np.random.default_rng(0)
TRUTH = RANDOM.normal(size=ROWS)
TARGET = Target(task="regression", values=TRUTH)
FOLDS = make_folds("random", 4, rows=ROWS)


def trial(plan: Step, error: np.ndarray, turn: int, seconds: float = 1.0) -> Trial:
    answers = (TRUTH + error)[:, None]
    scores = tuple(RMSE.score(TRUTH[rows], answers[rows], None) for rows in map(FOLDS.scored, FOLDS.usable))
    return Trial(
        plan=plan, name=f"{turn}", key=f"{turn}", status="done", answers=answers, scores=scores, turn=turn,
        seconds=seconds,
    )  # fmt: skip


def noise(size: float, seed: int) -> np.ndarray:
    return np.asarray(size * np.random.default_rng(seed).normal(size=ROWS))


def test_a_family_earns_what_the_blend_would_lose_and_one_that_is_made_up_for_nothing() -> None:
    shared = noise(0.5, 1)
    trials = [
        trial(LightGBM(), shared + noise(0.1, 2), 0),
        trial(ExtraTrees(), shared + noise(0.1, 3), 1),
        trial(Linear(), noise(0.5, 4), 2),
    ]
    told = earned(trials, RMSE, TARGET, FOLDS)
    assert told is not None
    parts = {one.name: one for one in told.parts}
    assert set(parts) == {
        "gradient boosted trees", "extremely randomised trees", "a linear model with squared penalty", "blending",
    }  # fmt: skip
    linear = parts["a linear model with squared penalty"]
    assert linear.gain.low > 0.1
    assert linear.candidates == 1
    assert abs(parts["gradient boosted trees"].gain.value) < 0.03
    assert parts["blending"].gain.low > 0
    assert told.as_data()["parts"][0]["gain"]["value"] >= told.as_data()["parts"][-1]["gain"]["value"]


def test_ten_times_the_time_brings_less_where_each_doubling_brought_less() -> None:
    slow = [trial(LightGBM(seed=place), noise(0.5, place), place) for place in range(8)]
    steady = earned(slow, RMSE, TARGET, FOLDS)
    done = earned([*slow[:2], *(trial(LightGBM(seed=place), noise(5.0, place), place) for place in range(2, 8))],
                  RMSE, TARGET, FOLDS)  # fmt: skip
    assert steady is not None
    assert done is not None
    assert steady.tenfold is not None
    assert done.tenfold is not None
    assert 0 < steady.tenfold.value <= steady.tenfold.high
    assert done.tenfold.value == pytest.approx(0.0, abs=0.01)


def test_what_there_is_no_time_for_is_counted_and_what_there_is_is_told_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    trials = [
        trial(LightGBM(), noise(0.5, 2), 0, seconds=9.0),
        trial(ExtraTrees(), noise(0.5, 3), 1, seconds=2.0),
        trial(Linear(), noise(0.5, 4), 2),
    ]
    whole = earned(trials, RMSE, TARGET, FOLDS)
    assert whole is not None
    assert whole.unjudged == 0
    seconds = iter(range(1000))
    monkeypatch.setattr("journeyman.evaluation.earned.time.monotonic", lambda: float(next(seconds)))
    # A clock that goes on by one at every look: two blends at first, and each part looks twice.
    some = earned(trials, RMSE, TARGET, FOLDS, until=6.0)
    assert some is not None
    assert some.unjudged == 2
    assert set(some.parts) < set(whole.parts)
    assert {one.name for one in some.parts} == {"gradient boosted trees", "blending"}
    assert earned(trials, RMSE, TARGET, FOLDS, until=0.0) is None


def test_one_candidate_is_compared_with_nothing() -> None:
    assert earned([trial(Linear(), noise(0.5, 1), 0)], RMSE, TARGET, FOLDS) is None


def test_the_parts_of_a_plan() -> None:
    inner = Retargeted(inner=Chain(steps=(TargetMean(), LightGBM())), form="log")
    plan = Repaired(inner=inner, repair=Each(inner=RareLevels(), columns=("a",)))
    assert set(parts_of(plan)) == {
        "rare levels joined", "logarithm of the target", "words as target means", "gradient boosted trees",
    }  # fmt: skip
    taught = Distilled(inner=Linear(), teacher=Chain(steps=(TargetMean(), LightGBM())))
    assert set(parts_of(taught)) == {"distillation", "a linear model with squared penalty"}
    assert set(parts_of(Recent(inner=Linear(), judge=LightGBM()))) == {
        "fewer rows",
        "a linear model with squared penalty",
    }
