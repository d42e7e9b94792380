from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import journeyman as jm
from journeyman.job.run import Run


def churn(rows: int = 500, seed: int = 1, *, signal: float = 1.5) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    tenure = random.integers(0, 72, rows)
    charge = np.round(random.gamma(4, 15, rows), 2)
    contract = random.choice(["monthly", "one year", "two years"], rows, p=[0.5, 0.3, 0.2])
    logit = signal * ((contract == "monthly") - 0.5 + (charge - 60) / 40 - (tenure - 36) / 36)
    leaves = random.random(rows) < 1 / (1 + np.exp(-logit))
    days = np.array("2024-01-01", "datetime64[D]") + random.integers(0, 600, rows)
    return pl.DataFrame(
        {
            "customer": [f"C-{number:05d}" for number in range(rows)],
            "tenure": tenure,
            "charge": [None if one < 0.05 else value for one, value in zip(random.random(rows), charge, strict=True)],
            "contract": contract,
            "since": days,
            "churn": np.where(leaves, "yes", "no"),
        }
    )


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("job")
    churn().write_csv(folder / "churn.csv")
    return folder


@pytest.fixture(scope="session")
def run(place: Path) -> Run:
    said: list[tuple[str, str, bool]] = []
    built = jm.build(
        str(place / "churn.csv"),
        predict="churn",
        gain={"call:true": 50, "call:false": -10},
        trials=2,
        out=place / "run",
        progress=lambda stage, text, is_final: said.append((stage, text, is_final)),
    )
    finals = list(dict.fromkeys(stage for stage, _, is_final in said if is_final))
    expected = ["read", "audit", "curate", "explore", "floor", "search", "hint", "evaluate", "verdict", "report"]
    assert finals == expected
    return built


@pytest.fixture
def others() -> pl.DataFrame:
    """Rows that nobody has learnt from."""
    return churn(200, seed=9).drop("churn")


@pytest.fixture(scope="session")
def more() -> Callable[[int, int], pl.DataFrame]:
    """Other rows of the same kind, with what came."""
    return lambda rows, seed: churn(rows, seed)
