"""What the model that ships says of columns that nobody doubts."""

from __future__ import annotations

import numpy as np
import pytest

from journeyman.sources.meaning.evidence import Evidence
from journeyman.sources.meaning.learnt.facts import facts_of
from journeyman.sources.meaning.learnt.guess import chances_of
from journeyman.table.columns import Strings
from journeyman.table.schema import Column

RANDOM = np.random.default_rng(3)
NUMBER, WORD = Column(name="x", kind="number"), Column(name="x", kind="category")


@pytest.mark.parametrize(
    ("name", "column", "cells", "label"),
    [
        ("income", NUMBER, RANDOM.lognormal(10, 1, 500), "numeric"),
        ("id", NUMBER, np.arange(500.0), "not-generalizable"),
        ("gender", WORD, Strings.of(["male", "female"] * 200), "categorical"),
        ("country", WORD, Strings.of(["France", "Italy", "Spain", "Japan", "Norway", "Chile"] * 80), "categorical"),
        ("date", WORD, Strings.of([f"{d % 28 + 1}/{d % 12 + 1}/2020" for d in range(300)]), "datetime"),
        ("url", WORD, Strings.of([f"https://www.example.org/page/{d}" for d in range(300)]), "url"),
        ("price", WORD, Strings.of([f"${d},{d % 900 + 100}.00" for d in range(1, 300)]), "embedded-number"),
        (
            "description",
            WORD,
            Strings.of([f"This is a very good product, and I would buy {d} of them again." for d in range(200)]),
            "sentence",
        ),
        ("empty", NUMBER, np.full(50, np.nan), "not-generalizable"),
    ],
)
def test_labels(name: str, column: Column, cells: object, label: str) -> None:
    chances = chances_of(facts_of(column, Evidence(name=name, cells=cells)))  # type: ignore[arg-type]
    assert next(iter(chances)) == label
    assert abs(sum(chances.values()) - 1) < 1e-9
    assert list(chances.values()) == sorted(chances.values(), reverse=True)
