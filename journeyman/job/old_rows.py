"""The rows that a run was built from: found again by what the run wrote down, and believed only by their digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from journeyman.errors import InputError, SourceError
from journeyman.sources.addresses.shown import shown
from journeyman.sources.named import Named
from journeyman.sources.raw import Raw
from journeyman.sources.read import read_raw
from journeyman.store.digest import digest_data


def old_rows(
    summary: Mapping[str, Any], paths: Sequence[str] = (), **named: Unpack[Named]
) -> tuple[list[str], list[Raw]]:
    """The sources of a run, as paths and as cells; nothing is joined to them yet.

    Parameters
    ----------
    summary : ``run.json``
    paths : where they lie now; empty for where they lay
    named : which table, which query; what is joined may have grown since, so it has no say here

    Raises
    ------
    InputError : they are gone, or not what they were; the remedy says what else can be done
    """
    found = list(paths) or [str(one) for one in summary.get("sources") or ()]
    if not found:
        raise InputError(
            "the rows that the run was built from are not known",
            because="it was built from a table in memory",
            remedy="name a file of them with --old, or add --new-only to learn from new rows alone",
        )
    alone = Named(**{**named, "join": None})
    try:
        raws = [read_raw(one, **alone) for one in found]
    except SourceError as error:
        raise InputError(
            f"the rows that the run was built from cannot be read: {error.happened}",
            because=error.because,
            remedy="say with --old where they are now, or add --new-only to learn from new rows alone",
            code=error.code,
        ) from error
    digest = raws[0].digest if len(raws) == 1 else digest_data([one.digest for one in raws])
    joined = summary.get("joined") or ()
    told = joined[0].get("to") if joined else (summary.get("digests") or {}).get("source")
    if digest != told:
        raise InputError(
            f"{', '.join(map(shown, found))} is not the table that the run was built from",
            because="its digest is another one: rows were changed, added or removed",
            remedy="say with --old where an unchanged copy is, or add --new-only to learn from new rows alone",
        )
    return found, raws
