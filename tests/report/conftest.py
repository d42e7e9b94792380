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
        "folds": {
            "kind": "stratified",
            "count": 5,
            "reason": "rows are independent, so 5 stratified folds",
            "training": [24000] * 5,
            "scored": [6000] * 5,
        },
        "profile": [
            number_profile("LIMIT_BAL", 10000.0, 140000.0, 1000000.0),
            {"name": "currency", "rows": 30000, "missing": 40, "distinct": 1, "levels": [["NT$", 29960]], "others": 0},
            {
                "name": "default payment",
                "rows": 30000,
                "missing": 0,
                "distinct": 2,
                "levels": [["0", 23364], ["1", 6636]],
            },
        ],
        "uses": {
            "columns": [
                {
                    "name": "LIMIT_BAL",
                    "change": 0.08,
                    "share": 0.9,
                    "effect": [
                        {"at": 50000.0, "answer": 0.31, "answers": 400},
                        {"at": 200000.0, "answer": 0.19, "answers": 400},
                        {"at": None, "answer": 0.22, "answers": 40},
                    ],
                },
                {
                    "name": "branch",
                    "change": 0.009,
                    "share": 0.1,
                    "effect": [
                        {"at": "north", "answer": 0.23, "answers": 400},
                        {"at": "south", "answer": 0.21, "answers": 400},
                    ],
                },
                {"name": "idle", "change": 0.0, "share": 0.0, "effect": []},
            ],
            "answer": 0.22,
            "rows": 400,
            "rounds": 3,
        },
        "payoff_curve": {
            "points": [
                {
                    "share": place / 10,
                    "threshold": 1 - place / 10 if place else None,
                    "payoff": 300.0 * place * (12 - place),
                }
                for place in range(11)
            ],
            "chosen": {"share": 0.6, "threshold": 0.4, "payoff": 10800.0},
            "by": "probability",
            "flat": [["call", -11000.0]],
            "outcomes": [
                {"action": "call", "outcome": "0", "rows": 60.0, "payoff": -6000.0},
                {"action": "call", "outcome": "1", "rows": 67.0, "payoff": 20100.0},
                {"action": "none", "outcome": "0", "rows": 700.0, "payoff": 0.0},
                {"action": "none", "outcome": "1", "rows": 173.0, "payoff": 0.0},
            ],
            "rows": 30000,
        },
        "confusion": {
            "classes": ["0", "1"],
            "counts": [[22000.0, 1364.0], [4300.0, 2336.0]],
            "others": 0,
            "right": 0.811,
            "commonest": 0.779,
        },
        "residuals": None,
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


def number_profile(name: str, low: float, median: float, high: float) -> dict[str, Any]:
    edges = [low + (high - low) * place / 24 for place in range(25)]
    numbers = {"low": low, "median": median, "high": high, "edges": edges, "counts": list(range(24, 0, -1))}
    return {"name": name, "rows": 300, "missing": 0, "distinct": 81, **numbers, "levels": [], "others": 0}


def regression(**changes: Any) -> dict[str, Any]:
    """A summary of numbers predicted."""
    bands = [
        {"predicted": 10.0 * place, "low": 9.0 * place, "middle": 10.5 * place, "high": 12.0 * place, "rows": 50}
        for place in range(1, 6)
    ]
    return made_up(
        task="regression",
        metric="rmse",
        classes=[],
        positive="",
        payoff_rule=None,
        payoff_curve=None,
        confusion=None,
        evaluation={"rmse": {"value": 4.5, "low": 4.1, "high": 4.9}, "mae": {"value": 3.21, "low": 3.0, "high": 3.4}},
        residuals={
            "bands": bands,
            "edges": [-20.0, -10.0, 0.0, 10.0, 20.0],
            "counts": [4, 40, 44, 6],
            "half": 3.5,
            "most": 11.0,
            "without": 14.0,
            "rows": 250,
        },
        **changes,
    )


def bounds(**changes: Any) -> dict[str, Any]:
    """What is said of single predictions: bounds of numbers."""
    groups = [
        {"kind": "band", "name": name, "coverage": 0.91, "low": 0.889, "high": 0.928, "rows": 836}
        for name in ("2.8 to 7.9", "7.9 to 20")
    ]
    worst = {"kind": "level", "column": "sex", "name": "I", "coverage": 0.88, "low": 0.85, "high": 0.902, "rows": 1342}
    told = {
        "nominal": 0.9,
        "kind": "interval",
        "promise": "90 % of new rows lie between low and high, while rows are exchangeable",
        "coverage": {"value": 0.9059, "low": 0.8967, "high": 0.9144, "rows": 4177},
        "median_width": 5.916,
        "median_width_without_model": 10.0,
        "groups": groups,
        "worst": worst,
        "levels": 3,
    }
    return told | changes


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


@pytest.fixture(name="regression")
def _regression() -> Callable[..., dict[str, Any]]:
    return regression


@pytest.fixture(name="bounds")
def _bounds() -> Callable[..., dict[str, Any]]:
    return bounds


@pytest.fixture(name="made_up")
def _made_up() -> Callable[..., dict[str, Any]]:
    return made_up
