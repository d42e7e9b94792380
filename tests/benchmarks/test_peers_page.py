from __future__ import annotations

from importlib import import_module
from typing import Any


def row(system: str, score: float | None, **more: Any) -> dict[str, Any]:
    made = {"task": "t", "metric": "rmse", "system": system, "time": "60s", "direction": "min", "trivial": 9.0}
    made |= {"smallest_error": 0.01, "wall": 61.0, "elsewhere": 0.3, "status": "done", "code": "abc", "cores": 2}
    made |= {"platform": "Linux", "python": "3.11"}
    return made | ({} if score is None else {"score": score}) | more


def test_the_page_shows_scores_costs_and_reasons() -> None:
    page = import_module("peers_page").page(
        [
            row("journeyman", 1.5, fit_seconds=61.0, peak_mb=200.0, bytes=2_000_000, row_ms=0.2),
            row("flaml", 1.0, fit_seconds=90.0, version="2.7"),
            row("h2o", None, status="failed", reason="no | Java"),
            row("catboost", 3.0, time="", wall=500.0),
        ]
    )
    assert "| **journeyman** | 1 | 0 | 2.00 | 1.500 | 1.50 t |" in page
    assert "| t | rmse | 1.5 | 3 | **1** | – | 0.3 |" in page
    assert "where it is largest: t 1.500 [0.000, inf] (flaml)." in page
    assert "- t, h2o: failed: no \\| Java" in page
    assert "flaml 2.7; journeyman at abc." in page
    # The peer's own call took one and a half times its budget; what has no budget is not beside it.
    assert "1.50 (1.50) | 1.02 |" in page
    assert "8.33" not in page


def test_a_page_without_rows_says_so() -> None:
    assert "No rows of ours yet." in import_module("peers_page").page([])
