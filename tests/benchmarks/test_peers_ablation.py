from __future__ import annotations

from importlib import import_module
from typing import Any


def row(*parts: tuple[str, float, float, float], score: float = 2.0) -> dict[str, Any]:
    made = {"task": "t", "system": "journeyman", "direction": "min", "score": score, "smallest_error": 0.01}
    told = [
        {"name": name, "seconds": 5.0, "gain": dict(zip(("value", "low", "high"), gain, strict=True))}
        for name, *gain in parts
    ]
    return {**made, "status": "done", "earned": told}


def test_parts_are_told_as_shares_of_the_error_the_best_first() -> None:
    rows = [
        row(("trees", 0.2, 0.1, 0.3), ("networks · words as codes", 0.0, -0.1, 0.1)),
        row(("trees", 0.4, 0.2, 0.6), ("networks", -0.2, -0.3, -0.1), score=4.0),
        {"task": "old", "system": "journeyman", "status": "done", "score": 1.0},
    ]
    lines = import_module("peers_ablation").ablation(rows)
    told = [line for line in lines if line.startswith("| ")][1:]
    assert [line.split(" | ")[0] for line in told] == ["| trees", "| words as codes", "| networks"]
    assert told[0] == "| trees | 2 | +10.00 % [+10.00, +10.00] | 2 | 0 | 50 % |"
    assert told[2].startswith("| networks | 2 | -2.50 % [")
    assert told[2].endswith("| 0 | 1 | 50 % |")


def test_without_such_rows_there_is_no_table() -> None:
    assert import_module("peers_ablation").ablation([row()]) == []
