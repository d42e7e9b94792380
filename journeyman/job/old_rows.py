"""The rows that a run was built from: found again by what the run wrote down, and believed only by their digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from journeyman.errors import InputError, SourceError
from journeyman.sources.raw import Raw
from journeyman.sources.read import read_raw
from journeyman.store.digest import digest_data


def old_rows(summary: Mapping[str, Any], named: Sequence[str] = ()) -> tuple[list[str], list[Raw]]:
    """The sources of a run, as paths and as cells.

    Parameters
    ----------
    summary : ``run.json``
    named : where they lie now; empty for where they lay

    Raises
    ------
    InputError : they are gone, or not what they were; the remedy says what else can be done
    """
    paths = list(named) or [str(one) for one in summary.get("sources") or ()]
    if not paths:
        raise InputError(
            "the rows that the run was built from are not known",
            because="it was built from a table in memory",
            remedy="name a file of them with --old, or add --new-only to learn from new rows alone",
        )
    try:
        raws = [read_raw(one) for one in paths]
    except SourceError as error:
        raise InputError(
            f"the rows that the run was built from cannot be read: {error.happened}",
            because=error.because,
            remedy="say with --old where they are now, or add --new-only to learn from new rows alone",
            code=error.code,
        ) from error
    found = raws[0].digest if len(raws) == 1 else digest_data([one.digest for one in raws])
    told = (summary.get("digests") or {}).get("source")
    if found != told:
        raise InputError(
            f"{', '.join(paths)} is not the table that the run was built from",
            because="its digest is another one: rows were changed, added or removed",
            remedy="say with --old where an unchanged copy is, or add --new-only to learn from new rows alone",
        )
    return paths, raws
