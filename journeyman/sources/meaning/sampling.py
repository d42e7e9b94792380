"""Which of a column's different texts are looked at, where there are too many: always the same, in whatever order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_BEFORE, _BEHIND = 4, 8
_WIDTH = _BEFORE + _BEHIND


def some_of(texts: Sequence[str], size: int) -> list[int]:
    """Places of at most so many different texts, sorted by text; which ones depends on nothing but the texts.

    >>> texts = ["b", "a", "c"]
    >>> [texts[place] for place in some_of(texts, 5)]
    ['a', 'b', 'c']
    """
    places = range(len(texts)) if len(texts) <= size else _drawn(texts, size)
    return sorted(places, key=texts.__getitem__)[:size]


def _drawn(texts: Sequence[str], size: int) -> list[int]:
    """The places whose texts have the lowest keys, and those that tie with the last of them."""
    keys = _keys(texts)
    bound = np.partition(keys, size - 1)[size - 1]
    drawn: list[int] = np.flatnonzero(keys <= bound).tolist()
    return drawn


def _keys(texts: Sequence[str]) -> NDArray[np.uint64]:
    """A key for each text, as good as drawn at random, made of its ends and its length."""
    ends = [text[:_BEFORE] + text[-_BEHIND:] for text in texts]
    marks = np.array(ends, dtype=f"U{_WIDTH}").view(np.uint32).reshape(len(texts), _WIDTH)
    key = np.fromiter(map(len, texts), np.uint64, len(texts))
    for place in range(_WIDTH):
        key = _mixed(key ^ marks[:, place].astype(np.uint64))
    return key


def _mixed(key: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One round of the finaliser of SplitMix64."""
    key = (key + np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
    return key ^ (key >> np.uint64(31))


def some_numbers(values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """At most so many different numbers of many, sorted; which ones depends on nothing but the numbers.

    Parameters
    ----------
    values : (rows,), none of them missing
    """
    keys = _mixed(_mixed(values.view(np.uint64)))
    for share in (size * 4, size * 64, len(values)):
        if share >= len(values):
            break
        bound = np.partition(keys, share)[share]
        found = np.unique(values[keys < bound])
        if len(found) >= size:
            return np.sort(found[np.argsort(_mixed(_mixed(found.view(np.uint64))))][:size])
    found = np.unique(values)
    return np.sort(found[np.argsort(_mixed(_mixed(found.view(np.uint64))))][:size])
