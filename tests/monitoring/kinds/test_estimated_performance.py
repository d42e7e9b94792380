from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from journeyman.monitoring.batch import Batch
from journeyman.monitoring.kind import Seen
from journeyman.monitoring.kinds.estimated_performance import growth, say, streams
from journeyman.monitoring.memory import Memory
from journeyman.monitoring.reference import Measure, Reference


def test_rows_of_large_expected_errors_win_the_bet(small: Reference, rows_of: Callable[..., Batch]) -> None:
    well, worse = (growth(small, rows_of([one] * 2000), Memory.of(1)) for one in (0.5, 9.0))
    assert well is not None
    assert worse is not None
    assert well.max() < 0 < worse.max()
    assert growth(small, rows_of([np.nan]), Memory.of(1)) is None


def test_less_to_win_is_a_notice_where_the_model_errs_no_more(small: Reference) -> None:
    rich = replace(small, promise=Measure("promised_loss", -10.0, 10.0, -5.0, -4.0))
    assert [one.name for one in streams(rich)] == ["absolute_error", "promise"]
    recent = ({"rows": 100, "estimated": 1.0, "promised": 0.1},)
    less = say(rich, Seen(500.0, np.array([1.0, 999.0]), recent, False, Memory.of(1)))
    assert less.severity == "notice"
    assert "decisions promise 100 per 1,000 rows, 5,000 at the build" in less.sentence
    worse = say(rich, Seen(500.0, np.array([999.0, 1.0]), ({**recent[0], "estimated": 2.0},), True, Memory.of(1)))
    assert worse.severity == "alarm"
    assert "concept drift" in worse.facts["warning"]
