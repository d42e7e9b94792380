"""A bench with small builds, and products that are broken on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import journeyman.curation.split as splitting
import journeyman.evaluation.ship as shipping
import journeyman.job.understand as job
import journeyman.selftests.bench as room
from journeyman.selftests.bench import Bench
from journeyman.selftests.subject import Subject
from journeyman.simulation.world import World
from journeyman.trials.pool import Pool


@pytest.fixture(scope="package")
def whole_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Everything as it is in a selftest; its runs are built once."""
    pool = Pool(2)
    yield Bench(pool, tmp_path_factory.mktemp("selftest"))
    pool.close()


@pytest.fixture
def bench(whole_bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Bench:
    """One candidate beside the floors."""
    monkeypatch.setattr(room, "TRIALS", 1)
    return Bench(whole_bench.workers, tmp_path)


@pytest.fixture
def world_of() -> Callable[..., Subject]:
    def made(**options: Any) -> Subject:
        return Subject.of_world(World(**{"rows": 150, **options}))

    return made


@pytest.fixture
def scores_in_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """A product that judges candidates on the rows that they learnt."""
    honest = shipping.evaluate

    def evaluate(trials: Any, target: Any, folds: Any, metric: Any, *, columns: Any, **rest: Any) -> Any:
        seen = [replace(one, answers=one.plan.apply(one.plan.fit(columns, target), columns).numbers) for one in trials]
        return honest(seen, target, folds, metric, columns=columns, **rest)

    monkeypatch.setattr(shipping, "evaluate", evaluate)


@pytest.fixture
def finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A product whose audit sees nothing."""
    monkeypatch.setattr(job, "look", lambda table, brief: ())


@pytest.fixture
def parts_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """A product that finds copies, and splits them all the same."""
    honest = splitting.make_folds
    monkeypatch.setattr(splitting, "make_folds", lambda *given, **rest: honest(*given, **{**rest, "groups": None}))
