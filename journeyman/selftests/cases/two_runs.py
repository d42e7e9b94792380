"""The same request is the same run: with one seed and a fixed amount of work, nothing depends on clock or load."""

from __future__ import annotations

from journeyman.evaluation.certificate import LARGEST, NAME, first_difference, read_certificate
from journeyman.job.building.certify import file_digests
from journeyman.job.run import Run
from journeyman.selftests.bench import Bench
from journeyman.selftests.outcome import Seen
from journeyman.store.files import read_bounded

MUST_NOT = "give another model or other figures for the same table, request and seed"


def ours(bench: Bench) -> Seen:
    """The whole job twice."""
    one, other = bench.run(0), bench.run(1)
    digests = file_digests(one.folder / "bundle")
    for name, digest in file_digests(other.folder / "bundle").items():
        if digests.get(name) != digest:
            return Seen(False, f"the second run's {name} is another")
    first, second = _certificate(one), _certificate(other)
    if first != second:
        difference = first_difference(vars(read_certificate(first)), vars(read_certificate(second)))
        return Seen(False, f"the second run's certificate is another: {difference}")
    text = f"certificates and {len(digests)} files of the bundle are equal, byte for byte"
    return Seen(True, text, {"files": len(digests)})


def _certificate(run: Run) -> bytes:
    return read_bounded(run.folder / NAME, LARGEST)
