"""Digests: the same data gives the same name, on every machine and in every year."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np


def canonical(data: object) -> bytes:
    """JSON with sorted keys, no spaces, no NaN; numbers in their shortest spelling.

    >>> canonical({"b": 1, "a": (0.1, None)})
    b'{"a":[0.1,null],"b":1}'
    """
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=False).encode()


def digest_bytes(content: bytes | memoryview) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_data(data: object) -> str:
    """SHA-256 of a value's canonical JSON."""
    return digest_bytes(canonical(data))


def digest_arrays(arrays: Mapping[str, np.ndarray[Any, Any]]) -> str:
    """SHA-256 of named arrays: names, types, shapes and bytes. Object arrays hold text."""
    hasher = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        hasher.update(canonical([name, str(array.dtype), list(array.shape)]))
        if array.dtype.hasobject:
            hasher.update(canonical([str(cell) for cell in array.ravel().tolist()]))
        else:
            hasher.update(array.tobytes())
    return hasher.hexdigest()
