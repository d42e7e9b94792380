from __future__ import annotations

import dataclasses
import math
from dataclasses import replace

import numpy as np
import pytest

from journeyman.learners.constant import Constant
from journeyman.trials.trial import Trial


def test_a_trial_is_frozen() -> None:
    trial = Trial(plan=Constant(), name="n", key="k", status="failed", answers=np.zeros((0, 0)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        trial.name = "other"  # type: ignore[misc]


def test_a_fold_without_a_score_hides_none_of_the_others() -> None:
    trial = Trial(plan=Constant(), name="one", key="one", status="done", answers=np.zeros((0, 0)))
    assert math.isnan(trial.score)
    assert replace(trial, scores=(0.5, math.nan, 1.0)).score == 0.75
    assert math.isnan(replace(trial, scores=(math.nan,)).score)
