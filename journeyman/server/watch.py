"""Which model serves, and when another takes its place: the run's folder is looked at, and a new champion loaded beside
the old one, which answers until then."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from journeyman.bundle.contents import BUNDLE
from journeyman.bundle.manifest import MANIFEST
from journeyman.bundle.signature import SIGNATURE
from journeyman.errors import JourneymanError
from journeyman.server.application import Application
from journeyman.server.deployed import Deployed
from journeyman.store.champion import POINTER

#: Files of a run's folder that change when another model is to serve.
_POINTERS = (POINTER, f"{BUNDLE}/{MANIFEST}", MANIFEST, f"{BUNDLE}/{SIGNATURE}", SIGNATURE)
SECONDS = 1.0

Tell = Callable[[str, str], None]


async def watch(
    run: str | os.PathLike[str],
    application: Application,
    deploy: Callable[[str | os.PathLike[str]], Deployed],
    tell: Tell,
    *,
    seconds: float = SECONDS,
) -> None:
    """Look at a run again and again; where it names another model, load that one and let it serve.

    No request fails for it: the model is swapped between two requests, whole. One that cannot be loaded changes
    nothing; that is told, and tried again when the folder changes again.

    Parameters
    ----------
    deploy : what loads the model that a run names
    tell : is told a stage and a fact
    """
    seen = _state(Path(run))
    while True:
        await asyncio.sleep(seconds)
        state = _state(Path(run))
        if state == seen:
            continue
        seen = state
        try:
            deployed = await asyncio.to_thread(deploy, run)
        except JourneymanError as error:
            application.metrics.add("journeyman_reloads_total", result="failed")
            tell("reload", f"{error} The model from before goes on.")
            continue
        if deployed.version == application.deployed.version:
            continue
        before, application.deployed = application.deployed, deployed
        application.metrics.add("journeyman_reloads_total", result="done")
        tell("reload", f"model {deployed.version} of {deployed.name} serves now, in place of {before.version}")


def _state(folder: Path) -> tuple[tuple[int, int, int] | None, ...]:
    """What changes when a file is replaced: its inode, its size, its time."""
    found: list[tuple[int, int, int] | None] = []
    for name in _POINTERS:
        try:
            stat = (folder / name).stat()
        except OSError:
            found.append(None)
        else:
            found.append((stat.st_ino, stat.st_size, stat.st_mtime_ns))
    return tuple(found)
