from __future__ import annotations

import numpy as np
import pytest

from journeyman.monitoring.batch import Batch
from journeyman.monitoring.kind import Seen, kinds
from journeyman.monitoring.memory import Memory
from journeyman.monitoring.reference import Reference
from journeyman.monitoring.watch import facts_of
from journeyman.statistics.e_process import STAKES

NAMES = ("drift", "estimated_performance", "novelty", "real_performance", "schema_breaks")


def test_the_folder_is_the_registry() -> None:
    assert tuple(kinds()) == NAMES
    assert sorted(one.ORDER for one in kinds().values()) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_keeps_the_contract(name: str, reference: Reference, fresh: Batch) -> None:
    kind = kinds()[name]
    streams = kind.streams(reference)
    assert sum(one.weight for one in streams) == pytest.approx(1)
    assert len({one.name for one in streams}) == len(streams)
    memory = Memory.of(len(reference.columns)).after(fresh.codes[:1000])
    growth = kind.growth(reference, fresh, memory)
    assert growth is not None
    assert growth.shape == (len(streams), len(STAKES))
    assert np.isfinite(growth).all()
    facts = {**facts_of(reference, fresh, fresh), "batch": 1}
    for place in range(len(streams)):
        values = np.zeros(len(streams))
        values[place] = 500.0
        told = kind.say(reference, Seen(500.0, values, (facts,), True, memory))
        assert told.kind == name
        assert told.sentence
        assert told.price
        assert told.remedy


@pytest.mark.parametrize("name", NAMES)
def test_healthy_rows_lose_what_is_bet_against_them(name: str, reference: Reference, fresh: Batch) -> None:
    growth = kinds()[name].growth(reference, fresh, Memory.of(len(reference.columns)))
    assert growth is not None
    assert np.exp(growth).mean() < 2
