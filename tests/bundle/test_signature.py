"""A signature that is required must be there, of that key, and of that manifest; one that is there must be one."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization as forms
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import journeyman as jm
from journeyman.bundle.keys import fingerprint
from journeyman.bundle.manifest import MANIFEST
from journeyman.bundle.signature import (
    CONTEXT,
    SIGNATURE,
    Signature,
    read_signature,
    require_signed,
    sign_manifest,
    write_signature,
)
from journeyman.errors import BundleError
from journeyman.store.digest import digest_bytes

OURS, THEIRS = (Ed25519PrivateKey.from_private_bytes(bytes([one]) * 32) for one in (1, 2))


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return write_public(tmp_path / "ours.pub", OURS)


def write_public(path: Path, key: Ed25519PrivateKey) -> Path:
    path.write_bytes(key.public_key().public_bytes(forms.Encoding.OpenSSH, forms.PublicFormat.OpenSSH))
    return path


@pytest.fixture
def bundle(written: Callable[[], Path], tmp_path: Path) -> Path:
    """A signed one."""
    folder = shutil.copytree(written(), tmp_path / "bundle")
    write_signature(folder, (folder / MANIFEST).read_bytes(), OURS)
    return folder


def test_what_is_signed_is_told_in_the_documents() -> None:
    """Whoever reads docs/bundle.md can check a signature with any library."""
    manifest = b"{}\n"
    found = sign_manifest(manifest, OURS)
    OURS.public_key().verify(found.signature, b"journeyman bundle signature 1\n" + digest_bytes(manifest).encode())
    assert CONTEXT == b"journeyman bundle signature 1\n"
    assert found == read_signature(found.content()) == sign_manifest(manifest, OURS)


def test_a_signed_bundle_is_taken_with_its_key_and_without_one(bundle: Path, public: Path) -> None:
    assert jm.load(bundle).target == jm.load(bundle, require_signature=public).target


def test_an_unsigned_bundle_is_refused_where_a_signature_is_required(bundle: Path, public: Path) -> None:
    (bundle / SIGNATURE).unlink()
    assert jm.load(bundle).target == "bought"
    with pytest.raises(BundleError, match="is not signed"):
        jm.load(bundle, require_signature=public)


def test_the_signature_of_another_key_is_refused(bundle: Path, tmp_path: Path) -> None:
    theirs = write_public(tmp_path / "theirs.pub", THEIRS)
    with pytest.raises(BundleError, match="signed by another key") as told:
        jm.load(bundle, require_signature=theirs)
    assert fingerprint(OURS.public_key()) in str(told.value)
    # Who only writes our name over theirs has not signed.
    made = sign_manifest((bundle / MANIFEST).read_bytes(), THEIRS)
    named = Signature(fingerprint(OURS.public_key()), made.manifest, made.signature)
    (bundle / SIGNATURE).write_bytes(named.content())
    with pytest.raises(BundleError, match="that key did not make it"):
        jm.load(bundle, require_signature=write_public(tmp_path / "ours.pub", OURS))


def test_no_byte_of_a_signed_bundle_can_change(bundle: Path, public: Path) -> None:
    for name in sorted(one.name for one in bundle.iterdir()):
        content = (bundle / name).read_bytes()
        for place in range(0, len(content), max(len(content) // 40, 1)):
            changed = bytearray(content)
            changed[place] ^= 1
            (bundle / name).write_bytes(changed)
            with pytest.raises(BundleError):
                jm.load(bundle, require_signature=public)
        (bundle / name).write_bytes(content)
    jm.load(bundle, require_signature=public)


def test_a_changed_file_with_a_new_digest_is_found_by_the_signature(bundle: Path, public: Path) -> None:
    content = (bundle / "card.md").read_bytes() + b"\nTrust me.\n"
    (bundle / "card.md").write_bytes(content)
    data = json.loads((bundle / MANIFEST).read_text())
    data["files"]["card.md"] = {"sha256": digest_bytes(content), "bytes": len(content)}
    (bundle / MANIFEST).write_text(json.dumps(data, sort_keys=True, indent=1) + "\n")
    assert jm.load(bundle).target == "bought"
    with pytest.raises(BundleError, match="the manifest was changed after it was signed"):
        jm.load(bundle, require_signature=public)


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"format": True},
        {"algorithm": "none"},
        {"key": "SHA256:short"},
        {"key": 1},
        {"manifest": "0"},
        {"signature": "!"},
        {"signature": base64.b64encode(b"x" * 63).decode()},
        {"signature": "é"},
        {"more": 1},
    ],
)
def test_what_is_no_signature_is_refused_also_where_none_is_required(bundle: Path, change: dict[str, Any]) -> None:
    data = json.loads((bundle / SIGNATURE).read_text()) | change
    (bundle / SIGNATURE).write_text(json.dumps(data))
    with pytest.raises(BundleError, match="signature is refused"):
        jm.load(bundle)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"format": 1, "format": 1}', b"[" * 4000, b"x" * 5000])
def test_other_files_are_refused(bundle: Path, content: bytes) -> None:
    (bundle / SIGNATURE).write_bytes(content)
    with pytest.raises(BundleError, match="signature"):
        jm.load(bundle)


def test_the_signature_is_looked_at_before_the_manifest(bundle: Path, public: Path) -> None:
    """Not even JSON of somebody else is parsed."""
    (bundle / MANIFEST).write_bytes(b"[" * 1000)
    with pytest.raises(BundleError, match="changed after it was signed"):
        jm.load(bundle, require_signature=public)


def test_a_bundle_that_is_written_anew_is_not_signed(bundle: Path, make_bundle: Callable[..., Path]) -> None:
    make_bundle(bundle)
    assert not (bundle / SIGNATURE).exists()


def test_none_is_no_signature(public: Path) -> None:
    with pytest.raises(BundleError, match="is not signed"):
        require_signed(b"", None, public)
