"""What several plans answer, and which targets they doubt together."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.learners.constant import Constant
from journeyman.learners.linear import Linear
from journeyman.plan.opinions import Opinions, doubts_by, opinions_of
from journeyman.plan.target import Target
from journeyman.statistics.label_rule import chances_of
from journeyman.table.columns import Columns

RANDOM = np.random.default_rng(0)
NUMBERS = RANDOM.normal(size=(400, 2))
TRUTH = NUMBERS[:, 0] > 0
WRONG = RANDOM.uniform(size=400) < 0.1
COLUMNS = Columns.of(rows=400, numbers=NUMBERS, number_names=("a", "b"))
TARGET = Target(task="binary", values=(TRUTH ^ WRONG).astype(float), classes=("no", "yes"))


def test_a_row_is_answered_by_fits_without_it_and_by_one_with_it() -> None:
    found = opinions_of([Linear(), Constant()], COLUMNS, TARGET, 3)
    assert found.are_whole
    assert len(found.unseen) == len(found.seen) == 2
    # The mean of other rows is lower where the row itself is a "yes".
    constant = found.unseen[1][:, 0]
    folds = TARGET.encoding_folds(3)
    for fold in folds.usable:
        assert constant[folds.scored(fold)] == pytest.approx(TARGET.values[folds.training(fold)].mean())
    assert np.ptp(found.seen[1]) == 0


def test_wrong_labels_come_first_and_are_doubted() -> None:
    found = doubts_by(TARGET, opinions_of([Linear()], COLUMNS, TARGET, 3))
    assert WRONG[np.argsort(-found.strength)[:20]].mean() > 0.9
    assert WRONG[found.doubted].mean() > 0.8
    assert (found.other[found.doubted] != TARGET.codes[found.doubted]).all()


def test_numbers_are_doubted_by_the_mean_of_the_opinions() -> None:
    values = NUMBERS[:, 0] + 0.1 * np.random.default_rng(1).normal(size=400)
    values[7] += 40
    target = Target(task="regression", values=values)
    found = opinions_of([Linear()], COLUMNS, target, 3)
    assert not found.seen
    assert doubts_by(target, found).strength.argmax() == 7


def test_answers_that_are_missing_are_told() -> None:
    assert not Opinions(()).are_whole
    assert not Opinions((np.array([[np.nan]]),)).are_whole


def test_chances_are_one_a_class() -> None:
    assert chances_of(np.array([[0.25]])).tolist() == [[0.75, 0.25]]
