"""What lies in a bundle's folder: read within limits, and nothing else is there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from journeyman.bundle.manifest import LIMITS, MANIFEST, OPTIONAL, Manifest, read_manifest
from journeyman.bundle.signature import LARGEST as LARGEST_SIGNATURE
from journeyman.bundle.signature import SIGNATURE, read_signature, require_signed
from journeyman.errors import BundleError, ResourceError, SourceError, nearest
from journeyman.store.champion import serving
from journeyman.store.digest import digest_bytes
from journeyman.store.files import read_bounded
from journeyman.store.run_folder import JOURNAL

#: The folder of the bundle in a run's folder.
BUNDLE = "bundle"
#: Largest size of every file that a bundle may hold.
_LARGEST: Mapping[str, int] = {**LIMITS, **OPTIONAL, SIGNATURE: LARGEST_SIGNATURE}
#: Files that an operating system leaves in folders.
_LEFT_BY_SYSTEMS = (".DS_Store",)


def read_contents(
    path: Path, require_signature: str | os.PathLike[str] | None = None
) -> tuple[Manifest, dict[str, bytes]]:
    """The manifest, and the files that it names, whose digests are those in it.

    Parameters
    ----------
    path : a bundle's own folder, or that of its run
    require_signature : the file of a public key; only a bundle that its holder signed is taken then

    Raises
    ------
    BundleError, InputError, ResourceError : as `journeyman.bundle.model.load` does
    """
    folder = _folder(path)
    names = _require_files(folder)
    told = _read(folder, MANIFEST)
    # A signature that is there has its form, also where nobody asks for it; whether it is true, only the key can tell.
    signature = read_signature(_read(folder, SIGNATURE)) if SIGNATURE in names else None
    if require_signature is not None:
        require_signed(told, signature, require_signature)
    manifest = read_manifest(told)
    for name in sorted((names & set(OPTIONAL)) ^ (set(manifest.files) & set(OPTIONAL))):
        raise BundleError(
            f"{_shown(folder)} is no bundle of ours",
            because=f"{name} is {'in the folder' if name in names else 'named in the manifest'} only",
            remedy="build the bundle again, or get an undamaged copy",
        )
    contents = {name: _read(folder, name) for name in manifest.files}
    for name, expected in manifest.files.items():
        if len(contents[name]) != expected["bytes"] or digest_bytes(contents[name]) != expected["sha256"]:
            raise BundleError(
                f"{name} is not the file that the bundle was written with",
                because="its digest differs from the one in the manifest",
                remedy="build the bundle again, or get an undamaged copy",
            )
    return manifest, contents


def _folder(path: Path) -> Path:
    """The bundle's folder, by its own path or by its run's."""
    shown = _shown(path)
    try:
        names = {entry.name for _, entry in zip(range(1000), os.scandir(path), strict=False)}
    except FileNotFoundError:
        places = path.parent.glob("*/") if path.parent.is_dir() else []
        beside = sorted(one.name for one in places if (one / BUNDLE).is_dir() or (one / MANIFEST).is_file())
        offer = nearest(path.name, beside) if beside else "name the folder of a run, as runs/churn-1"
        raise BundleError(f"there is no bundle at {shown}", because="no such folder", remedy=offer) from None
    except NotADirectoryError:
        raise BundleError(
            f"{shown} is no bundle", because="it is a file", remedy="name the folder of a run, as runs/churn-1"
        ) from None
    except PermissionError as error:
        raise ResourceError(f"{shown} cannot be read", because="permission is denied") from error
    except (OSError, ValueError) as error:
        raise BundleError(f"{shown} is no bundle", because=_shown(error)) from error
    if MANIFEST not in names and BUNDLE not in names and JOURNAL in names:
        raise BundleError(
            f"{shown} holds no model", because="that run did not come to its end", remedy="build again with --resume"
        )
    if MANIFEST in names or BUNDLE not in names:
        return path
    # Another run may serve in the name of this one.
    return serving(path) / BUNDLE


def _require_files(folder: Path) -> set[str]:
    """The names in a folder, which holds all files of a bundle and no other: nothing unexplained is deployed."""
    try:
        with os.scandir(folder) as entries:
            names = set()
            for entry in entries:
                if entry.name not in _LARGEST and entry.name not in _LEFT_BY_SYSTEMS:
                    raise BundleError(
                        f"{_shown(folder)} is no bundle of ours",
                        because=f"it holds {_shown(entry.name)!r}, which no bundle does",
                        remedy=f"name the folder of a run, or one that holds {', '.join(LIMITS)} only",
                    )
                names.add(entry.name)
    except OSError as error:
        raise BundleError(f"{_shown(folder)} is no bundle", because=error.strerror or type(error).__name__) from error
    missing = [name for name in LIMITS if name not in names]
    if missing:
        raise BundleError(
            f"{_shown(folder)} is no bundle",
            because=f"it holds no {missing[0]}",
            remedy="name the folder of a run, as runs/churn-1",
        )
    return names


def _read(folder: Path, name: str) -> bytes:
    try:
        return read_bounded(folder / name, _LARGEST[name])
    except SourceError as error:
        raise BundleError(
            f"{name} of the bundle {_shown(folder)} cannot be read",
            because=_shown(error.because or error.happened),
            remedy="build the bundle again, or get an undamaged copy",
        ) from error


def _shown(text: object) -> str:
    """Text that somebody else chose, on one line."""
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in str(text))[:300]
