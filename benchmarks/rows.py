"""The rows of a study that are there: one JSON object a line, each of a build that is not run again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows that are there."""
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def append(path: Path, row: dict[str, Any]) -> None:
    """One more row, at once on disk: a study that is stopped keeps what it has."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
