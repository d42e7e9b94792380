from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.features import Sizes
from journeyman.simulation.kinds import kinds
from journeyman.simulation.laws.law import Law, speaking

LAWS = kinds("laws", Law)
SIZES = [
    Sizes(numbers=6, words=(4, 12), missing=0.05),
    Sizes(numbers=1, words=(), missing=0.0),
    Sizes(numbers=40, words=(2, 3, 30), missing=0.3),
]


def drawn(law: Law, sizes: Sizes, rows: int, seed: int = 0):
    return law.features(sizes, np.random.default_rng(7), np.random.default_rng(seed), rows)


@pytest.mark.parametrize("sizes", SIZES, ids=lambda one: str(one.numbers))
@pytest.mark.parametrize("name", LAWS)
def test_a_law_speaks_row_by_row_about_the_same_for_any_size(name, sizes):
    law = LAWS[name]()
    features = drawn(law, sizes, 3000)
    assert features.numbers.shape == (3000, sizes.numbers)
    assert features.words.shape == (3000, len(sizes.words))
    for place, levels in enumerate(sizes.words):
        assert set(np.unique(features.words[:, place])) <= set(range(levels + (place == 0)))
    spreads = []
    for seed in range(8):
        said = law.say(features, np.random.default_rng(seed))
        rows = np.array([5, 99, 1])
        np.testing.assert_allclose(law.say(features.take(rows), np.random.default_rng(seed)), said[rows], rtol=1e-9)
        assert np.isfinite(said).all()
        spreads.append(said.std())
    assert (0.3 < np.mean(spreads) < 2.5) == law.signal


@pytest.mark.parametrize("name", LAWS)
def test_the_last_number_says_nothing(name):
    law = LAWS[name]()
    features = drawn(law, SIZES[0], 500)
    said = law.say(features, np.random.default_rng(3))
    features.numbers[:, -1] += 10
    np.testing.assert_array_equal(law.say(features, np.random.default_rng(3)), said)
    assert speaking(features) == 5
