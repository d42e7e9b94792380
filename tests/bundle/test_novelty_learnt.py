from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from journeyman.bundle.novelty import MOST_PROFILES, Meter, Novelty
from journeyman.bundle.novelty_learnt import FEWEST_ROWS, learn_novelty
from journeyman.statistics.folds import make_folds
from journeyman.table.columns import Columns, Numbers, Strings
from journeyman.table.schema import Column

Table = tuple[Columns, tuple[Column, ...]]


def world(rows: int, seed: int, *, wide: int = 12, kind: str = "plain") -> tuple[Numbers, list[list[str]]]:
    """Rows of one law: numbers and words, by kind with heavy tails, hanging together, or with endless levels."""
    random = np.random.default_rng([seed, len(kind)])
    numbers = random.normal(size=(rows, wide))
    if kind == "together":
        numbers = 0.5 * numbers + random.normal(size=(rows, 1))
    if kind == "heavy":
        numbers = np.exp(2 * numbers)
    if kind == "counts":
        numbers = random.poisson(np.linspace(0.02, 5, wide), (rows, wide)).astype(np.float64)
    numbers[random.random((rows, wide)) < 0.02] = np.nan
    most = 10**6 if kind == "levels" else 8
    return numbers, [[f"l{one}" for one in random.zipf(1.6, rows).clip(max=most)] for _ in range(3)]


def table(numbers: Numbers, words: list[list[str]]) -> Table:
    names = [f"x{place}" for place in range(numbers.shape[1])]
    columns = Columns.of(
        rows=len(numbers),
        numbers=numbers,
        number_names=names,
        words=[Strings.of(one) for one in words],
        word_names=[f"w{place}" for place in range(len(words))],
    )
    ranges = [Column(name=name, kind="number") for name in names]
    levels = [np.unique(one, return_counts=True) for one in words]
    named = [
        Column(name=f"w{place}", kind="category", levels=tuple(one[np.argsort(-count, kind="stable")].tolist()))
        for place, (one, count) in enumerate(levels)
    ]
    return columns, (*ranges, *named)


def p_values(novelty: Novelty, features: tuple[Column, ...], columns: Columns) -> Numbers:
    return novelty.p_values(novelty.score(*Meter(novelty.profiles, features).many(columns)))


def learnt(columns: Columns, features: tuple[Column, ...], **more: Any) -> Novelty:
    found = learn_novelty(columns, features, seed=0, **more)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", ["plain", "together", "heavy", "counts", "levels"])
def test_of_fresh_rows_as_many_are_unusual_as_is_said(kind: str) -> None:
    rates, tenth = [], []
    for seed in range(4):
        columns, features = table(*world(1500, seed, kind=kind))
        novelty = learnt(columns, features)
        fresh = p_values(novelty, features, table(*world(4000, seed + 100, kind=kind))[0])
        rates.append(np.mean(fresh <= novelty.limit))
        tenth.append(np.mean(fresh <= 0.1))
    assert 0.5 * 0.01 <= np.mean(rates) <= 1.5 * 0.01
    assert np.mean(tenth) <= 0.12


def test_a_table_of_few_rows_calls_unusual_only_what_is_stranger_than_all() -> None:
    rates = []
    for seed in range(12):
        columns, features = table(*world(60, seed))
        novelty = learnt(columns, features)
        assert novelty.limit == 1 / 61
        rates.append(np.mean(p_values(novelty, features, table(*world(1000, seed + 100))[0]) <= novelty.limit))
    assert np.mean(rates) < 1.6 / 61


@pytest.mark.parametrize("kind", ["plain", "together"])
@pytest.mark.parametrize("rows", [300, 3000])
def test_a_changed_unit_is_always_unusual(kind: str, rows: int) -> None:
    columns, features = table(*world(rows, 1, kind=kind))
    novelty = learnt(columns, features)
    numbers, words = world(500, 2, kind=kind)
    usual = p_values(novelty, features, table(numbers, words)[0]) <= novelty.limit
    numbers[:, 3] = np.where(np.abs(numbers[:, 3]) > 0.05, numbers[:, 3], 1.0) * 1000
    changed = p_values(novelty, features, table(numbers, words)[0]) <= novelty.limit
    assert usual.mean() < 0.03
    assert changed.all()


def test_a_level_or_a_gap_that_never_was_is_unusual() -> None:
    random = np.random.default_rng(0)
    numbers = random.normal(size=(800, 3))
    words = [random.choice(["a", "b", "c"], 800).tolist()]
    columns, features = table(numbers, words)
    novelty = learnt(columns, features)
    new = table(np.zeros((1, 3)), [["z"]])[0]
    gone = table(np.array([[np.nan, 0.0, 0.0]]), [["a"]])[0]
    usual = table(np.zeros((1, 3)), [["a"]])[0]
    found = [float(p_values(novelty, features, one)[0]) for one in (new, gone, usual)]
    assert found[0] <= 0.01
    assert found[1] <= 0.01
    assert found[2] > 0.2


def test_later_rows_are_told_by_rows_that_were_later() -> None:
    # A number that grows: each new row is beyond all before it.
    random = np.random.default_rng(0)
    numbers = np.column_stack([np.arange(1000.0), random.normal(size=1000)])
    features = (Column(name="x0", kind="number"), Column(name="x1", kind="number"))
    columns = Columns.of(rows=1000, numbers=numbers[:900], number_names=["x0", "x1"])
    later = Columns.of(rows=100, numbers=numbers[900:], number_names=["x0", "x1"])
    forward = make_folds("forward", 4, rows=900, order=np.arange(900))
    assert np.mean(p_values(learnt(columns, features), features, later) <= 0.01) > 0.8
    assert np.mean(p_values(learnt(columns, features, folds=forward), features, later) <= 0.01) < 0.05


def test_rows_of_one_entity_do_not_vouch_for_each_other() -> None:
    random = np.random.default_rng(0)
    groups = np.repeat(np.arange(100), 10)
    numbers = random.normal(size=(100, 5))[groups] + 1e-3 * random.normal(size=(1000, 5))
    columns, features = table(numbers, [])
    fresh = table(random.normal(size=(3000, 5)), [])[0]
    entity = make_folds("entity", 5, rows=1000, groups=groups)
    apart = np.mean(p_values(learnt(columns, features, folds=entity), features, fresh) <= 0.01)
    mixed = np.mean(p_values(learnt(columns, features), features, fresh) <= 0.01)
    assert mixed > 0.03
    assert apart < 0.03


def test_the_time_of_decision_does_not_count() -> None:
    columns, features = table(*world(200, 0))
    novelty = learnt(columns, (Column(name="x0", kind="number", role="time"), *features[1:]))
    assert "x0" not in novelty.profiles
    assert "x1" in novelty.profiles


def test_too_little_to_tell() -> None:
    columns, features = table(*world(FEWEST_ROWS - 1, 0))
    assert learn_novelty(columns, features, seed=0) is None
    gone = Columns.of(rows=100, numbers=np.full((100, 1), np.nan), number_names=["x0"])
    assert learn_novelty(gone, (Column(name="x0", kind="number"),), seed=0) is None


def test_it_is_small_and_the_same_for_the_same_rows() -> None:
    numbers = np.random.default_rng(0).normal(size=(400, 300))
    columns, features = table(numbers, [])
    one, other = (json.dumps(learnt(columns, features).as_data()) for _ in range(2))
    assert one == other
    novelty = learnt(columns, features)
    assert len(novelty.profiles) == MOST_PROFILES
    assert len(novelty.scores) < 600
    assert len(one) < MOST_PROFILES * 33 * 30
