"""Write what the run claims, so that it can be verified."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from journeyman.evaluation.certificate import NAME as CERTIFICATE
from journeyman.evaluation.certificate import claims_of, make_certificate
from journeyman.evaluation.looks import cells_digest
from journeyman.job.building.attempt import Tried
from journeyman.job.building.choose import Chosen
from journeyman.job.building.take_in import Taken
from journeyman.job.requested import brief_digest
from journeyman.report.summary import plain, versions
from journeyman.store.digest import digest_bytes
from journeyman.store.files import write_whole
from journeyman.store.run_folder import OpenRun


def certify(run: OpenRun, taken: Taken, tried: Tried, chosen: Chosen) -> None:
    """Write ``certificate.json``, and its digest into the journal."""
    certificate = make_certificate(
        look=chosen.look,
        odometer=chosen.odometer,
        brief=brief_digest(taken.request),
        seed=taken.request.seed,
        content=cells_digest(taken.table),
        used=tried.laboratory.data_key,
        folds=taken.understood.data.folds,
        versions=versions(),
        trials=tried.trials,
        shipped=chosen.shipped,
        claims=plain(claims_of(chosen.shipped.evaluation, chosen.sure, chosen.verdict, chosen.latency)),
        bundle=file_digests(run.folder / "bundle"),
        events=run.journal.events,
    )
    write_whole(run.folder / CERTIFICATE, certificate.content())
    run.journal.add("certificate", digest=digest_bytes(certificate.content()))


def file_digests(folder: Path) -> dict[str, dict[str, Any]]:
    """Digest and size of each file in a folder, by name."""
    contents = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    return {name: {"sha256": digest_bytes(one), "bytes": len(one)} for name, one in contents.items()}
