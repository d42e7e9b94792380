"""Signing: whoever holds a key vouches for a run's own bundle. The key is read, used and forgotten."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from journeyman.bundle.contents import BUNDLE
from journeyman.bundle.keys import read_private_key
from journeyman.bundle.manifest import LIMITS, MANIFEST
from journeyman.bundle.model import load
from journeyman.bundle.signature import Signature, write_signature
from journeyman.store.files import locked, read_bounded


def sign(run: str | os.PathLike[str] | Any, key: str | os.PathLike[str]) -> Signature:
    """Sign the bundle of a run, or a bundle by its own folder; an earlier signature is replaced.

    The bundle is loaded first, and so checked. Where another run serves in the run's name, that one is left alone.

    Parameters
    ----------
    key : the file of a private key of Ed25519, as `openssl genpkey` or `ssh-keygen` wrote it, without a passphrase

    Raises
    ------
    BundleError : there is no bundle, or it is damaged, foreign or hostile
    InputError : the key cannot be used
    ResourceError : the disk says no, another process writes there, or the library for signatures is not installed
    """
    private = read_private_key(key)
    given = Path(getattr(run, "folder", run))
    folder = given / BUNDLE if (given / BUNDLE).is_dir() and not (given / MANIFEST).exists() else given
    if not folder.is_dir():
        load(folder)  # says what is there instead
    with locked(folder):
        load(folder)
        return write_signature(folder, read_bounded(folder / MANIFEST, LIMITS[MANIFEST]), private)
