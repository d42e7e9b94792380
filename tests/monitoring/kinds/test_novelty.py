from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from journeyman.monitoring.batch import Batch
from journeyman.monitoring.kind import Seen
from journeyman.monitoring.kinds.novelty import growth, limits, say
from journeyman.monitoring.memory import Memory
from journeyman.monitoring.reference import Reference


def test_rows_never_seen_and_rows_of_small_p_values_are_bet_on(small: Reference, rows_of: Callable[..., Batch]) -> None:
    calm = replace(rows_of([1.0] * 200), novelty=np.linspace(0.005, 1, 200))
    found = growth(small, calm, Memory.of(1))
    assert found is not None
    assert found.max() < 0
    new = growth(small, replace(calm, strange=np.arange(200) < 40), Memory.of(1))
    odd = growth(small, replace(calm, novelty=np.full(200, 0.001)), Memory.of(1))
    assert new is not None
    assert odd is not None
    assert new[0].max() > 10 > new[1].max()
    assert odd[1].max() > 10 > odd[0].max()


def test_a_model_that_states_no_novelty_is_not_bet_against(small: Reference, rows_of: Callable[..., Batch]) -> None:
    found = growth(small, rows_of([1.0] * 50), Memory.of(1))
    assert found is not None
    assert (found[1] == 0).all()
    assert (limits(small) < 0.1).all()


def test_the_alarm_tells_both_shares(small: Reference) -> None:
    told = say(small, Seen(500.0, np.array([500.0, 1.0]), ({"rows": 10, "strange": 0.4},), True, Memory.of(1)))
    assert "40 % of new rows" in told.sentence
    assert "1 %" in told.sentence


def test_p_values_of_a_real_model_keep_the_limit(reference: Reference, fresh: Batch) -> None:
    assert np.isfinite(fresh.novelty).all()
    assert 0.001 < (fresh.novelty <= 0.01).mean() < limits(reference)[1]
