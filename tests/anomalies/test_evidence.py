from __future__ import annotations

import numpy as np
import pytest

from journeyman.anomalies.evidence import evidence


def test_of_an_exponential_tail_the_evidence_is_the_logarithm_of_its_rarity() -> None:
    values = np.random.default_rng(0).exponential(size=20_000)
    found = evidence(values)
    assert np.corrcoef(found, values)[0, 1] > 0.99
    assert found[values > 6] == pytest.approx(values[values > 6], rel=0.1)


def test_a_row_far_beyond_all_others_has_more_evidence_than_it_can_be_counted() -> None:
    values = np.append(np.random.default_rng(1).exponential(size=1000), 60.0)
    assert evidence(values)[-1] > 40
    assert evidence(values)[-1] > -np.log(1 / 1001)


def test_no_row_overtakes_another_and_the_scale_does_not_matter() -> None:
    values = np.random.default_rng(2).normal(size=500)
    found = evidence(values)
    assert (np.diff(found[np.argsort(values)]) >= 0).all()
    assert evidence(3 * values + 7) == pytest.approx(found)


def test_strengths_that_hardly_vary_are_counted() -> None:
    values = np.zeros(1000)
    values[:10] = 1.0
    assert evidence(values)[:10] == pytest.approx(-np.log(0.01))
    assert evidence(values)[10:].max() == 0.0
    assert evidence(np.empty(0)).shape == (0,)
