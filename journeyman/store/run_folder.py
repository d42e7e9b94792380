"""The run directory: a new one, or the unfinished one that is to go on. Two runs never mix in one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journeyman.errors import InputError, ResourceError, from_system
from journeyman.store.files import locked, make_folder, sweep
from journeyman.store.journal import Journal, read_journal

JOURNAL = "journal.jsonl"
#: What differs where a part of the key does.
_WHAT = {"brief": "another request", "data": "other data", "versions": "other versions of libraries"}


@dataclass(frozen=True)
class OpenRun:
    """A run directory that this process holds, and its journal."""

    folder: Path
    journal: Journal

    @property
    def fits(self) -> int:
        """How many fits are there from before."""
        return sum(event["event"] == "fit" for event in self.journal.events)

    @property
    def is_done(self) -> bool:
        """Whether the run has come to its end before."""
        return self.journal.last("done") is not None


def run_in(folder: Path) -> Path:
    """The run that a folder holds: itself, or of an automation the run of its model, which lies in ``model``."""
    model = folder / "model"
    is_within = (model / "run.json").is_file() and not model.is_symlink() and not (folder / "run.json").exists()
    return model if is_within else folder


@contextmanager
def open_run(
    name: str,
    key: Mapping[str, Any],
    *,
    out: str | os.PathLike[str] | None,
    resume: bool,
    differs: Callable[[Path], Sequence[str]] = lambda folder: (),
) -> Iterator[OpenRun]:
    """Hold a run directory: ``out``, or ``runs/<name>-<n>``, or with ``resume`` the newest unfinished one of this key.

    Parameters
    ----------
    name : the table's name
    key : what makes it the same run again (digests of brief and data)
    differs : what differs from the request of the run in a folder, in words, for whoever gave another

    Raises
    ------
    InputError : ``out`` holds something else
    ResourceError : another process holds it, or the disk says no
    """
    folder = _given(Path(out), resume=resume) if out is not None else _found(Path("runs"), name, key, resume=resume)
    with locked(folder):
        sweep(folder)
        journal = Journal(folder / JOURNAL)
        try:
            started = journal.last("start")
            if started is None:
                journal.add("start", **key)
            elif not _is_same(started, key):
                others = [_WHAT.get(name, name) for name, value in key.items() if started.get(name) != value]
                told = "; ".join(differs(folder))
                raise InputError(
                    f"{folder} holds a run with {' and '.join(others)}",
                    because=told or "resuming goes on with the same request, data and versions only",
                    remedy="give the request of that run again, or name another folder with --out",
                )
            yield OpenRun(folder, journal)
        finally:
            journal.close()


def require_free(out: str | os.PathLike[str] | None, *, resume: bool) -> None:
    """Refuse an ``out`` that cannot be a run directory, before any work is done.

    Raises
    ------
    InputError : it is a file, or it holds something and is not to be resumed
    """
    if out is None:
        return
    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file", because="a run is a folder", remedy="name a folder with --out")
    if not resume and folder.is_dir() and any(folder.iterdir()):
        raise InputError(
            f"{folder} is not empty",
            because="two runs in one folder would mix",
            remedy="add --resume to go on with it, or name another folder with --out",
        )


def _given(folder: Path, *, resume: bool) -> Path:
    require_free(folder, resume=resume)
    return make_folder(folder)


def _found(runs: Path, name: str, key: Mapping[str, Any], *, resume: bool) -> Path:
    if resume:
        journals = sorted(runs.glob(f"*/{JOURNAL}"), key=lambda path: path.stat().st_mtime, reverse=True)
        for journal in journals:
            events = read_journal(journal)
            if events and _is_same(events[0], key) and events[-1]["event"] != "done":
                return journal.parent
    make_folder(runs)
    for number in range(1, 1_000_000):
        folder = runs / f"{safe_name(name)}-{number}"
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        except OSError as error:
            raise from_system(error, f"making the folder {folder}") from error
        return folder
    raise ResourceError(f"there are too many runs of {name} below {runs}", remedy="name a folder with --out")


def _is_same(event: Mapping[str, Any], key: Mapping[str, Any]) -> bool:
    return all(event.get(name) == value for name, value in key.items())


def safe_name(name: str) -> str:
    """A name that can be a folder's: letters, digits, ``-``, ``_``, ``.``; at most 60.

    >>> safe_name("../evil name?.csv")
    'evil-name-.csv'
    """
    kept = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name).strip("-.")
    return kept.encode()[:60].decode(errors="ignore") or "table"
