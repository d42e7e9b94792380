from __future__ import annotations

from collections.abc import Callable

import pytest

from journeyman.job.run import Run
from journeyman.selftests import bench as room
from journeyman.selftests.bench import Bench
from journeyman.selftests.subject import Subject


def test_tables_are_built_one_after_the_other_by_the_same_workers(
    bench: Bench, world_of: Callable[..., Subject]
) -> None:
    first, second = bench.build(world_of(strength=3.0)), bench.build(world_of(task="regression"))
    assert (first.metric.name, second.metric.name) == ("log_loss", "rmse")
    assert first.verdict.decision == "deploy"
    assert first.score.low <= first.score.value <= first.score.high
    assert first.shipped.state is not second.shipped.state
    assert bench.build(world_of(strength=3.0)).score == first.score


def test_a_run_is_built_once_and_an_interrupted_one_ends_the_selftest(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def build(columns: object, **options: object) -> Run:
        asked.append(options)
        return Run(bench.folder, {}, exit_code=130 if len(asked) > 1 else 0)

    monkeypatch.setattr(room, "build", build)
    assert bench.run(0) is bench.run(0)
    with pytest.raises(KeyboardInterrupt):
        bench.run(1)
    assert len(asked) == 2
    assert {one.pop("out") for one in asked} == {bench.folder / "0" / "run", bench.folder / "1" / "run"}
    assert asked[0] == asked[1]
