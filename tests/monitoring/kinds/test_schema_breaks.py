from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.monitoring.batch import Batch, Break
from journeyman.monitoring.kind import Seen
from journeyman.monitoring.kinds.schema_breaks import broken, growth, say, streams
from journeyman.monitoring.memory import Memory
from journeyman.monitoring.reference import Reference


def test_cells_that_go_missing_are_bet_on(small: Reference, rows_of: Callable[..., Batch]) -> None:
    found = growth(small, rows_of([1.0] * 100, codes=[3] * 30 + [0] * 70), Memory.of(1))
    assert found is not None
    assert found[0].max() > 10
    assert found[1:].max() < 0
    assert growth(small, rows_of([]), Memory.of(1)) is None
    assert streams(small)[0].name.endswith("missing")


def test_the_alarm_names_the_column_and_both_shares(small: Reference) -> None:
    recent = ({"rows": 100, "beside": {"x": {"missing": 30}}},)
    told = say(small, Seen(500.0, np.array([500.0, 0, 0]), recent, False, Memory.of(1)))
    assert "30 % of cells are missing, 0 % at the build" in told.sentence


def test_what_no_chance_brings_about_needs_no_evidence(small: Reference) -> None:
    told = broken(small, Break("missing_column", "x", "x is gone", "find it", True))
    assert told.evidence is None
    assert told.columns == ("x",)
