from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.sources.meaning import Meaning, understand

Mean = Callable[..., Meaning]


def test_infinite_numbers_are_missing_and_told(mean: Mean) -> None:
    for found in (mean(["1", "-inf", "2", "1e400"]), understand("x", np.array([1, -np.inf, 2, np.inf]))):
        told = found.findings[0]
        assert (told.code, told.severity, told.rows) == ("infinite_values", "warning", (1, 3))
        assert np.isnan(found.read.values[[1, 3]]).all()  # type: ignore[index]  # numbers are an array
    assert mean(["inf", "red"]).findings == ()


def test_of_a_target_they_are_told_as_such() -> None:
    found = understand("y", np.array([1, -np.inf, 2, 3]), is_target=True).findings
    assert [(one.code, one.rows) for one in found] == [("target_infinite", (1,))]
