"""Effects of levels, and that a row's own target does not show in training."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from journeyman.plan import needs
from journeyman.plan.target import Target
from journeyman.preparation.encode.level_effects import LevelEffects
from journeyman.table.columns import Columns, Strings

RANDOM = np.random.default_rng(np.random.PCG64(5))
ROWS = 600


def table(rows: int = ROWS, levels: int = 120) -> Columns:
    sellers = [f"seller {one}" for one in RANDOM.integers(levels, size=rows)]
    shades = RANDOM.choice(["red", "blue"], rows).tolist()
    return Columns.of(
        rows=rows,
        numbers=RANDOM.normal(size=(rows, 2)),
        number_names=["a", "b"],
        words=[Strings.of(shades), Strings.of(sellers)],
        word_names=["shade", "seller"],
    )


def test_words_of_many_levels_become_numbers_and_others_stay() -> None:
    columns = table()
    target = Target(task="regression", values=columns.numbers[:, 0] + RANDOM.normal(size=ROWS))
    state, done = LevelEffects().fit_apply(columns, target)
    assert (done.number_names, done.word_names) == (("a", "b", "seller"), ("shade",))
    assert done.numbers.shape == (ROWS, 3)
    again = LevelEffects().apply(state, columns)
    assert (again.names, again.code_names) == (done.names, done.code_names)


def test_a_table_of_few_levels_stays_as_it_is() -> None:
    columns = table(levels=needs.MANY_LEVELS - 1)
    state, done = LevelEffects().fit_apply(columns, Target(task="regression", values=RANDOM.normal(size=ROWS)))
    assert done.names == columns.names
    assert LevelEffects().apply(state, columns).names == columns.names


def test_each_class_has_its_effects_and_a_new_word_none() -> None:
    columns = table()
    classes = ("x", "y", "z")
    codes = np.asarray(columns.words[1].codes % 3, float)
    state = LevelEffects().fit(columns, Target(task="multiclass", values=codes, classes=classes))
    new = replace(columns.take(np.arange(2)), words=(Strings.of(["red", "red"]), Strings.of(["unheard of", ""])))
    done = LevelEffects().apply(state, new)
    assert done.number_names[2:] == ("seller: x", "seller: y", "seller: z")
    assert not done.numbers[:, 2:].any()
    known = LevelEffects().apply(state, columns).numbers[:, 2:]
    assert (known.argmax(axis=1) == codes).mean() > 0.99


@pytest.mark.parametrize("numbers", [2, 40])
def test_a_rows_own_target_does_not_change_its_number(numbers: int) -> None:
    columns = table().with_numbers(RANDOM.normal(size=(ROWS, numbers)), [f"n{place}" for place in range(numbers)])
    target = Target(task="regression", values=RANDOM.normal(size=ROWS), groups=np.arange(ROWS) // 3)
    step = LevelEffects()
    before = step.fit_apply(columns, target)[1].numbers
    for row in (0, 17, 599):
        assert target.groups is not None
        group = target.groups == target.groups[row]
        changed = replace(target, values=np.where(group, 1e3, target.values))
        after = step.fit_apply(columns, changed)[1].numbers
        np.testing.assert_array_equal(after[row], before[row])


def test_many_levels_of_few_rows_are_learnt_better_than_by_plain_means() -> None:
    from journeyman.preparation.encode.target_mean import TargetMean

    columns, fresh = table(3_000, 300), table(3_000, 300)
    truth = dict(zip([f"seller {one}" for one in range(300)], RANDOM.normal(size=300), strict=True))

    def signal(of: Columns) -> np.ndarray:
        levels = np.array([truth[level] for level in of.words[1].levels])
        return np.asarray(levels[of.words[1].codes] + 2 * np.abs(of.numbers[:, 0]))

    target = Target(task="regression", values=signal(columns) + RANDOM.normal(size=3_000))
    wanted = signal(fresh) - 2 * np.abs(fresh.numbers[:, 0])
    found = []
    for step in (LevelEffects(), TargetMean()):
        done = step.apply(step.fit(columns, target), fresh)
        seller = done.numbers[:, done.number_names.index("seller")]
        found.append(np.corrcoef(seller, wanted)[0, 1])
    assert 1 - found[0] < 0.7 * (1 - found[1])


@pytest.mark.parametrize("numbers", [0, 60])
def test_tables_without_numbers_and_with_many_are_learnt_from(numbers: int) -> None:
    columns = table()
    block = RANDOM.normal(size=(ROWS, numbers))
    columns = columns.with_numbers(block, [f"n{place}" for place in range(numbers)])
    done = LevelEffects().fit_apply(columns, Target(task="binary", values=np.arange(ROWS) % 2.0, classes=("n", "y")))
    assert np.isfinite(done[1].numbers).all()
