from __future__ import annotations

import json

import numpy as np
import pytest

from journeyman.monitoring.memory import MOST, PIECE, Memory


def test_rows_are_learnt_in_whole_pieces_and_the_oldest_are_forgotten() -> None:
    memory = Memory.of(1)
    for day in range(60):
        memory = memory.after(np.full((100, 1), day, np.uint8))
    assert memory.pieces == 60 * 100 // PIECE
    assert len(memory.learnt) == MOST
    assert memory.learnt.min() == (6000 - MOST) // 100
    assert len(memory.waiting) == 0


def test_memory_goes_on_where_it_was() -> None:
    memory = Memory.of(2).after(np.arange(1400, dtype=np.int64).reshape(-1, 2).astype(np.uint8))
    again = Memory.from_data(json.loads(json.dumps(memory.as_data())), 2)
    assert np.array_equal(again.learnt, memory.learnt)
    assert np.array_equal(again.waiting, memory.waiting)
    with pytest.raises(ValueError, match="other columns"):
        Memory.from_data(memory.as_data(), 3)
