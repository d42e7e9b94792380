from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.monitoring.batch import Batch
from journeyman.monitoring.kind import Seen
from journeyman.monitoring.kinds.real_performance import growth, losses_of, say
from journeyman.monitoring.memory import Memory
from journeyman.monitoring.reference import Reference


def test_only_rows_with_an_outcome_count(small: Reference, rows_of: Callable[..., Batch]) -> None:
    batch = rows_of([1.0, 1.0, np.nan], [3.0, np.nan, 5.0])
    assert losses_of(small, batch)["absolute_error"].tolist() == [2.0]
    assert growth(small, rows_of([1.0]), Memory.of(1)) is None


def test_losses_beyond_the_tolerance_win_and_losses_within_it_lose(
    small: Reference, rows_of: Callable[..., Batch]
) -> None:
    worse = growth(small, rows_of([0.0] * 300, [3.0] * 300), Memory.of(1))
    well = growth(small, rows_of([0.0] * 300, [1.0] * 300), Memory.of(1))
    assert worse is not None
    assert well is not None
    assert worse.max() > 5
    assert well.max() < 0


def test_money_is_told_per_1000_rows(reference: Reference) -> None:
    recent = ({"known": 200, "rows": 200, "real_lost_payoff": -1.0, "real_error": 0.4, "real_log_loss": 0.9},)
    told = say(reference, Seen(500.0, np.array([0.0, 0.0, 900.0]), recent, False, Memory.of(3)))
    assert "the payoff per 1,000 rows is 1000 " in told.sentence
    assert "1,000 per 1,000 rows are earned" in told.price
