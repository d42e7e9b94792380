"""How often cases have tested other requests before: who tries until something passes has shown nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from journeyman.errors import SourceError
from journeyman.evaluation.looks import Odometer
from journeyman.store.files import read_bounded

#: The file that an automation leaves, and the largest that is looked into.
NAME = "automate.json"
_LARGEST = 1 << 26


def looks_before(runs: Path, asked: Mapping[str, str], *, own: Path | None = None) -> Odometer:
    """Count the other requests in a folder that the same cases tested; the level is spent over them as over builds.

    Parameters
    ----------
    asked : digests: ``source`` or ``outcomes`` say which cases, ``target`` what of them, ``request`` what was asked
    own : the folder of this automation, which does not count

    What lies in other folders, or was deleted, is not known.
    """
    found: dict[str, None] = {}
    for path in sorted(runs.glob(f"*/{NAME}")):
        if own is not None and path.parent == own:
            continue
        try:
            known = json.loads(read_bounded(path, _LARGEST)).get("asked", {})
        except (SourceError, ValueError, AttributeError):
            continue
        if not isinstance(known, dict) or known.get("target") != asked["target"]:
            continue
        is_same = known.get("source") == asked["source"] or known.get("outcomes") == asked["outcomes"]
        request = known.get("request")
        if is_same and isinstance(request, str) and request != asked["request"]:
            found[request] = None
    return Odometer(tuple(found))
