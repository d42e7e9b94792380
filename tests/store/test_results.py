"""A result is believed only if its digest is as recorded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from journeyman.errors import SourceError
from journeyman.store.digest import digest_bytes
from journeyman.store.results import load_arrays, save_arrays

ARRAYS = {"0/step/mean": np.array([0.1, np.nan, -0.0]), "flags": np.zeros((0, 3), bool), "code": np.array(7)}


def test_arrays_come_back_bit_for_bit(tmp_path: Path) -> None:
    digests = save_arrays(tmp_path, ARRAYS)
    assert digests == save_arrays(tmp_path / "again", ARRAYS)
    back = load_arrays(tmp_path, digests)
    assert back is not None
    for name, array in ARRAYS.items():
        assert (back[name].dtype, back[name].shape, back[name].tobytes()) == (array.dtype, array.shape, array.tobytes())


def test_what_is_gone_or_changed_is_computed_again(tmp_path: Path) -> None:
    digests = save_arrays(tmp_path, ARRAYS)
    path = tmp_path / "flags.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert load_arrays(tmp_path, digests) is None
    path.unlink()
    assert load_arrays(tmp_path, digests) is None


def test_an_array_of_objects_is_never_unpickled(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(SourceError, match="is no array"):
        load_arrays(tmp_path, {"a": digest_bytes((tmp_path / "a.npy").read_bytes())})
