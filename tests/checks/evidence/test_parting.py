from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.duplicate_rows import look
from journeyman.checks.evidence.parting import cost_of_parting, with_costs_of_parting
from journeyman.table.finding import Finding
from journeyman.table.table import Table

Make = Callable[..., Table]


def noise(rows: int, copies: int) -> dict[str, Any]:
    random = np.random.default_rng(0)
    cells: dict[str, Any] = {f"x{place}": random.normal(size=rows) for place in range(5)}
    cells["y"] = (random.random(rows) < 0.5) + 0.0
    return {name: np.concatenate([one] * copies) for name, one in cells.items()}


def test_copies_of_noise_look_like_signal_where_they_are_parted(table_of: Make) -> None:
    table = table_of(noise(400, 3))
    found = look(table, Brief(predict="y"))
    assert isinstance(found, Finding)
    (told,) = with_costs_of_parting([found], table, Brief(predict="y"))
    assert told.cost is not None
    assert told.cost.measure == "AUC"
    assert told.cost.ignored > 0.9
    assert abs(told.cost.heeded - 0.5) < 0.1
    assert told.cost.words.startswith("parted ")


def test_where_nothing_is_lost_nothing_is_told(table_of: Make) -> None:
    table = table_of(noise(1200, 1))
    random = np.random.default_rng(1)
    assert cost_of_parting(table, Brief(predict="y"), random.integers(0, 300, 1200)) is None
    assert cost_of_parting(table, Brief(predict="y"), np.arange(1200)) is None
    assert cost_of_parting(table, Brief(), np.arange(1200)) is None
    other = Finding(code="constant", severity="info", message="x")
    assert with_costs_of_parting([other], table, Brief(predict="y")) == (other,)
