"""Rolling back: what served before serves again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from journeyman.bundle.contents import BUNDLE
from journeyman.bundle.model import load
from journeyman.errors import InputError
from journeyman.store.champion import Champion, champion_of, point, require_run
from journeyman.store.files import locked


def rollback(run: str | os.PathLike[str] | Any, *, because: str = "by hand") -> Champion:
    """Let the run serve again that served before the newest promotion; called again, the one before that.

    Raises
    ------
    InputError : nothing was promoted, or what served before cannot be loaded any more
    """
    folder = require_run(Path(getattr(run, "folder", run)))
    with locked(folder):
        champion = champion_of(folder)
        before = _before(champion)
        if before is None:
            raise InputError(
                f"there is nothing to go back to in {folder}",
                because="no other run was promoted" if not champion.history else "the first run serves again",
                remedy="promote a run with: promote RUN CANDIDATE",
            )
        load((folder if before == folder.resolve().name else folder.parent / before) / BUNDLE)
        return point(folder, before, by="rollback", because=because)


def _before(champion: Champion) -> str | None:
    """The name of what served before the newest promotion that was not taken back."""
    stack: list[str] = []
    for one in champion.history:
        if one["by"] == "rollback" and stack:
            stack.pop()
        else:
            stack.append(str(one["from"]))
    return stack[-1] if stack else None
