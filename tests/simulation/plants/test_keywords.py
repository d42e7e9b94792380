from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.world import World


def test_words_add_what_the_truth_says():
    world = World(law="no_signal", task="regression", rows=2000, plants=("keywords",))
    said = world.table.record[0]["said"]
    assert sorted(said.values()) == [-1.5] * 3 + [1.5] * 3
    texts = [set(text.split()) for text in world.columns["note"]]
    expected = [sum(amount for word, amount in said.items() if word in text) for text in texts]
    np.testing.assert_allclose(world.table.best[:, 0], expected)
    assert all(5 <= len(text.split()) <= 12 for text in world.columns["note"])
    assert np.mean([bool(text & said.keys()) for text in texts]) > 0.6


def test_no_words_say_nothing():
    world = World(law="no_signal", rows=200, plants=({"kind": "keywords", "words": 0},))
    assert world.table.best == pytest.approx(np.full((200, 1), 0.5))
