from __future__ import annotations

from collections.abc import Callable
from typing import Any

from journeyman.report.needed import needed


def test_what_the_model_and_the_amounts_read_must_be_supplied(made_up: Callable[..., dict[str, Any]]) -> None:
    assert needed(made_up()) == ["LIMIT_BAL"]
    schema = [
        {"name": "day", "kind": "date", "role": "time"},
        {"name": "fee", "kind": "number", "role": "ignored"},
        {"name": "who", "kind": "id", "role": "feature"},
        {"name": "x", "kind": "number", "role": "feature"},
    ]
    brief = {"gain": {"act": {"true": "fee * 2 - x", "false": -5.0}}}
    assert needed(made_up(schema=schema, brief=brief)) == ["day", "x", "fee"]
    assert needed({}) == []
