"""Keys as OpenSSL and OpenSSH write them are read; whatever else there is, is refused without a byte of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization as forms
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from journeyman.bundle.keys import fingerprint, read_private_key, read_public_key
from journeyman.errors import InputError, ResourceError

#: The first test vector of RFC 8032.
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
KEY = Ed25519PrivateKey.from_private_bytes(SEED)
PEM, SSH = forms.Encoding.PEM, forms.Encoding.OpenSSH
PKCS8, OPENSSH = forms.PrivateFormat.PKCS8, forms.PrivateFormat.OpenSSH
OPEN, LOCKED = forms.NoEncryption(), forms.BestAvailableEncryption(b"secret")


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("form", [PKCS8, OPENSSH])
def test_private_keys_in_both_forms(form: forms.PrivateFormat, tmp_path: Path) -> None:
    path = write(tmp_path / "key", KEY.private_bytes(PEM, form, OPEN))
    assert read_private_key(path).private_bytes_raw() == SEED
    (tmp_path / "link").symlink_to(path)
    assert read_private_key(tmp_path / "link").private_bytes_raw() == SEED


def test_public_keys_in_both_forms(tmp_path: Path) -> None:
    public = KEY.public_key()
    pem = write(tmp_path / "a", public.public_bytes(PEM, forms.PublicFormat.SubjectPublicKeyInfo))
    line = write(tmp_path / "b", public.public_bytes(SSH, forms.PublicFormat.OpenSSH) + b" ada@example\n")
    for path in (pem, line):
        assert read_public_key(path).public_bytes_raw().hex() == PUBLIC
        assert fingerprint(read_public_key(path)) == fingerprint(public)


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not here")
def test_a_fingerprint_is_what_openssh_says(tmp_path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    said = subprocess.run(["ssh-keygen", "-lf", str(tmp_path / "key.pub")], check=True, capture_output=True, text=True)
    named = fingerprint(read_public_key(tmp_path / "key.pub"))
    assert named == said.stdout.split()[1] == fingerprint(read_private_key(tmp_path / "key").public_key())


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here")
def test_keys_of_openssl(tmp_path: Path) -> None:
    key, public = str(tmp_path / "key"), str(tmp_path / "pub")
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True)
    subprocess.run(["openssl", "pkey", "-in", key, "-pubout", "-out", public], check=True)
    assert fingerprint(read_private_key(key).public_key()) == fingerprint(read_public_key(public))


def refusals(path: Path) -> dict[str, bytes]:
    curve = ec.generate_private_key(ec.SECP256R1())
    public = KEY.public_key()
    return {
        "passphrase": KEY.private_bytes(PEM, PKCS8, LOCKED),
        "not of Ed25519": curve.private_bytes(PEM, PKCS8, OPEN),
        "public key": public.public_bytes(PEM, forms.PublicFormat.SubjectPublicKeyInfo),
        "a public key, and": public.public_bytes(SSH, forms.PublicFormat.OpenSSH),
        "no private key": b"hello",
        "no private key as": b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "no private key as OpenSSL": b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
        "larger than": b"x" * 100_000,
    }


def test_what_is_no_private_key_is_refused_and_not_shown(tmp_path: Path) -> None:
    for because, content in refusals(tmp_path).items():
        path = write(tmp_path / "key", content)
        with pytest.raises(InputError, match=because) as told:
            read_private_key(path)
        assert told.value.remedy
        for line in content.decode("latin-1").splitlines():
            assert len(line) < 30 or line not in str(told.value)


def test_what_is_no_public_key_is_refused(tmp_path: Path) -> None:
    curve = ec.generate_private_key(ec.SECP256R1()).public_key()
    for because, content in {
        "private key": KEY.private_bytes(PEM, PKCS8, OPEN),
        "not of Ed25519": curve.public_bytes(PEM, forms.PublicFormat.SubjectPublicKeyInfo),
        "no public key": b"ssh-ed25519 AAAA",
        "no public key as": b"",
    }.items():
        with pytest.raises(InputError, match=because):
            read_public_key(write(tmp_path / "key", content))


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    for read in (read_private_key, read_public_key):
        with pytest.raises(InputError, match="cannot be read"):
            read(tmp_path / "nowhere")
        with pytest.raises(InputError, match="cannot be read"):
            read(tmp_path)
    (tmp_path / "ring").symlink_to("ring")
    with pytest.raises(InputError, match="cannot be read"):
        read_public_key(tmp_path / "ring")


def test_without_the_library_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "key", KEY.private_bytes(PEM, PKCS8, OPEN))
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.asymmetric.ed25519", None)
    with pytest.raises(ResourceError, match=r"journeyman\[signatures\]"):
        read_private_key(path)
