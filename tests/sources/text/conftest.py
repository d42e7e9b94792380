"""A table of names, ages, days and colours, and how it is read."""

from __future__ import annotations

import pytest

from journeyman.sources.text.columns import Columns
from journeyman.sources.text.dialect import Dialect
from journeyman.sources.text.form import Form


@pytest.fixture
def rows() -> list[tuple[str, ...]]:
    names = ("Ada", "Bo", "Cem", "Dora", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon")
    return [
        (names[place % 10], str(20 + 3 * place), f"2024-0{1 + place % 9}-1{place % 7}", ("blue", "red")[place % 2])
        for place in range(20)
    ]


@pytest.fixture
def columns(rows: list[tuple[str, ...]]) -> Columns:
    return Columns(rows)


@pytest.fixture
def form(columns: Columns) -> Form:
    """Data begin in line 2."""
    return Form(dialect=Dialect(), width=4, columns=columns, header=("name", "age", "day", "colour"), first=1)
