from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from journeyman.automation.answers import Answers
from journeyman.automation.consistency import (
    agreement_of,
    best_accuracy,
    consistency,
    paired_by_model,
    typical_accuracy,
)
from journeyman.automation.like_cases import Pairs, no_pairs, repeated_cases
from journeyman.simulation.company.company import Company
from journeyman.simulation.world import World
from journeyman.sources.read import read


def pairs_of(count: int) -> Pairs:
    one = np.arange(0, 2 * count, 2)
    return Pairs(one=one, other=one + 1, weight=np.ones(count), cluster=np.arange(count))


@pytest.mark.parametrize("noise", [0.2, 0.6])
def test_simulated_people_are_measured_within_three_points(noise: float) -> None:
    people = {"kind": "deciders", "twice": 1.0, "noise": noise, "leniency": 0.4}
    company = Company(world=World(rows=1500, seed=4), parts=(people,))
    first = {name: list(cells) for name, cells in company.columns.items() if name != company.target}
    second = {**first, **{name: list(company.tables["second_opinions"][name]) for name in ("actor", "decision")}}
    table = read(pl.DataFrame({name: first[name] + second[name] for name in first}))
    names = [name for name in first if name not in ("actor", "decision")]
    decided = np.array([one == "approve" for one in first["decision"] + second["decision"]]).astype(np.int64)
    found = consistency(decided, 2, repeated_cases(table, names, ["actor"]), no_pairs())
    truth = company.truth[0]
    assert found.ground == "repeated"
    assert found.pairs == 1500
    assert found.agreement == pytest.approx(truth["agreement"], abs=0.03)
    assert found.low <= truth["agreement"] <= found.high
    assert found.ceiling == pytest.approx(truth["ceiling_without_actor"], abs=0.03)
    assert found.ceiling_low <= truth["ceiling_without_actor"] <= found.ceiling_high


def test_an_interval_of_agreement_holds_the_truth() -> None:
    random = np.random.default_rng(5)
    held = 0
    for _ in range(200):
        chance = random.beta(2, 2, 150)
        decided = (random.random(300) < np.repeat(chance, 2)).astype(np.int64)
        _, low, high = agreement_of(decided, pairs_of(150))
        held += low <= 1 - 2 * (0.5 * 0.5 - 0.05) <= high
    assert held >= 182


def test_what_an_agreement_allows_is_a_bound_and_beta_is_met_exactly() -> None:
    random = np.random.default_rng(6)
    chance = random.beta(1.5, 3.0, 400_000)
    agreement = float((chance**2 + (1 - chance) ** 2).mean())
    best = float(np.maximum(chance, 1 - chance).mean())
    assert agreement <= best <= best_accuracy(agreement, 2)
    shares = np.array([1 - chance.mean(), chance.mean()])
    assert typical_accuracy(agreement, shares) == pytest.approx(best, abs=0.003)
    assert typical_accuracy(1.0, np.array([0.5, 0.5])) == 1.0
    assert typical_accuracy(0.4, np.array([0.3, 0.7])) == 0.7
    assert best_accuracy(1 / 3, 3) == pytest.approx(1 / 3)
    assert best_accuracy(0.9, 1) == 1.0


def test_without_like_cases_a_model_pairs_them_and_bounds_agreement_from_below(answers: Callable[..., Answers]) -> None:
    known = answers(4000, 3)
    found = consistency(known.truth, 2, no_pairs(), no_pairs(), known)
    chance = known.chance
    assert found.ground == "model"
    assert found.agreement == pytest.approx(float((chance**2 + (1 - chance) ** 2).mean()), abs=0.02)
    assert found.ceiling_high == 1.0
    assert math.isnan(found.ceiling)
    pairs = paired_by_model(known)
    assert (known.place[pairs.one] == known.place[pairs.other]).all()


def test_too_few_cases_say_nothing(answers: Callable[..., Answers]) -> None:
    assert consistency(np.zeros(10, np.int64), 2, pairs_of(5), no_pairs(), answers(20, 1)).ground == "none"
