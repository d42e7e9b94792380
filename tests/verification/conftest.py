"""One table and two runs of one request, built once; tests get copies that they may spoil."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import journeyman as jm
from journeyman.store.digest import canonical


def table(rows: int = 260, seed: int = 3) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    size = np.round(random.normal(size=rows), 3)
    colour = random.choice(["red", "green", "blue"], rows)
    logit = 1.5 * size + (colour == "red")
    bought = np.where(random.random(rows) < 1 / (1 + np.exp(-logit)), "yes", "no")
    return pl.DataFrame({"size": size, "colour": colour, "bought": bought})


@pytest.fixture(scope="package")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``table.csv``, and the runs ``one`` and ``two`` in folders of their own."""
    folder = tmp_path_factory.mktemp("verification")
    table().write_csv(folder / "table.csv")
    for name in ("one", "two"):
        options: dict[str, Any] = {"predict": "bought", "gain": {"call:true": 5, "call:false": -3}, "trials": 2}
        jm.build(str(folder / "table.csv"), out=folder / name / "run", **options)
    return folder


@pytest.fixture(scope="package")
def other(place: Path) -> Path:
    """A run of another request on the same rows, beside the first."""
    return jm.build(
        str(place / "table.csv"), predict="bought", ignore="size", trials=1, out=place / "one" / "other"
    ).folder


@pytest.fixture
def run(place: Path, tmp_path: Path) -> Path:
    """A copy of a run, whose table is not where it was."""
    copy = tmp_path / "run"
    shutil.copytree(place / "one" / "run", copy)
    change(copy / "run.json", lambda told: told.update(sources=[]))
    return copy


@pytest.fixture
def changed() -> Callable[..., None]:
    return change


def change(path: Path, how: Callable[[dict[str, Any]], Any]) -> None:
    """Change the JSON in a file."""
    told = json.loads(path.read_text())
    how(told)
    path.write_bytes(canonical(told) + b"\n" if path.name == "certificate.json" else json.dumps(told).encode())
