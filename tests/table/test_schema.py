"""What each column is."""

from __future__ import annotations

import json

import pytest

from journeyman.errors import InputError
from journeyman.table.schema import Column, Schema

SCHEMA = Schema(
    (
        Column(name="key", kind="id"),
        Column(name="Contract", kind="category", levels=("monthly", "yearly"), missing=("n/a",)),
        Column(name="tenure", kind="number", low=0.0, high=72.5, unit="months"),
        Column(name="note", kind="text"),
        Column(name="since", kind="date", date_format="d/m/y"),
        Column(name="Churn", kind="category", role="target"),
    )
)


def test_features_are_what_a_model_can_read() -> None:
    assert [column.name for column in SCHEMA.features] == ["Contract", "tenure", "note", "since"]
    ignored = SCHEMA.with_role("tenure", "ignored", "it leaks")
    assert [column.name for column in ignored.features] == ["Contract", "note", "since"]
    assert ignored["tenure"].role_reason == "it leaks"
    incumbent = SCHEMA.with_role("tenure", "incumbent", "it decides today")
    assert "tenure" not in [column.name for column in incumbent.features]
    assert SCHEMA["tenure"].role == "feature"
    assert [column.name for column in SCHEMA.of_role("target")] == ["Churn"]


def test_a_schema_survives_json() -> None:
    assert Schema.from_data(json.loads(json.dumps(SCHEMA.as_data()))) == SCHEMA


def test_near_names_are_offered() -> None:
    with pytest.raises(InputError, match="did you mean 'tenure'") as caught:
        SCHEMA["Tenur"]
    assert caught.value.code == "column_missing"
    with pytest.raises(InputError):
        SCHEMA.with_column(Column(name="other", kind="number"))
    assert "tenure" in SCHEMA
    assert "Tenure" not in SCHEMA
    assert len(SCHEMA) == len(list(SCHEMA)) == 6
