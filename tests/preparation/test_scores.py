"""Out-of-fold scores of texts."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.plan.target import Target
from journeyman.preparation.text.scores import MOST_CLASSES, Scores
from journeyman.table.columns import MISSING_WORD, TERM_END, Columns, Strings

RANDOM = np.random.default_rng(np.random.PCG64(6))
WORDS = [f"w{one}" for one in range(60)]
CELLS = [" ".join(RANDOM.choice(WORDS, 6, replace=False)) for _ in range(400)]
SAID = np.array([("w1 " in f"{cell} ") + 0.0 - ("w2 " in f"{cell} ") for cell in CELLS])


def table(cells: list[str]) -> Columns:
    coded = Strings.of([cell if cell == MISSING_WORD else cell.replace(" ", TERM_END) for cell in cells])
    return Columns.of(rows=len(cells), words=[coded], word_names=["t"], text_names=["t"])


def related(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.corrcoef(first, second)[0, 1])


def test_scores_are_on_the_targets_scale_and_texts_stay() -> None:
    values = 1000 + 50 * SAID + RANDOM.normal(size=400)
    state, done = Scores().fit_apply(table(CELLS), Target(task="regression", values=values))
    assert done.names == ("texts: score", "t")
    assert done.texts == ("t",)
    assert related(done.numbers[:, 0], values) > 0.9
    new = Scores().apply(state, table(["w1 w5", "w2 w5", "new", "", MISSING_WORD])).numbers[:, 0]
    assert new[0] > 1010 > 990 > new[1]
    assert new[2] == new[3] == new[4]
    assert new[2] == pytest.approx(1000, abs=30)


def test_noise_gives_training_rows_no_score_that_knows_their_target() -> None:
    cells = [f"only{place} w{place % 50}" for place in range(400)]
    values = RANDOM.integers(0, 2, 400).astype(float)
    target = Target(task="binary", values=values, classes=("no", "yes"), fold_kind="stratified")
    done = Scores().fit_apply(table(cells), target)[1]
    assert abs(related(done.numbers[:, 0], values)) < 0.15


def test_classes_have_log_odds() -> None:
    values = (SAID + RANDOM.normal(size=400) * 0.2 > 0.5).astype(float)
    target = Target(task="binary", values=values, classes=("no", "yes"), fold_kind="stratified")
    done = Scores().fit_apply(table(CELLS), target)[1]
    score = done.numbers[:, 0]
    assert score[values == 1].mean() > score[values == 0].mean() + 1
    assert ((score > 0) == (values == 1)).mean() > 0.9


def test_several_classes_have_a_score_each_and_too_many_none() -> None:
    target = Target(task="multiclass", values=SAID + 1, classes=("a", "b", "c"), fold_kind="stratified")
    done = Scores().fit_apply(table(CELLS), target)[1]
    assert done.number_names == ("texts: score of a", "texts: score of b", "texts: score of c")
    assert (done.numbers.argmax(axis=1) == target.codes).mean() > 0.9
    many = tuple(str(one) for one in range(MOST_CLASSES + 1))
    target = Target(task="multiclass", values=np.arange(400.0) % len(many), classes=many)
    state, done = Scores().fit_apply(table(CELLS), target)
    assert done.names == Scores().apply(state, table(CELLS)).names == ("t",)


def test_a_class_that_a_fold_lacks_and_a_target_without_difference_are_no_trouble() -> None:
    target = Target(task="multiclass", values=np.array([0.0] * 3 + [1.0] * 397), classes=("a", "b", "c"))
    state, done = Scores().fit_apply(table(CELLS), target)
    assert np.isfinite(done.numbers).all()
    assert (Scores().apply(state, table(CELLS)).numbers.argmax(axis=1) == 1).mean() > 0.9
    same = Target(task="binary", values=np.ones(400), classes=("no", "yes"))
    done = Scores().fit_apply(table(CELLS), same)[1]
    assert len(np.unique(done.numbers)) == 1


def test_in_time_the_first_rows_have_a_score_too() -> None:
    target = Target(task="regression", values=50 * SAID, order=np.arange(400), fold_kind="forward")
    done = Scores().fit_apply(table(CELLS), target)[1]
    assert related(done.numbers[:100, 0], target.values[:100]) > 0.8
    assert related(done.numbers[200:, 0], target.values[200:]) > 0.8


def test_weights_count() -> None:
    values = np.concatenate([np.where(SAID == 0, 0, SAID), -np.where(SAID == 0, 0, SAID)])
    weights = np.concatenate([np.full(400, 100.0), np.full(400, 0.01)])
    done = Scores().fit_apply(table(CELLS * 2), Target(task="regression", values=values, weights=weights))[1]
    assert related(done.numbers[:400, 0], values[:400]) > 0.8
