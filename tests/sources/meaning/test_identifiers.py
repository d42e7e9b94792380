from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from journeyman.sources.meaning import Meaning, understand

Mean = Callable[..., Meaning]
RANDOM = np.random.default_rng(1)
SPARSE = RANDOM.permutation(60) * 7 % 419


@pytest.mark.parametrize(
    ("values", "name", "kind"),
    [
        (np.arange(50), "x", "id"),
        (RANDOM.permutation(50) + 1000, "x", "id"),
        (np.arange(50), "rank", "number"),
        (np.arange(1950, 2000), "year", "number"),
        (SPARSE, "case_number", "id"),
        (SPARSE, "PassengerId", "id"),
        (np.append(SPARSE, SPARSE[:1]), "PassengerId", "number"),
        (np.arange(50) + 0.5, "id", "number"),
        (np.arange(19), "id", "number"),
        (np.array([10**15 + 3 * place for place in range(30)]), "key", "id"),
    ],
)
def test_numbers_that_name_rows(values: np.ndarray, name: str, kind: str) -> None:  # type: ignore[type-arg]
    column = understand(name, values).column
    assert column.kind == kind
    assert (column.numeric_spelling, column.sure < 1) == ((True, True) if kind == "id" else (False, column.sure < 1))


def test_digits_beyond_what_a_float_holds_are_kept(mean: Mean) -> None:
    cells = [9007199254740993 + 1000 * place for place in range(40)]
    found = mean([*cells, ""])
    assert found.column.kind == "id"
    assert sorted(found.read.values.levels)[1] == "9007199254740993"
    assert mean(cells, wishes={"kind": "number"}).column.kind == "number"
    assert mean(cells, is_target=True).column.kind == "number"
