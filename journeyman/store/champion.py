"""The champion: which run serves in the name of a run. A pointer is data: it names a sibling, and nothing else.

``champion.json`` lies in a run's folder and has the history of what served there. Whoever loads that run gets the model
of the run that it names. It is followed once: where the named run has a pointer of its own, that is not looked at.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journeyman.errors import InputError, SourceError, nearest
from journeyman.store.files import read_bounded, write_whole

FORMAT, POINTER = 1, "champion.json"
#: What a run's folder holds its model in.
_BUNDLE = "bundle"
_LARGEST, _MOST = 1 << 20, 10_000
#: Names of folders beside a run: no separator, nothing hidden, no control character.
_NAME = re.compile(r"[^\x00-\x1f\x7f/\\.][^\x00-\x1f\x7f/\\]{0,254}")


@dataclass(frozen=True)
class Champion:
    """Which run serves.

    Parameters
    ----------
    folder : the run that was asked for
    serving : the folder of the run that serves in its name; the same where nothing was promoted
    history : changes, the oldest first: ``at`` (seconds since 1970), ``from``, ``to`` (names), ``by``, ``because``
    """

    folder: Path
    serving: Path
    history: tuple[Mapping[str, Any], ...] = ()

    @property
    def is_itself(self) -> bool:
        """Whether the run serves itself."""
        return self.serving == self.folder

    @property
    def sentence(self) -> str:
        """Who serves, for people; empty where the run serves itself."""
        if self.is_itself:
            return ""
        day = time.strftime("%Y-%m-%d", time.gmtime(float(self.history[-1]["at"])))
        return f"{self.folder} serves the model of {self.serving} since {day} ({self.history[-1]['by']})"


def champion_of(folder: Path) -> Champion:
    """Which run serves in the name of a run.

    Raises
    ------
    InputError : the pointer is not one that we write, or does not name a run beside this one
    """
    path = folder / POINTER
    if not path.exists() and not path.is_symlink():
        return Champion(folder, folder)
    try:
        data = json.loads(read_bounded(path, _LARGEST))
        history = _history(data)
        if data["format"] != FORMAT or not history or data["serves"] != history[-1]["to"]:
            raise ValueError("it does not say what serves")
        return Champion(folder, sibling(folder, data["serves"]), history)
    except (KeyError, TypeError, ValueError, SourceError, RecursionError) as error:
        raise InputError(
            f"the pointer {path} is refused",
            because=error.because or error.happened if isinstance(error, InputError) else f"it is damaged ({error})",
            remedy="delete it to serve the run itself, or promote again",
        ) from error


def serving(path: Path) -> Path:
    """The folder of the run that serves in the name of a path: that path where it is no run, or serves itself."""
    return champion_of(path).serving


def require_run(folder: Path) -> Path:
    """A folder, if it is a run's with a model.

    Raises
    ------
    InputError : it is none; runs beside it are offered
    """
    if (folder / _BUNDLE).is_dir():
        return folder
    there = folder.parent.iterdir() if folder.parent.is_dir() else ()
    known = sorted(one.name for one in there if (one / _BUNDLE).is_dir())
    offer = nearest(folder.name, known) if known else "name the folder of a run, as runs/churn-1"
    raise InputError(f"there is no run with a model at {folder}", because="it holds no bundle", remedy=offer)


def sibling(folder: Path, name: str) -> Path:
    """The folder of a run beside another, or that run itself, by name.

    Raises
    ------
    InputError : it is no plain name, there is no such run, or it leads elsewhere
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise InputError(
            f"{str(name)[:80]!r} names no run beside {folder}",
            because="a pointer holds the name of a folder beside the run, and no path",
            remedy="name a run in the same folder",
        )
    if name == folder.resolve().name:
        return folder
    found = folder.resolve().parent / name if folder.name in ("", "..") else folder.parent / name
    if found.is_symlink() or not (found / _BUNDLE).is_dir() or (found / _BUNDLE).is_symlink():
        raise InputError(
            f"there is no run {name!r} beside {folder}",
            because="it is a link, which could lead anywhere" if found.is_symlink() else "no such folder has a bundle",
            remedy="name a run in the same folder",
        )
    return found


def point(folder: Path, name: str, *, by: str, because: str) -> Champion:
    """Let a run beside this one, or it itself, serve in its name, and write that down; the pointer appears whole.

    Parameters
    ----------
    by : ``"promote"``, ``"retrain"`` or ``"rollback"``
    because : why, in words

    Raises
    ------
    InputError : there is no such run
    """
    before = champion_of(folder)
    after = sibling(folder, name)
    step = {
        "at": round(time.time(), 3),
        "from": before.serving.resolve().name,
        "to": after.resolve().name,
        "by": by,
        "because": because,
    }
    history = (*before.history, step)[-_MOST:]
    data = {"format": FORMAT, "serves": step["to"], "history": history}
    write_whole(folder / POINTER, json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    return Champion(folder, after, history)


def _history(data: Any) -> tuple[Mapping[str, Any], ...]:
    names = {"at", "from", "to", "by", "because"}
    if not isinstance(data, dict) or set(data) != {"format", "serves", "history"}:
        raise ValueError("it holds something else")
    history = data["history"]
    if not isinstance(history, list) or not 0 < len(history) <= _MOST:
        raise ValueError("its history is none")
    for one in history:
        if not isinstance(one, dict) or set(one) != names:
            raise ValueError("a step of its history is none")
        if isinstance(one["at"], bool) or not isinstance(one["at"], int | float) or not 0 <= one["at"] < 1e11:
            raise ValueError("a step has no time")
        if not all(isinstance(one[name], str) for name in names - {"at"}):
            raise ValueError("a step of its history is none")
    return tuple(history)
