from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

from journeyman.job.building.certify import certify, file_digests
from journeyman.store.digest import digest_bytes


def test_the_certificate_is_in_the_folder_and_its_digest_in_the_journal(stages: SimpleNamespace) -> None:
    certify(stages.run, stages.taken, stages.tried, stages.chosen)
    content = (stages.run.folder / "certificate.json").read_bytes()
    assert stages.run.journal.last("certificate")["digest"] == digest_bytes(content)
    held = json.dumps(json.loads(content)["model"])
    digests = [one["sha256"] for one in file_digests(stages.run.folder / "bundle").values()]
    assert all(digest in held for digest in digests)


def test_a_digest_a_file_and_none_of_folders(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "b").mkdir()
    assert file_digests(tmp_path) == {"a": {"sha256": digest_bytes(b"one"), "bytes": 3}}
