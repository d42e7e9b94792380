from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from journeyman.server.application import METHODS
from journeyman.server.deployed import Deployed
from journeyman.server.openapi import openapi


def references(data: Any) -> set[str]:
    if isinstance(data, dict):
        own = {data["$ref"]} if isinstance(data.get("$ref"), str) else set()
        return own.union(*map(references, data.values()))
    return set().union(*map(references, data)) if isinstance(data, list) else set()


def test_the_document_describes_every_address_and_every_column(deployed: Callable[..., Deployed]) -> None:
    for task in ("binary", "multiclass", "regression"):
        one = deployed(task)
        document = json.loads(json.dumps(openapi(one.schema, wants_token=False), allow_nan=False))
        assert document["openapi"].startswith("3.1")
        for path, methods in METHODS.items():
            assert set(document["paths"][path]) == {methods[0].lower()}
        assert set(document["paths"]) == set(METHODS)
        row = document["components"]["schemas"]["Row"]
        assert set(row["properties"]) == one.known
        assert row["additionalProperties"] is False
        for name in references(document):
            place = document
            for part in name.removeprefix("#/").split("/"):
                place = place[part]


def test_a_token_is_told(deployed: Callable[..., Deployed]) -> None:
    document = openapi(deployed().schema, wants_token=True)
    assert document["security"] == [{"token": []}]
    assert document["paths"]["/health"]["get"]["security"] == []
