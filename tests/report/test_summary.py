from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journeyman.report.summary import plain, versions


@dataclass(frozen=True)
class Value:
    numbers: tuple[float, ...]


def test_values_become_json() -> None:
    said = plain({"a": Value((1.5, float("nan"))), "b": np.array([1, 2]), "c": np.float64("inf"), 3: {"x"}})
    assert said == {"a": {"numbers": [1.5, None]}, "b": [1, 2], "c": None, "3": ["x"]}


def test_versions_name_what_decides_the_result() -> None:
    assert {"python", "numpy", "lightgbm", "onnxruntime"} <= set(versions())
