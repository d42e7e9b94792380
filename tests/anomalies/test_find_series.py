from __future__ import annotations

import numpy as np
import pytest

from journeyman.anomalies.find_series import detectors, strange_places

AT = 900.0 * np.arange(2000)


def usual(seed: int = 0) -> np.ndarray:
    return 2 * np.sin(2 * np.pi * AT / 86_400) + 0.3 * np.random.default_rng(seed).normal(size=2000)


@pytest.mark.parametrize("plant", ["spike", "level", "noise"])
def test_a_stretch_that_does_not_fit_is_told(plant: str) -> None:
    values = usual()
    if plant == "spike":
        values[700:703] += 12
    if plant == "level":
        values[700:850] += 6
    if plant == "noise":
        values[700:850] += 3 * np.random.default_rng(1).normal(size=150)
    found = strange_places(AT, values)
    assert found is not None
    assert found.places
    assert 650 <= found.places[0].place <= 900
    assert found.places[0].why
    inside = np.zeros(2000, bool)
    inside[700:850] = True
    assert found.scores[inside].mean() > found.scores[~inside].mean()


def test_a_usual_course_has_hardly_any_strange_place() -> None:
    found = [strange_places(AT, usual(seed)) for seed in range(5)]
    assert sum(len(one.places) for one in found if one is not None) <= 1


def test_gaps_are_left_out_and_keep_their_places() -> None:
    values = usual()
    values[:300] = np.nan
    values[700:703] += 12
    found = strange_places(AT, values)
    assert found is not None
    assert found.places[0].place in (700, 701, 702)
    assert (found.scores[:300] == 0).all()
    assert set(found.members) == {one.__name__.rpartition(".")[2] for one in detectors()}


def test_few_values_or_none_that_differ_say_nothing() -> None:
    assert strange_places(AT[:100], usual()[:100]) is None
    assert strange_places(AT, np.ones(2000)) is None
