from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.monitoring.batch import Batch
from journeyman.monitoring.kind import Seen
from journeyman.monitoring.kinds.drift import growth, say, streams
from journeyman.monitoring.memory import Memory
from journeyman.monitoring.reference import Reference


def test_a_column_that_moves_wins_its_bet(small: Reference, rows_of: Callable[..., Batch]) -> None:
    found = growth(small, rows_of([0.5] * 100 + [1.5] * 100, codes=[2] * 200), Memory.of(1))
    assert found is not None
    best = streams(small)[int(found.max(axis=1).argmax())]
    assert best.name == "x\x1fabove 2"


def test_answers_that_move_win_theirs(small: Reference, rows_of: Callable[..., Batch]) -> None:
    found = growth(small, rows_of([9.0] * 200, codes=[0] * 60 + [1] * 80 + [2] * 60), Memory.of(1))
    assert found is not None
    best = streams(small)[int(found.max(axis=1).argmax())]
    assert best.name == "the model's answer\x1fabove 2"


def test_harm_makes_it_an_alarm_and_no_harm_a_notice(small: Reference) -> None:
    memory = Memory.of(1).after(np.full((300, 1), 2, np.uint8))
    recent = ({"rows": 300, "promised": None},)
    values = np.zeros(len(streams(small)))
    values[2] = 500.0
    bad = say(small, Seen(500.0, values, recent, True, memory))
    good = say(small, Seen(500.0, values, recent, False, memory))
    assert (bad.severity, good.severity) == ("alarm", "notice")
    assert "x: above 2 100 % of rows, 30 % at the build" in bad.sentence
    assert "harmless" in good.sentence
    assert bad.columns == ("x",)
