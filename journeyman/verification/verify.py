"""The door of the room: a run, and its table where it is there, in; what holds, out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Unpack

from journeyman.bundle.contents import BUNDLE
from journeyman.bundle.keys import fingerprint, read_public_key
from journeyman.bundle.model import load
from journeyman.errors import GateClosed, InputError, ResourceError
from journeyman.evaluation.certificate import LARGEST, NAME, read_certificate
from journeyman.job.requested import named_by
from journeyman.job.run import Run
from journeyman.sources.named import Named
from journeyman.sources.read import read, read_raw
from journeyman.store.files import read_bounded
from journeyman.store.run_folder import run_in
from journeyman.table.table import Table
from journeyman.verification.automation import cases_of, is_automation, promise
from journeyman.verification.comparing import checked
from journeyman.verification.left_behind import LeftBehind
from journeyman.verification.recomputed import recomputed
from journeyman.verification.verification import Check, Verification


def verify(
    run: str | os.PathLike[str] | Run,
    data: Any = None,
    *,
    require_signature: str | os.PathLike[str] | None = None,
    **named: Unpack[Named],
) -> Verification:
    """Recompute a run's certificate, and say what holds.

    Without the table: the bundle is that of the certificate and answers its golden rows, everything in the folder says
    the same, and what was kept is as it was kept. With the table, too: it is the same, is understood and split as it
    was, the kept answers give the same claims, and the model answers as the plan did that was chosen. Nothing is fitted
    again, so it is not shown that the kept answers are those of the plans; building again shows that.

    Parameters
    ----------
    run : a run directory, or a `Run`; of an automation the run of its model is looked at, and its promise
    data : the table that it was built from, as for `build`, or a list of several; None for the file that it was built
        from, where that is still there and the same
    require_signature : the file of a public key; it is checked that its holder signed the bundle
    named : which table, which query, what to join (`journeyman.sources.named.Named`), where that is not as in the run

    Raises
    ------
    InputError : there is no certificate in that folder, or ``data`` or the public key cannot be read
    ResourceError : a signature is to be checked, and the library for it is not installed
    """
    folder = run.folder if isinstance(run, Run) else run_in(Path(run))
    if not (folder / NAME).is_file():
        raise InputError(
            f"there is no certificate in {folder}",
            because=f"{NAME}, which a run writes at its end, is not there",
            remedy="name a run directory, as runs/churn-1, or build again",
        )
    try:
        left = LeftBehind(folder, read_certificate(read_bounded(folder / NAME, LARGEST)))
    except GateClosed as error:
        return Verification(folder, (Check("certificate", "fails", error.happened),))
    found = left.checks()
    if require_signature is not None:
        key = read_public_key(require_signature)
        bundles = [folder / BUNDLE]
        if not isinstance(run, Run) and is_automation(Path(run)):
            bundles.append(Path(run) / BUNDLE)
        found += [checked("signature", partial(_signed, one, require_signature, fingerprint(key))) for one in bundles]
    if not isinstance(run, Run) and is_automation(Path(run)):
        return Verification(folder, (*found, *_automation(left, Path(run), data, named)))
    table = _table(left, named) if data is None else _read(left, data, named)
    return Verification(folder, (*found, *(left.unchecked() if table is None else recomputed(left, table))))


def _signed(bundle: Path, public_key: str | os.PathLike[str], named: str) -> str:
    """That a bundle is signed as required, in words."""
    load(bundle, require_signature=public_key)
    return f"{bundle} is signed by {named}"


def _automation(left: LeftBehind, folder: Path, data: Any, named: Named) -> tuple[Check, ...]:
    """The checks that need the log: the model learnt from a part of it, and another part tested the promise."""
    if data is None:
        told = "not recomputed without the log; name it with --data"
        return (*left.unchecked(), Check("promise", "not checked", told))
    is_listed = isinstance(data, list | tuple) and len(data) == 1 and not isinstance(data[0], Mapping)
    raw = read_raw(data[0] if is_listed else data, **named)
    try:
        table = _read(left, cases_of(folder).learnt(raw), {})
    except GateClosed as error:
        return (Check("cases", "fails", f"{error.happened}: {error.because}"),)
    return (*recomputed(left, table), checked("promise", lambda: promise(folder, raw)))


def _table(run: LeftBehind, named: Named) -> Table | None:
    """The table that the run was built from, where it is still there and the same."""
    try:
        sources = run.summary.get("sources")
        if not isinstance(sources, list) or not sources:
            return None
        if not all(isinstance(one, str) and _is_file(one) for one in sources):
            return None
        table = _read(run, sources, named)
    except (GateClosed, InputError, ResourceError, ValueError, OSError):
        # It was not asked for, so what is wrong with it is no fault.
        return None
    return table if table.digest == run.certificate.data["source"] else None


def _is_file(source: str) -> bool:
    """Whether it is a file, or a part of one: ``book.xlsx#Sheet2``."""
    return Path(source).is_file() or Path(source.partition("#")[0]).is_file()


def _read(run: LeftBehind, data: Any, named: Named) -> Table:
    are_several = isinstance(data, list | tuple) and bool(data) and not isinstance(data[0], Mapping)
    sources: Sequence[Any] = data if are_several else [data]
    request = run.request
    return read(*sources, overrides=request.columns, target=request.predict, **named_by(request, named))
