from __future__ import annotations

import numpy as np
import pytest

from journeyman.curation.fold_count import count_of, units_of
from journeyman.errors import BriefError
from journeyman.plan.target import Target


def test_units_are_what_holds_the_smaller_class() -> None:
    target = Target(task="binary", values=np.array([0.0] * 17 + [1.0] * 3), classes=("no", "yes"))
    assert units_of(target, None) == 3
    assert units_of(target, np.array([*range(17), 20, 20, 20])) == 1
    with pytest.raises(BriefError, match="cannot be split by 'who'"):
        count_of(target, np.array([*range(17), 20, 20, 20]), "'who'")


def test_numbers_need_groups_or_rows() -> None:
    target = Target(task="regression", values=np.arange(30.0))
    assert count_of(target, None, "row") == 10
    assert count_of(target, np.arange(30) % 4, "'who'") == 4


@pytest.mark.parametrize(("rows", "folds"), [(2_000, 10), (2_001, 5)])
def test_few_rows_have_more_folds(rows, folds):
    assert count_of(Target(task="regression", values=np.zeros(rows)), None, "row") == folds
