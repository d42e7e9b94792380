from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from journeyman.brief.read import make_brief
from journeyman.job.building.attempt import attempt
from journeyman.job.building.choose import choose
from journeyman.job.building.clock import Clock
from journeyman.job.building.deploy import deploy
from journeyman.job.building.note import note
from journeyman.job.building.take_in import take_in
from journeyman.sources.named import Named
from journeyman.store.run_folder import open_run
from journeyman.trials.pool import workers


@pytest.fixture(scope="session")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of 150 rows; of two rows nobody knows the outcome."""
    random = np.random.default_rng(2)
    hours = random.normal(30, 9, 150).round(1)
    pay = 12 * hours + 40 * random.normal(size=150)
    table = pl.DataFrame({"hours": hours, "site": random.choice(["north", "south"], 150), "pay ": pay.round(2)})
    table = table.with_columns(pl.when(pl.int_range(150) < 2).then(None).otherwise(pl.col("pay ")).alias("pay "))
    path = tmp_path_factory.mktemp("stages") / "wages.csv"
    table.write_csv(path)
    return path


@pytest.fixture(scope="session")
def stages(lines: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """A small build, part by part."""
    folder = tmp_path_factory.mktemp("staged")
    said: list[tuple[str, str]] = []

    def say(stage: str, text: str, is_final: bool) -> None:
        if is_final:
            said.append((stage, text))

    clock = Clock(None)
    with workers(None) as pool:
        taken = take_in([str(lines)], make_brief(predict="pay", trials=1), Named(), say)
        pool.open(taken.understood.data)
        key = {"brief": "a", "data": "b", "versions": {}}
        with open_run("wages", key, out=folder / "run", resume=False) as run:
            explored = note(run, taken, say)
            clock.done("prepare")
            tried = attempt(run, pool, taken, clock, say, lambda: 0)
            clock.done("search")
            chosen = choose(run, taken, tried, clock, say)
            clock.done("evaluate")
            uses = deploy(run, taken, tried, chosen, clock)
            clock.done("deploy")
            yield SimpleNamespace(
                run=run,
                taken=taken,
                explored=explored,
                tried=tried,
                chosen=chosen,
                uses=uses,
                clock=clock,
                said=said,
            )
