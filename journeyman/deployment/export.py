"""The bundle in another shape, in a folder of its own: whole or not at all, and never over what others wrote."""

from __future__ import annotations

import json
import os
import shlex
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from journeyman.bundle.contents import BUNDLE
from journeyman.bundle.manifest import MANIFEST
from journeyman.bundle.model import Model, load
from journeyman.deployment.exporting import Exported, kinds, options_for
from journeyman.errors import InputError, SourceError, from_system
from journeyman.store.champion import serving
from journeyman.store.digest import digest_bytes
from journeyman.store.files import make_folder, read_bounded, sync_folder, write_whole

#: Stands in every folder that we exported to: what was written there, so that it may be written again.
EXPORT, FORMAT = "export.json", 1
#: What Python leaves beside code that it ran.
_MADE_BY_PYTHON = "__pycache__"
_LARGEST_LIST = 1 << 22
_LARGEST_FILE = 1 << 31


def export(
    run: str | os.PathLike[str] | Any,
    to: str,
    out: str | os.PathLike[str],
    options: Mapping[str, str] | None = None,
    *,
    require_signature: str | os.PathLike[str] | None = None,
) -> Exported:
    """Write the model of a run in another shape.

    The bundle is loaded first, and so checked. Where a run's champion is another run, that one is exported.

    Parameters
    ----------
    run : a run, its folder, or a bundle's
    to : a kind of export
    out : the folder to write; one that holds an earlier export as it was written is replaced
    options : of that kind, by name
    require_signature : the file of a public key; only a bundle that its holder signed is exported then

    Raises
    ------
    BriefError : there is no such kind, or no such option of it
    BundleError : there is no bundle, or it is damaged, foreign or hostile
    InputError : the model cannot be exported that way, or the folder holds something that we did not write
    ResourceError : the disk says no
    """
    chosen = options_for(to, options or {})
    path = Path(getattr(run, "folder", run))
    model = load(path, require_signature=require_signature)
    folder = Path(os.path.abspath(out))  # noqa: PTH100 - links are not followed, `..` is
    _require_ours(folder)
    make_folder(folder.parent)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", suffix=".tmp", dir=folder.parent) as beside:
            made = Path(beside) / "made"
            made.mkdir()
            says = kinds()[to].write(_bundle_of(path), model, made, chosen)
            files = _note(made, to, model, chosen)
            if folder.exists():
                folder.replace(Path(beside) / "before")
            made.replace(folder)
            sync_folder(folder.parent)
    except OSError as error:
        raise from_system(error, f"writing {folder}") from error
    return Exported(to, Path(out), files, tuple(_placed(line, made, out) for line in says))


def _placed(line: str, made: Path, out: str | os.PathLike[str]) -> str:
    """What a kind says of the folder that it wrote to, of the one where that is now."""
    place = os.fspath(out)
    return line.replace(shlex.quote(str(made)), shlex.quote(place)).replace(str(made), place)


def _bundle_of(path: Path) -> Path:
    """The folder of a bundle that was loaded from a path: its own, or in that of the run that serves there."""
    return path if (path / MANIFEST).exists() or not (path / BUNDLE).exists() else serving(path) / BUNDLE


def _note(folder: Path, kind: str, model: Model, options: Mapping[str, str]) -> tuple[str, ...]:
    """Write down what was written, and make it survive a power cut."""
    digests = {}
    for one in sorted(folder.rglob("*")):
        if one.is_file():
            with one.open("rb") as handle:
                os.fsync(handle.fileno())
            digests[one.relative_to(folder).as_posix()] = digest_bytes(one.read_bytes())
    note = {
        "format": FORMAT,
        "kind": kind,
        "options": dict(options),
        "model": digest_bytes(model.manifest.content()),
        "files": digests,
    }
    write_whole(folder / EXPORT, json.dumps(note, indent=1, ensure_ascii=False) + "\n")
    return (*digests, EXPORT)


def _require_ours(folder: Path) -> None:
    """Refuse a place that holds anything but an export as we wrote it.

    Raises
    ------
    InputError : it does
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        what = "a link" if folder.is_symlink() else "a file"
        raise InputError(f"{folder} is {what}", because="an export is a folder", remedy="name another with -o")
    paths = [one for one in folder.rglob("*") if one.is_symlink() or not one.is_dir()]
    there = {one.relative_to(folder).as_posix() for one in paths if one.parent.name != _MADE_BY_PYTHON}
    if not there:
        return
    try:
        note = json.loads(read_bounded(folder / EXPORT, _LARGEST_LIST))
        written = note["files"] if note["format"] == FORMAT else {}
        strange = sorted(there - {EXPORT} - set(written))
        strange = strange or sorted(
            one
            for one in there & set(written)
            if digest_bytes(read_bounded(folder / one, _LARGEST_FILE)) != written[one]
        )
        because = f"{strange[0]} is not as it was written" if strange else ""
    except (SourceError, ValueError, TypeError, KeyError, RecursionError):
        because = "it holds files that no export wrote"
    if because:
        raise InputError(
            f"{folder} is not overwritten", because=because, remedy="name another folder with -o, or remove this one"
        )
