from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import journeyman as jm
from journeyman.bundle.pyfunc import _load_pyfunc
from journeyman.errors import BundleError, InputError


def test_a_table_is_answered_with_one_of_its_kind(
    written: Callable[[str], Path], make_table: Callable[[int], dict[str, Any]]
) -> None:
    import pandas as pd

    folder, cells = written("binary"), make_table(5)
    table = pd.DataFrame(cells, index=[9, 7, 5, 3, 1])
    answer = _load_pyfunc(str(folder)).predict(table)
    assert type(answer) is pd.DataFrame
    assert answer.index.tolist() == [9, 7, 5, 3, 1]
    expected = jm.load(folder).predict(cells)
    assert list(answer.columns) == list(expected.as_columns())
    assert np.array_equal(answer["probability_yes"], expected.as_columns()["probability_yes"])
    assert answer["decision"].tolist() == expected.as_columns()["decision"].tolist()
    assert answer["prediction"].tolist() == expected.prediction.tolist()


def test_other_rows_are_answered_with_columns(
    written: Callable[[str], Path], make_table: Callable[[int], dict[str, Any]]
) -> None:
    folder, cells = written("regression"), make_table(3)
    answer = _load_pyfunc(folder, {}).predict(cells, {"unused": 1})
    assert answer["prediction"].tolist() == jm.load(folder).predict(cells).prediction.tolist()


def test_what_cannot_be_loaded_or_read_is_said_as_elsewhere(written: Callable[[str], Path], tmp_path: Path) -> None:
    with pytest.raises(BundleError):
        _load_pyfunc(tmp_path)
    with pytest.raises(InputError, match="are missing"):
        _load_pyfunc(written("binary")).predict({"age": [3]})
