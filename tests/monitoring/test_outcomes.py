from __future__ import annotations

import numpy as np
import pytest

from journeyman.errors import InputError
from journeyman.monitoring.outcomes import missing_of, outcomes_of
from journeyman.table.columns import MISSING_WORD, Strings
from journeyman.table.schema import Column

CLASSES = ("no", "yes")


def test_classes_are_read_as_the_training_table_had_them() -> None:
    target = Column(name="churn", kind="category", levels=CLASSES)
    cells = {"came": ["yes", "no", None, "yes"]}
    found = outcomes_of(target, "binary", CLASSES, cells, 4, "came")
    assert found[[0, 1, 3]].tolist() == [1, 0, 1]
    assert np.isnan(found[2])


def test_a_column_of_something_else_is_refused_and_a_misspelt_one_gets_an_offer() -> None:
    target = Column(name="churn", kind="category", levels=CLASSES)
    with pytest.raises(InputError, match="not what the model predicts"):
        outcomes_of(target, "binary", CLASSES, {"came": ["red", "green"]}, 2, "came")
    with pytest.raises(InputError, match="did you mean 'came'"):
        outcomes_of(target, "binary", CLASSES, {"came": ["yes"]}, 1, "cane")


def test_missing_cells_of_words_and_numbers() -> None:
    assert missing_of(Strings.of(["a", MISSING_WORD])).tolist() == [False, True]
    assert missing_of(np.array([np.nan, 1.0])).tolist() == [True, False]
