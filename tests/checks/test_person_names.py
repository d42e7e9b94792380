from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from journeyman.brief.brief import Brief
from journeyman.checks.evidence.given_names import GIVEN_NAMES
from journeyman.checks.person_names import look
from journeyman.table.finding import Finding
from journeyman.table.table import Table

Make = Callable[..., Table]
NAMES = [name.capitalize() for name in sorted(GIVEN_NAMES)[:200]]
LAST = [f"{first}ski" for first in "Abcdefghijkl"] * 20


def test_names_in_several_forms_addresses_and_births_are_told_and_stay_features(table_of: Make) -> None:
    streets = [f"{number} {word} St" for number in range(1, 41) for word in ("Oak", "Elm", "High", "Mill", "Old")]
    cells = {
        "owner": [f"{name} Q{row}x" for row, name in enumerate(NAMES)],
        "who": [f"Brown{row}, Mrs. Xyz" for row in range(200)],
        "first": NAMES,
        "last": [f"{one}{row}" for row, one in enumerate(LAST[:200])],
        "Address": streets,
        "dob": np.array(["1980-01-01", "1990-02-03"] * 100, "M8[D]"),
        "since": np.array(["1980-01-01", "1990-02-03"] * 100, "M8[D]"),
        "city": ["Paris", "Austin", "Lagos", "Berlin"] * 50,
    }
    found = look(table_of(cells), Brief())
    assert found is not None
    assert (found.code, found.severity, found.remedy.action) == ("pii", "warning", "review")
    assert found.columns == ("owner", "who", "first", "last", "Address", "dob")
    assert "Brown" not in found.message
    assert not any(name in found.message for name in NAMES)


def test_storms_words_and_firms_are_nobody(table_of: Make) -> None:
    cells = {
        "name": NAMES,
        "product": [f"blue thing number {row}" for row in range(200)],
        "provider": [f"{name} Hospital" for name in NAMES],
        "Company Address": [f"{row} Oak St" for row in range(200)],
        "few": ["Anna", "Berta"] * 100,
    }
    assert look(table_of(cells), Brief()) is None
    beside = look(table_of({**cells, "sex": ["m", "f"] * 100}), Brief())
    assert beside is not None
    assert beside.columns == ("name",)


def test_what_reading_told_is_not_told_again(table_of: Make) -> None:
    table = table_of({"owner": [f"{name} X" for name in NAMES], "seller": [f"{name} Y" for name in NAMES]})
    read = Finding(code="pii", severity="warning", message="x", columns=("owner",))
    found = look(replace(table, findings=(read,)), Brief())
    assert found is not None
    assert found.columns == ("seller",)


def test_what_is_left_out_is_not_looked_at(table_of: Make) -> None:
    assert look(table_of({"owner": [f"{name} X" for name in NAMES]}), Brief(ignore=("owner",))) is None
