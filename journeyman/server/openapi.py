"""The OpenAPI document of a served model: its rows are described column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import journeyman

#: Levels of a column that a description names.
_NAMED_LEVELS = 20
_CELL = {"number": ["number", "string", "boolean", "null"], "flag": ["boolean", "string", "number", "null"]}
_WORD = ["string", "number", "boolean", "null"]


def openapi(schema: Mapping[str, Any], *, wants_token: bool) -> dict[str, Any]:
    """The document, from what /schema tells.

    Parameters
    ----------
    wants_token : requests must bring a token
    """
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": f"{schema['target']}: predictions",
            "version": schema["model"],
            "summary": f"Predicts {schema['target']} from {len(schema['columns'])} columns.",
            "description": f"Served by journeyman {journeyman.__version__}. A bad row is refused, the others answered.",
        },
        "paths": _paths(schema),
        "components": {"schemas": _schemas(schema)},
    }
    if wants_token:
        document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"token": []}]
    return document


def _paths(schema: Mapping[str, Any]) -> dict[str, Any]:
    row = {"$ref": "#/components/schemas/Row"}
    rows = {"type": "object", "required": ["rows"], "properties": {"rows": {"type": "array", "items": row}}}
    rows["properties"]["rows"] |= {"minItems": 1, "maxItems": schema["limits"]["rows"]}  # type: ignore[index]  # a dict, four lines up
    query = [
        _query("reasons", {"type": "integer", "minimum": 0, "maximum": 10}, "so many reasons for each row"),
        _query("amounts", {"type": "boolean"}, "what each action promises, where there is a decision rule"),
        _query("unknown", {"enum": ["refuse", "ignore"]}, "what to do with columns that the model does not know"),
    ]
    answer = {"oneOf": [{"$ref": "#/components/schemas/Answer"}, {"$ref": "#/components/schemas/Answers"}]}
    asked = {"type": "object", "required": ["row", "column"], "properties": {"row": row, "column": {"type": "string"}}}
    return {
        "/predict": {
            "post": {
                "summary": "Predict one row, or several under rows.",
                "parameters": query,
                **_body({"anyOf": [rows, row]}),
                "responses": {
                    "200": _json("Every row has its answer; bad ones are refused in it.", answer),
                    "422": _json("No row could be answered; their troubles say why.", answer),
                    **_failures(),
                },
            }
        },
        "/what-if": {
            "post": {
                "summary": "What the model would answer if one cell were another.",
                **_body(asked),
                "responses": {
                    "200": _json("The answers by value.", {"type": "object"}),
                    **_failures(),
                    "422": _failure(),
                },
            }
        },
        "/similar": {
            "post": {
                "summary": "The past cases that are most like a row, where the bundle keeps any.",
                **_body(row),
                "responses": {
                    "200": _json("The nearest first.", {"type": "object"}),
                    **_failures(),
                    "404": _failure(),
                    "422": _failure(),
                },
            }
        },
        "/schema": {"get": _get("The model and its columns, those that move the answer most first.")},
        "/example": {"get": _get("A typical row, made up, as /predict takes it.")},
        "/health": {"get": _get("The server runs.", is_open=True)},
        "/ready": {"get": _get("The server answers; 503 while it ends.", is_open=True)},
        "/metrics": {"get": _get("Counters and latencies, for Prometheus.", kind="text/plain")},
        "/openapi.json": {"get": _get("This document.")},
    }


def _schemas(schema: Mapping[str, Any]) -> dict[str, Any]:
    classes = schema["classes"]
    trouble = {name: {"type": "string"} for name in ("column", "value", "because")}
    answer: dict[str, Any] = {
        "prediction": {"type": ["string", "null"]} if classes else {"type": ["number", "null"]},
        "status": {"enum": ["ok", "unusual", "refused"]},
        "troubles": {"type": "array", "items": {"type": "object", "properties": trouble}},
        "model": {"type": "string"},
    }
    if classes:
        chance = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
        answer["probabilities"] = {"type": "object", "properties": dict.fromkeys(classes, chance)}
        answer["prediction_set"] = {"type": "array", "items": {"enum": classes}}
    else:
        answer |= {"low": {"type": ["number", "null"]}, "high": {"type": ["number", "null"]}}
    if schema["decision"] is not None:
        answer["decision"] = {"type": ["string", "null"]}
    if schema["promise"] is not None:
        answer["route"] = {"enum": ["automate", "person", "audit"]}
    one = {"type": "object", "required": ["prediction", "status"], "properties": answer}
    return {
        "Row": {
            "type": "object",
            "properties": {
                **{
                    name: {"description": "of the training table; the model does not read it"}
                    for name in schema["unread"]
                },
                **{column["name"]: _cell(column) for column in schema["columns"]},
            },
            "additionalProperties": False,
            "minProperties": 1,
        },
        "Answer": one,
        "Answers": {
            "type": "object",
            "required": ["rows"],
            "properties": {"rows": {"type": "array", "items": {"$ref": "#/components/schemas/Answer"}}},
        },
        "Refusal": {
            "type": "object",
            "required": ["status", "error", "because", "try"],
            "properties": {name: {"type": "string"} for name in ("status", "error", "because", "try")},
        },
    }


def _cell(column: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of one cell: wide, for the reader of cells takes numbers as text and text as numbers."""
    unit = f", in {column['unit']}" if column["unit"] else ""
    told = f"{column['kind']}{unit}"
    if column["kind"] in ("number", "date") and column["low"] is not None:
        told += f"; training rows lie between {column['low']} and {column['high']}"
    if column["kind"] == "date":
        told += "; ISO 8601" + ("" if column["date_format"] == "iso" else f", or as {column['date_format']}")
        return {"type": ["string", "null"], "description": told, "examples": [column["default"]]}
    if column["kind"] == "category" and column["levels"]:
        named = ", ".join(map(repr, column["levels"][:_NAMED_LEVELS]))
        told += f"; known levels: {named}" + (", …" if column["level_count"] > _NAMED_LEVELS else "")
    return {"type": _CELL.get(column["kind"], _WORD), "description": told, "examples": [column["default"]]}


def _query(name: str, schema: dict[str, Any], told: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": told}


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _json(told: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": told, "content": {"application/json": {"schema": schema}}}


def _failure() -> dict[str, Any]:
    return _json("What happened, because of what, what to try.", {"$ref": "#/components/schemas/Refusal"})


def _failures() -> dict[str, Any]:
    return {code: _failure() for code in ("400", "401", "408", "411", "413", "415", "503")}


def _get(told: str, *, kind: str = "application/json", is_open: bool = False) -> dict[str, Any]:
    content = {"schema": {"type": "object" if kind == "application/json" else "string"}}
    return {
        "summary": told,
        **({"security": []} if is_open else {}),
        "responses": {"200": {"description": told, "content": {kind: content}}},
    }
