from __future__ import annotations

import json

import numpy as np

from journeyman.evaluation.weak_slices import LISTED, weak_slices
from journeyman.statistics.bbc import make_units
from journeyman.table.columns import Columns, Strings


def table(random: np.random.Generator, rows: int) -> Columns:
    words = [Strings.of([f"l{one}" for one in random.integers(0, 6, rows)]) for _ in range(3)]
    return Columns.of(
        rows=rows, numbers=random.normal(size=(rows, 3)), number_names=("x", "y", "z"), words=words,
        word_names=("a", "b", "c"),
    )  # fmt: skip


def test_a_group_of_two_columns_is_found_and_confirmed() -> None:
    random = np.random.default_rng(0)
    columns = table(random, 4000)
    inside = (columns.words[0].cells() == "l2") & (columns.numbers[:, 0] > np.quantile(columns.numbers[:, 0], 2 / 3))
    losses = random.exponential(size=4000) * np.where(inside, 3.0, 1.0)
    found = weak_slices(columns, losses, 1 - losses, np.ones(4000), make_units(4000))
    first = found.slices[0]
    assert {name for name, _ in first.parts} == {"a", "x"}
    assert first.rows == inside.sum()
    assert 0 < first.worse.low < 2 < first.worse.high
    assert first.gain.high < 0
    assert len(found.slices) <= LISTED
    json.dumps(found.as_data())


def test_where_losses_are_the_same_everywhere_seldom_is_anything_listed() -> None:
    random = np.random.default_rng(1)
    listed = 0
    for seed in range(60):
        columns, losses = table(random, 600), random.exponential(size=600)
        listed += bool(weak_slices(columns, losses, -losses, np.ones(600), make_units(600), seed=seed).slices)
    assert listed <= 5


def test_rows_of_one_unit_are_one_piece_of_evidence() -> None:
    random = np.random.default_rng(2)
    units, listed = np.repeat(np.arange(30), 40), 0
    for seed in range(20):
        level = random.integers(0, 4, 30)
        words = [Strings.of([f"l{one}" for one in level[units]])]
        columns = Columns.of(rows=1200, words=words, word_names=("a",))
        losses = np.abs(random.normal(size=30))[units] + 0.1 * random.exponential(size=1200)
        found = weak_slices(columns, losses, -losses, np.ones(1200), make_units(1200, groups=units), seed=seed)
        listed += bool(found.slices)
    assert listed <= 3


def test_a_table_too_small_for_groups_gives_none() -> None:
    columns = table(np.random.default_rng(3), 60)
    losses = np.ones(60)
    assert not weak_slices(columns, losses, losses, np.ones(60), make_units(60)).slices
