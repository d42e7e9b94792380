from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from journeyman.server.deployed import deploy
from journeyman.server.watch import watch
from journeyman.store.champion import point


def test_a_model_that_takes_another_s_place_serves_and_a_broken_one_changes_nothing(
    application: Callable[..., Any], bundles: Callable[..., Path], tmp_path: Path
) -> None:
    run = tmp_path / "run"
    shutil.copytree(bundles("binary"), run)
    one = application()
    told: list[tuple[str, str]] = []

    async def until(condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                await asyncio.sleep(0.01)

    async def change() -> None:
        watching = asyncio.create_task(
            watch(run, one, deploy, lambda stage, fact: told.append((stage, fact)), seconds=0.01)
        )
        await asyncio.sleep(0.05)
        first = one.deployed.version
        (run / "bundle" / "manifest.json").write_text("{}")
        await until(lambda: len(told) == 1)
        assert one.deployed.version == first
        shutil.rmtree(run / "bundle")
        shutil.copytree(bundles("multiclass") / "bundle", run / "bundle")
        await until(lambda: one.deployed.version != first)
        watching.cancel()

    asyncio.run(change())
    assert "The model from before goes on" in told[0][1]
    assert one.deployed.model.task == "multiclass"
    assert told[-1][1].startswith(f"model {one.deployed.version} of run serves now")
    assert one.metrics.total("journeyman_reloads_total") >= 2


def test_a_promoted_run_takes_over_and_gives_back(
    application: Callable[..., Any], bundles: Callable[..., Path], tmp_path: Path
) -> None:
    for name, kind in (("first", "binary"), ("second", "multiclass")):
        shutil.copytree(bundles(kind), tmp_path / name)
    run = tmp_path / "first"
    one = application()
    told: list[str] = []

    async def switch() -> None:
        watching = asyncio.create_task(watch(run, one, deploy, lambda stage, fact: told.append(fact), seconds=0.01))
        for to, task in (("second", "multiclass"), ("first", "binary")):
            await asyncio.sleep(0.05)
            point(run, to, by="promote", because="a test")
            async with asyncio.timeout(10):
                while one.deployed.model.task != task:
                    await asyncio.sleep(0.01)
            assert one.deployed.name == to
        watching.cancel()

    asyncio.run(switch())
    assert [one.split()[3] for one in told] == ["second", "first"]
