from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

import journeyman as jm
from journeyman.job.run import Run
from journeyman.monitoring.batch import Batch
from journeyman.monitoring.bins import Bins
from journeyman.monitoring.read_batch import read_batch
from journeyman.monitoring.reference import LossModel, Measure, Reference, Watched, load_reference
from journeyman.sources.read import read_raw
from journeyman.table.schema import Column


def made_customers(rows: int, seed: int) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    tenure = random.integers(0, 72, rows)
    contract = random.choice(["monthly", "one year", "two years"], rows, p=[0.5, 0.3, 0.2])
    charge = np.round(random.gamma(4, 15, rows), 2)
    logit = 1.5 * ((contract == "monthly") - 0.5 + (charge - 60) / 40 - (tenure - 36) / 36)
    leaves = random.random(rows) < 1 / (1 + np.exp(-logit))
    return pl.DataFrame(
        {
            "tenure": tenure,
            "charge": charge,
            "contract": contract,
            "churn": np.where(leaves, "yes", "no"),
        }
    )


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    out = tmp_path_factory.mktemp("monitoring") / "run"
    gain = {"call:true": 50, "call:false": -10}
    return jm.build(made_customers(1200, 1), predict="churn", gain=gain, trials=1, out=out)


@pytest.fixture(scope="session")
def reference(run: Run) -> Reference:
    return load_reference(run.folder)


@pytest.fixture(scope="session")
def customers() -> Callable[[int, int], pl.DataFrame]:
    return made_customers


@pytest.fixture(scope="session")
def batch_of(run: Run) -> Callable[..., Batch]:
    def read(frame: pl.DataFrame, outcome: str | None = None) -> Batch:
        raw = read_raw(frame)
        return read_batch(run.model, load_reference(run.folder), raw.cells(), raw.rows, outcome)

    return read


@pytest.fixture(scope="session")
def fresh(batch_of: Callable[..., Batch]) -> Batch:
    """Rows as those of training, with outcomes."""
    return batch_of(made_customers(4000, 9), "churn")


@pytest.fixture
def small() -> Reference:
    """A reference by hand: one number in three bins, errors of 1 on average, up to 1.5 tolerated."""
    bins = Bins("x", "number", cuts=(1.0, 2.0))
    shares, limits = (0.3, 0.4, 0.3, 0.0, 0.0, 0.0), (0.4, 0.5, 0.4, 0.05, 0.05, 0.05)
    watched = Watched(bins, shares, limits, (0.5, 1.0, 1.5, 1.0, 1.0, 1.0), (1.0, 2.0, 3.0, 2.0, 2.0, 2.0))
    measure = Measure("absolute_error", 0.0, 10.0, 1.0, 1.5)
    return Reference(
        task="regression",
        classes=(),
        rows=1000,
        columns=(watched,),
        answer=replace(watched, bins=Bins("the model's answer", "number", cuts=(1.0, 2.0))),
        measures=(measure,),
        estimated=Measure("estimated_absolute_error", 0.0, 10.0, 1.0, 1.4),
        model=LossModel((0.0, 10.0), (0.0, 10.0), 0.0, (1.0, 2.0), (0.5, 1.0, 1.5), ((0.0,) * 16,)),
        estimate_error=0.05,
        strange=0.01,
        strange_limit=0.05,
        target=Column(name="y", kind="number", role="target"),
        payoff=None,
        promise=None,
        certified={"metric": "mae", "share": 0.95, "value": 1.0, "low": 0.9, "high": 1.1},
        codes=np.tile(np.arange(3, dtype=np.uint8), 300)[:, None],
    )


def made_rows(answers: list[float], truth: list[float] | None = None, codes: list[int] | None = None) -> Batch:
    """A batch by hand, for `small`."""
    count = len(answers)
    return Batch(
        codes=np.array(codes or [0] * count, np.uint8)[:, None],
        answers=np.array(answers)[:, None],
        strange=np.zeros(count, np.bool_),
        novelty=np.full(count, np.nan),
        truth=np.full(count, np.nan) if truth is None else np.array(truth),
    )


@pytest.fixture
def rows_of() -> Callable[..., Batch]:
    return made_rows
