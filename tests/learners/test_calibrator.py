from __future__ import annotations

from journeyman.learners.calibrator import Calibrator
from journeyman.learners.learner import Learner
from journeyman.plan.shelf import steps


def test_calibrators_are_found_by_walking_and_are_no_learners() -> None:
    found = [kind for kind in steps("learners") if issubclass(kind, Calibrator)]
    assert found
    for kind in found:
        assert not issubclass(kind, Learner)
        assert kind.tasks
        assert kind.words
