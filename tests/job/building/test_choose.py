from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from journeyman.job.building.choose import choose
from journeyman.job.run import say_nothing


def test_the_choice_is_one_of_those_tried_and_was_measured(stages: SimpleNamespace) -> None:
    chosen, tried = stages.chosen, stages.tried
    assert chosen.shipped.trial.key in {one.key for one in tried.trials}
    best = max(tried.metric.sign * float(np.mean(one.scores)) for one in tried.trials)
    assert tried.metric.sign * float(np.mean(chosen.shipped.trial.scores)) >= best - abs(best) * 0.2
    assert all(one in chosen.findings for one in stages.taken.understood.findings)
    assert chosen.verdict.decision in ("deploy", "pilot", "collect", "reject")
    assert (chosen.latency, chosen.odometer.count) == (None, 0)


def test_looking_again_is_no_other_look(stages: SimpleNamespace) -> None:
    again = choose(stages.run, stages.taken, stages.tried, stages.clock, say_nothing)
    assert again.look == stages.chosen.look
    assert again.odometer.count == 0
    assert again.shipped.trial.key == stages.chosen.shipped.trial.key
