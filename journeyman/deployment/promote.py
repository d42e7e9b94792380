"""Promotion: another run serves in the name of this one from now on; nothing is copied, and all is written down."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from journeyman.bundle.contents import BUNDLE
from journeyman.bundle.model import Model, load
from journeyman.errors import InputError, nearest
from journeyman.store.champion import Champion, champion_of, point, require_run, sibling
from journeyman.store.files import locked


def promote(
    run: str | os.PathLike[str] | Any,
    candidate: str | os.PathLike[str] | Any,
    *,
    by: str = "promote",
    because: str = "by hand",
) -> Champion:
    """Let a candidate serve in the name of a run. Whoever loads the run then gets the candidate's model.

    Parameters
    ----------
    run : the run whose name is known to those who use it
    candidate : a run in the same folder, by its name or its path

    Raises
    ------
    InputError : it is no run beside this one, serves already, or predicts something else
    """
    folder = require_run(Path(getattr(run, "folder", run)))
    name = _name(folder, candidate)
    with locked(folder):
        before, after = champion_of(folder), sibling(folder, name)
        if after.resolve() == before.serving.resolve():
            raise InputError(
                f"{after} serves already", because=before.sentence or "it was never replaced", remedy="name another run"
            )
        require_same_use(load(before.serving / BUNDLE), load(after / BUNDLE), after)
        return point(folder, name, by=by, because=because)


def require_same_use(champion: Model, candidate: Model, folder: Path) -> None:
    """Refuse a model that cannot stand in for another: of another target or task, or without one of its classes.

    Raises
    ------
    InputError : it cannot
    """
    lost = [one for one in champion.classes if one not in candidate.classes]
    reason = ""
    if champion.manifest.router is not None or candidate.manifest.router is not None:
        reason = "what an automation promises was tested for its own model, and holds for no other"
    elif (candidate.target, candidate.task) != (champion.target, champion.task):
        reason = f"it predicts {candidate.target!r} ({candidate.task}), not {champion.target!r} ({champion.task})"
    elif lost:
        reason = f"it does not know the class {lost[0]!r}"
    elif champion.task == "binary" and champion.classes != candidate.classes:
        reason = f"its positive class is {candidate.classes[-1]!r}, not {champion.classes[-1]!r}"
    if reason:
        remedy = "run automate on old and new cases together" if "automation" in reason else "name another run"
        raise InputError(f"{folder} cannot serve in its place", because=reason, remedy=remedy)


def _name(folder: Path, candidate: Any) -> str:
    """The name of a candidate beside a run; by path it must lie there."""
    text = str(os.fspath(getattr(candidate, "folder", candidate)))
    if os.sep not in text.rstrip(os.sep):
        beside = folder.resolve().parent / text
        if beside.is_dir():
            return text.rstrip(os.sep)
    path = Path(text).resolve()
    if not (path / BUNDLE).is_dir():
        known = sorted(one.name for one in folder.resolve().parent.iterdir() if (one / BUNDLE).is_dir())
        raise InputError(
            f"{text} is no run",
            because="it holds no bundle" if path.is_dir() else "there is no such folder",
            remedy=nearest(path.name, known),
        )
    if path.parent != folder.resolve().parent or Path(text).is_symlink():
        raise InputError(
            f"{text} does not lie beside {folder}",
            because="a run is replaced by runs in its own folder only",
            remedy=f"copy it to {folder.parent} first, or build it there",
        )
    return path.name
