"""Results by key: arrays as ``.npy`` in a folder of their key's name, believed only if their digest is as recorded."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from journeyman.errors import SourceError
from journeyman.store.digest import digest_bytes
from journeyman.store.files import write_array


def save_arrays(folder: Path, arrays: Mapping[str, np.ndarray[Any, Any]]) -> dict[str, str]:
    """Write each array whole as ``<name>.npy``; give the digest of each file."""
    return {name: digest_bytes(write_array(folder / f"{name}.npy", array)) for name, array in sorted(arrays.items())}


def load_arrays(folder: Path, digests: Mapping[str, str]) -> dict[str, np.ndarray[Any, Any]] | None:
    """Read arrays back; None when one is not there or not what was recorded (it is then computed again)."""
    arrays = {}
    for name, digest in digests.items():
        try:
            content = (folder / f"{name}.npy").read_bytes()
        except OSError:
            return None
        if digest_bytes(content) != digest:
            return None
        try:
            arrays[name] = np.load(io.BytesIO(content), allow_pickle=False)
        except ValueError as error:
            raise SourceError(f"{folder / name}.npy is no array", because=str(error)) from error
    return arrays
