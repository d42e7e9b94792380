"""What a kind of export is, and what came of exporting.

A kind is one file in `journeyman.deployment.exports`; ``--to`` takes its name. It says, at the top of the file,

    SAYS = "a line for --help"
    OPTIONS = (Option("dialect", "sqlite", ("sqlite", "postgresql"), "Whose SQL it is."),)

    def write(bundle: Path, model: Model, folder: Path, options: Mapping[str, str]) -> tuple[str, ...]:
        ...

``write`` puts its files into an empty folder that is there, and gives what a person may type next, a line each; that
folder is one beside, and where a line names it, the one that it becomes is told.
``bundle`` is the bundle's own folder, ``model`` is that bundle, loaded and so checked; ``options`` holds every option
that the kind declares, by name, with a choice that it allows. What cannot be exported raises `InputError` before it
writes; whatever it raises, nothing stays. The same bundle and options give the same bytes. It is walked for ``--help``:
import numpy, and what needs it, inside functions.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from journeyman.errors import BriefError, InternalError, from_system, nearest

if TYPE_CHECKING:
    from journeyman.bundle.model import Model


@dataclass(frozen=True)
class Option:
    """Something to choose about an export; its value is a text.

    Parameters
    ----------
    name : as ``--name``, words joined by ``-``
    default : what holds where it is not given
    choices : all that it may be; empty for any text, which ``write`` then checks
    says : a line for ``--help``
    """

    name: str
    default: str
    choices: tuple[str, ...]
    says: str


@dataclass(frozen=True)
class Exported:
    """A bundle in another shape.

    Parameters
    ----------
    kind : of export
    folder : where it lies
    files : paths inside that folder, in order
    says : what a person may type next, a line each
    """

    kind: str
    folder: Path
    files: tuple[str, ...]
    says: tuple[str, ...]


@cache
def kinds() -> Mapping[str, ModuleType]:
    """Every kind of export on the shelf, by name; ours have the say where another package has one of that name."""
    from journeyman.plan.shelf import modules

    found: dict[str, ModuleType] = {}
    for one in modules("deployment.exports"):
        if hasattr(one, "write") and hasattr(one, "OPTIONS"):
            found.setdefault(one.__name__.rpartition(".")[2], one)
    return dict(sorted(found.items()))


def options_for(kind: str, given: Mapping[str, str]) -> dict[str, str]:
    """Every option of a kind with its value: as given, else its default.

    Raises
    ------
    BriefError : there is no such kind, the kind has no such option, or the option no such choice
    """
    if kind not in kinds():
        raise BriefError(f"there is no export to {kind!r}", remedy=nearest(kind, kinds()))
    declared: dict[str, Option] = {one.name: one for one in kinds()[kind].OPTIONS}
    for name, value in given.items():
        if name not in declared:
            theirs = [one for one, module in kinds().items() if name in {option.name for option in module.OPTIONS}]
            raise BriefError(
                f"an export to {kind} takes no --{name}",
                because=f"that is for {' and '.join(theirs)}" if theirs else "no export has such an option",
                remedy=f"leave --{name} out" + (f", or export --to {theirs[0]}" if theirs else ""),
            )
        choices = declared[name].choices
        if choices and value not in choices:
            raise BriefError(f"--{name} {value} is none of its choices", remedy=nearest(value, choices))
    return {name: given.get(name, one.default) for name, one in declared.items()}


def copy_bundle(bundle: Path, model: Model, folder: Path) -> Path:
    """Copy a bundle, and load the copy: what is handed on is what was checked.

    Parameters
    ----------
    model : what the bundle was when it was loaded

    Raises
    ------
    BundleError : the copy is no bundle
    InternalError : it is another one, as somebody wrote to it meanwhile
    ResourceError : the disk says no
    """
    from journeyman.bundle.model import load

    try:
        folder.mkdir(parents=True)
        for one in sorted(bundle.iterdir()):
            # A bundle holds nothing but its files, which loading it has shown; a system may leave hidden ones.
            if one.name[0] != "." and one.is_file():
                shutil.copyfile(one, folder / one.name, follow_symlinks=False)
    except OSError as error:
        raise from_system(error, f"copying the bundle to {folder}") from error
    if load(folder).manifest.content() != model.manifest.content():
        raise InternalError(f"{bundle} has changed while it was exported", remedy="export it again")
    return folder
