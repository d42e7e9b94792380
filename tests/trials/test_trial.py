from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from journeyman.learners.constant import Constant
from journeyman.trials.trial import Trial


def test_a_trial_is_frozen() -> None:
    trial = Trial(plan=Constant(), name="n", key="k", status="failed", answers=np.zeros((0, 0)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        trial.name = "other"  # type: ignore[misc]
