from __future__ import annotations

import math

import numpy as np
import pytest

from journeyman.automation.actors import noise
from journeyman.automation.like_cases import Pairs, no_pairs

NAMES = [f"person {number}" for number in range(8)]


def log(level: float, cases: int = 4000, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Decisions, their chance without the actor, the actor, and each actor's true offset."""
    random = np.random.default_rng(seed)
    offsets = level * np.linspace(-1.5, 1.5, 8)
    actor = random.integers(0, 8, cases)
    chance = random.uniform(0.3, 0.7, cases)
    decided = random.random(cases) < np.clip(chance + offsets[actor], 0, 1)
    return decided, chance, actor, offsets


def test_level_noise_is_found_with_who_is_lenient() -> None:
    decided, chance, actor, offsets = log(0.1)
    found = noise(decided, chance, actor, NAMES, no_pairs(), actor, decided.astype(np.int64), "approve")
    assert found is not None
    assert found.level == pytest.approx(offsets.std(ddof=1), abs=0.03)
    assert found.p_value < 1e-6
    assert found.actors[0].name == "person 0"
    assert [one.offset for one in found.actors] == sorted(one.offset for one in found.actors)
    assert math.isnan(found.pattern)


def test_people_who_decide_alike_are_not_told_apart() -> None:
    false = 0
    for seed in range(100):
        decided, chance, actor, _ = log(0.0, 1000, seed)
        found = noise(decided, chance, actor, NAMES, no_pairs(), actor, decided.astype(np.int64), "approve")
        assert found is not None
        false += found.p_value < 0.05
    assert false <= 11


def test_pairs_take_noise_apart_into_level_pattern_and_occasion() -> None:
    random = np.random.default_rng(3)
    cases = 20_000
    case = np.repeat(np.arange(cases // 2), 2)
    actor = random.integers(0, 8, cases)
    # Each person weighs cases otherwise, and is the same on every occasion but for one in ten.
    taste = random.integers(0, 2, (8, cases // 2))
    decided = np.where(random.random(cases) < 0.2, random.integers(0, 2, cases), taste[actor, case])
    one = np.arange(0, cases, 2)
    pairs = Pairs(one=one, other=one + 1, weight=np.ones(len(one)), cluster=np.arange(len(one)))
    found = noise(decided == 1, np.full(cases, 0.5), actor, NAMES, pairs, actor, decided, "1")
    assert found is not None
    assert found.different == pytest.approx(0.5, abs=0.02)
    assert found.same == pytest.approx(0.82, abs=0.03)
    assert found.pattern > found.occasion > found.level
    assert found.as_data()["agreement_of_one"] == found.same


def test_one_person_is_not_compared() -> None:
    decided = np.ones(50, np.bool_)
    one = np.zeros(50, np.int64)
    assert noise(decided, np.full(50, 0.5), one, NAMES, no_pairs(), one, one, "approve") is None
