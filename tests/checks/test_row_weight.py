from __future__ import annotations

from collections.abc import Callable

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.row_weight import look
from journeyman.table.table import Table

Make = Callable[..., Table]


def test_weights_of_surveys_and_exposures_are_told(table_of: Make) -> None:
    random = np.random.default_rng(0)
    spread = random.lognormal(5, 2, 500)
    cells = {"fnlwgt": spread, "weight": spread, "survey_weight": spread / 1e4, "exposure": random.random(500)}
    found = look(table_of(cells), Brief())
    assert [(one.code, one.severity, one.columns[0]) for one in found] == [
        ("weight", "info", "fnlwgt"), ("weight", "info", "weight"), ("weight", "info", "survey_weight"),
        ("exposure", "info", "exposure"),
    ]  # fmt: skip


def test_weights_of_bodies_words_negative_numbers_and_given_weights_are_not(table_of: Make) -> None:
    cells = {
        "weight": np.linspace(40, 120, 100), "curb_weight": np.linspace(1, 1e5, 100), "exposure": ["a", "b"] * 50,
        "sample_weight": np.linspace(-1, 1, 100), "wgt": [1.0] * 100, "pweight": np.linspace(1, 1e5, 100),
    }  # fmt: skip
    assert look(table_of(cells), Brief(weight="pweight")) == ()
