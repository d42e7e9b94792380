"""A made-up summary, shaped as run.json is, for every test of this folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def made_up(**changes: Any) -> dict[str, Any]:
    names = [
        ("mean of 4 models", 0.4312, False, 1),
        ("lightgbm, many leaves", 0.4325, False, 1),
        ("lightgbm, few leaves", 0.4331, False, 1),
        ("lightgbm, extra trees", 0.4402, False, 2),
        ("linear", 0.4655, True, 3),
        ("best single rule", 0.4744, True, 4),
        ("constant", 0.5284, True, 5),
    ]
    summary = {
        "format": 1,
        "status": "done",
        "name": "card_default",
        "origin": "card_default.parquet: 30,000 rows, 24 columns",
        "seconds": 44.2,
        "timings": {"prepare": 2.1, "search": 36.0, "evaluate": 3.8, "deploy": 1.2},
        "versions": {"python": "3.12.1", "journeyman": "0.1.0", "lightgbm": "4.7.0"},
        "task": "binary",
        "target": "default payment",
        "classes": ["0", "1"],
        "positive": "1",
        "metric": "log_loss",
        "aim_reason": "the column has two values; '1' is the rarer one, so it counts as true",
        "brief": {"seconds": 45.0, "trials": None, "seed": 0, "entity": None, "ignore": [], "memory_bytes": None},
        "payoff_rule": {"actions": [["call", {"0": -100.0, "1": 300.0}]]},
        "rows": {"read": 30000, "used": 30000, "set_aside": 0},
        "folds": {"kind": "stratified", "count": 5, "reason": "rows are independent, so 5 stratified folds"},
        "leaderboard": [
            {
                "rank": rank + 1,
                "tie": tie,
                "name": name,
                "score": score,
                "low": score - 0.006,
                "high": score + 0.006,
                "seconds": 3.0 * (6 - rank) + 0.034,
                "floor": floor,
            }
            for rank, (name, score, floor, tie) in enumerate(names)
        ],
        "chosen": {"name": "lightgbm, few leaves", "key": "abc"},
        "evaluation": {
            "log_loss": {"value": 0.4339, "low": 0.4275, "high": 0.4403},
            "roc_auc": {"value": 0.7781, "low": 0.7712, "high": 0.7850},
            "payoff": {"value": 14210.4, "low": 13100.0, "high": 15400.0},
        },
        "choice": {
            "gain": {"value": 2300.0, "low": 1500.0, "high": 3100.0},
            "against": "the best single rule",
            "replays": 200,
            "rows": 30000,
            "too_few": False,
            "too_few_reason": "",
        },
        "calibration": [
            {"predicted": 0.03 + place * 0.095, "observed": 0.02 + place * 0.097, "rows": 9000 // (place + 1)}
            for place in range(10)
        ],
        "trials": [
            {"name": "constant", "status": "done", "reason": ""},
            {"name": "lightgbm, deep", "status": "stopped", "reason": "its time was up"},
        ],
        "findings": [
            finding(
                "duplicate_rows", "info", "70 rows are copies of other rows", "they are kept on one side of every split"
            ),
            finding("single_column_leak", "error", "'paid_late' alone tells the target", "leave it out with --ignore"),
            finding("constant_column", "warning", "'currency' holds one value", "it is not used"),
        ],
        "schema": [
            {
                "name": "LIMIT_BAL",
                "kind": "number",
                "role": "feature",
                "unit": "NT$",
                "reason": "81 whole numbers",
                "role_reason": "",
            },
            {
                "name": "currency",
                "kind": "category",
                "role": "ignored",
                "unit": "",
                "reason": "text",
                "role_reason": "one value",
            },
            {
                "name": "default payment",
                "kind": "number",
                "role": "target",
                "unit": "",
                "reason": "2 values",
                "role_reason": "as asked",
            },
        ],
        "digests": {"data": "9c1185a5c5e9fc54612808977ee8f548b2258d31"},
        "verdict": {
            "decision": "deploy",
            "probability": 0.974,
            "reasons": ["It gains 2,300 per 1,000 rows over the best single rule [1,500, 3,100]."],
            "would_change": ["A call that costs more than 161."],
        },
    }
    return summary | changes


def finding(code: str, severity: str, message: str, words: str) -> dict[str, Any]:
    remedy = {"action": "none", "value": "", "words": words}
    return {
        "code": code,
        "severity": severity,
        "message": message,
        "columns": [],
        "rows": [],
        "numbers": {},
        "remedy": remedy,
    }


@pytest.fixture(name="made_up")
def _made_up() -> Callable[..., dict[str, Any]]:
    return made_up
