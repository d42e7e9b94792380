"""Comparing what is certified with what is found: a check says what holds in words, or raises what differs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from journeyman.errors import GateClosed, JourneymanError
from journeyman.evaluation.certificate import first_difference
from journeyman.store.digest import digest_bytes
from journeyman.store.files import read_bounded
from journeyman.verification.verification import Check

#: Largest size of ``run.json`` and the like.
_LARGEST = 1 << 28


def checked(name: str, holds: Callable[[], str]) -> Check:
    """What came of a check: ``holds`` gives the words for it, or raises."""
    try:
        return Check(name, "holds", holds())
    except JourneymanError as error:
        because = f", because {error.because}" if error.because else ""
        return Check(name, "fails", f"{error.happened}{because}")
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        # What lies in the folder may be anything; what is not of our making does not hold.
        return Check(name, "fails", f"it is not what a run writes ({type(error).__name__}: {error})")


def require_same(what: str, certified: Any, found: Any) -> None:
    """Two digests or names are one.

    Raises
    ------
    GateClosed : they differ
    """
    if certified != found:
        raise GateClosed(f"{what} is {_short(found)}", because=f"{_short(certified)} is certified")


def require_equal(certified: Any, found: Any, path: str = "") -> None:
    """Two values of JSON are the same, numbers to `journeyman.evaluation.certificate.TOLERANCE`.

    Raises
    ------
    GateClosed : they differ, and where
    """
    if difference := first_difference(certified, found, path):
        raise GateClosed(difference, because="")


def digest_of(path: Path, limit: int) -> str:
    """The digest of a file of at most so many bytes.

    Raises
    ------
    SourceError : it is not there, is no regular file, or is larger
    """
    return digest_bytes(read_bounded(path, limit))


def object_in(path: Path) -> Mapping[str, Any]:
    """The JSON object in a file.

    Raises
    ------
    GateClosed : it holds none
    """
    told = json.loads(read_bounded(path, _LARGEST))
    if not isinstance(told, dict):
        raise GateClosed(f"{path.name} is no JSON object", because="it is not what a run writes")
    return told


def inside(told: Mapping[str, Any], *names: str) -> Any:
    """What stands below some names, None where nothing does."""
    one: Any = told
    for name in names:
        one = one.get(name) if isinstance(one, Mapping) else None
    return one


def _short(digest: Any) -> str:
    text = str(digest)
    return f"{text[:12]}…" if len(text) == 64 else text[:60]
