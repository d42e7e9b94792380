"""Columns, understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from journeyman.sources.meaning import Meaning, understand
from journeyman.table.columns import Strings

Mean = Callable[..., Meaning]


@pytest.fixture
def mean() -> Mean:
    """Understand cells that are given as they would stand in a text file."""

    def of(cells: Sequence[object], name: str = "x", **options: object) -> Meaning:
        texts = ["" if cell is None else str(cell) for cell in cells]
        return understand(name, Strings.of(texts), **options)  # type: ignore[arg-type]

    return of


@pytest.fixture
def codes() -> Callable[[Meaning], list[str]]:
    """The codes of what was told, in order."""
    return lambda found: [finding.code for finding in found.findings]
