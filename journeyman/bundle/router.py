"""The router: which rows a model answers alone, and which a person does. Data in the manifest, no code.

A row is automated where its predicted class is probable enough. A random few of these go to a person all the same: the
audit lane, which shows later whether the promise still holds. Chance is a hash of what the model reads of the row and a
seed, so that a row has the same lane today, tomorrow, alone and in any batch.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from journeyman.table.columns import Flags, Integers, Numbers, Objects

AUTOMATE, PERSON, AUDIT = "automate", "person", "audit"
ROUTES = (AUTOMATE, PERSON, AUDIT)
LONGEST_PROMISE = 2000

_Words = NDArray[np.uint64]
_GOLDEN, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_ALL = (1 << 64) - 1


@dataclass(frozen=True, kw_only=True)
class Router:
    """Who answers a row.

    Parameters
    ----------
    thresholds : by class in the order of the bundle, how probable the predicted class must be; None where a person
        always decides
    audit_share : the share of rows that would be automated and go to a person all the same
    seed : of the audit lane
    promise : what is guaranteed, and while what, in words
    """

    thresholds: tuple[float | None, ...]
    audit_share: float = 0.02
    seed: int = 0
    promise: str = ""

    def as_data(self) -> dict[str, Any]:
        """The router as the manifest holds it."""
        return {
            "thresholds": list(self.thresholds),
            "audit_share": self.audit_share,
            "seed": self.seed,
            "promise": self.promise,
        }

    def sure(self, places: Integers, chances: Numbers) -> Flags:
        """Which rows are sure enough, (rows,): ``places`` of the predicted classes, ``chances`` of these."""
        least = np.array([math.inf if one is None else one for one in self.thresholds])
        return np.asarray(chances >= least[places], np.bool_)

    def routes(self, places: Integers, chances: Numbers, usual: Flags, feeds: Mapping[str, NDArray[Any]]) -> Objects:
        """Where each row goes, (rows,).

        Parameters
        ----------
        usual : (rows,) rows that are as training knew them; all others go to a person
        feeds : the graph's inputs for these rows
        """
        alone = usual & self.sure(places, chances)
        found = np.full(len(places), PERSON, dtype=object)
        rows = np.flatnonzero(alone)
        lots = row_lots({name: feed[rows] for name, feed in feeds.items()}, self.seed)
        found[rows] = np.where(lots < self.audit_share, AUDIT, AUTOMATE)
        return found


def row_lots(feeds: Mapping[str, NDArray[Any]], seed: int) -> Numbers:
    """A number from 0 to below 1 for each row, (rows,), drawn by what the row holds and a seed.

    Parameters
    ----------
    feeds : name of a block → (rows, columns): float64, int64, bool, or text as objects
    """
    total: _Words = np.zeros(next((len(feed) for feed in feeds.values()), 0), np.uint64)
    for number, name in enumerate(sorted(feeds)):
        words = _as_words(feeds[name])
        salts = _mixed(np.arange(words.shape[1], dtype=np.uint64) + np.uint64((number + 1) << 32))
        # Sums wrap around: a sum of mixed words does not depend on how many rows are mixed at once.
        total += _mixed(words ^ salts).sum(axis=1, dtype=np.uint64)
    start = np.uint64((seed * _GOLDEN) & _ALL)
    return (_mixed(total ^ start) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def router_from_data(data: Any, classes: Sequence[str]) -> Router | None:
    """The router that `Router.as_data` wrote, trusting none of it.

    Raises
    ------
    ValueError : it says something that no router of ours says
    """
    if data is None:
        return None
    if not isinstance(data, dict) or set(data) != {"thresholds", "audit_share", "seed", "promise"}:
        raise ValueError("its router is not one that we write")
    thresholds, share, seed, promise = (data[name] for name in ("thresholds", "audit_share", "seed", "promise"))
    if not isinstance(thresholds, list) or len(thresholds) != len(classes) or not classes:
        raise ValueError("its router does not fit its classes")
    if not all(one is None or _is_share(one) for one in thresholds) or not _is_share(share):
        raise ValueError("its router holds what is no share")
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed < 1 << 63:
        raise ValueError("its router's seed is no whole number from 0 on")
    if not isinstance(promise, str) or len(promise) > LONGEST_PROMISE:
        raise ValueError("its router's promise is no text")
    least = tuple(None if one is None else float(one) for one in thresholds)
    return Router(thresholds=least, audit_share=float(share), seed=seed, promise=promise)


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _as_words(block: NDArray[Any]) -> _Words:
    """Cells as 64 bits each: equal cells are equal bits, a missing number is one and the same."""
    if block.dtype == object:
        known: dict[str, int] = {}
        flat = [known[cell] if cell in known else known.setdefault(cell, _of_text(cell)) for cell in block.ravel()]
        return np.array(flat, np.uint64).reshape(block.shape)
    if block.dtype.kind == "f":
        # 0.0 and -0.0 are one number, and so are all that are none.
        return np.where(np.isnan(block), np.nan, block + 0.0).astype(np.float64).view(np.uint64)
    return block.astype(np.int64).view(np.uint64)


def _of_text(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _mixed(words: _Words) -> _Words:
    """Words of which every bit hangs on every bit of the given ones (the finalizer of SplitMix64, Steele 2014)."""
    found = words + np.uint64(_GOLDEN)
    found = (found ^ (found >> np.uint64(30))) * np.uint64(_FIRST)
    found = (found ^ (found >> np.uint64(27))) * np.uint64(_SECOND)
    return found ^ (found >> np.uint64(31))
