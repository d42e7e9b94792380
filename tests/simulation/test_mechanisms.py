from __future__ import annotations

import numpy as np
import pytest

from journeyman.simulation.mechanisms import KINDS, standardised


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("parents", [1, 3])
def test_a_mechanism_is_drawn_once_and_works_row_by_row(kind, parents):
    values = np.random.default_rng(0).standard_normal((50, parents))
    first, again, other = (kind(np.random.default_rng(seed), parents) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first(values), again(values))
    np.testing.assert_allclose(first(values)[7:9], first(values[7:9]), rtol=1e-12)
    assert first(values).shape == (50,)
    assert not np.array_equal(first(values), other(values))


def test_all_kinds_are_drawn_and_standardised():
    pilot = np.random.default_rng(0).standard_normal((1000, 2))
    for seed in range(30):
        values = standardised(np.random.default_rng(seed), pilot)(pilot)
        assert (abs(values.mean()) < 1e-9, values.std()) == (True, pytest.approx(1.0))
