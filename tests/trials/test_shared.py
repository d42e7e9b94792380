from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from journeyman.trials.shared import TrainingData, open_shared, share


def test_what_is_opened_is_what_was_shared(training: Callable[..., TrainingData], tmp_path: Path) -> None:
    data = training()
    share(data, tmp_path)
    opened = open_shared(tmp_path)
    assert opened.digest() == data.digest()
    assert opened.columns.words[0].levels == data.columns.words[0].levels
    assert np.array_equal(opened.columns.dates, data.columns.dates)
    assert not opened.columns.numbers.flags.writeable


def test_the_digest_changes_with_any_cell_fold_and_seed(training: Callable[..., TrainingData]) -> None:
    data = training()
    numbers = data.columns.numbers.copy()
    numbers[7, 1] += 1e-12
    cell = replace(data, columns=data.columns.with_numbers(numbers, data.columns.number_names))
    seed = replace(data, target=replace(data.target, seed=9))
    fold = replace(data, folds=replace(data.folds, number=np.roll(data.folds.number, 1)))
    assert len({one.digest() for one in (data, cell, seed, fold)}) == 4
