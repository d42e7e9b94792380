"""The signature of a bundle: who vouches for it. The manifest holds the digests of all other files, so it is signed.

A signature proves that whoever holds the private key signed this very manifest. It does not prove that the model is
good, nor when it was signed; a bundle without one loads, unless a signature is required.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from journeyman.bundle.keys import fingerprint, read_public_key
from journeyman.errors import BundleError
from journeyman.store.files import write_whole

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORMAT, ALGORITHM = 1, "ed25519"
#: The file of the bundle, and its largest size.
SIGNATURE, LARGEST = "signature.json", 1 << 12
#: Stands before what is signed, so that a signature made for anything else is none here.
CONTEXT = b"journeyman bundle signature 1\n"
_BYTES = 64
_DIGEST, _KEY = re.compile(r"[0-9a-f]{64}"), re.compile(r"SHA256:[A-Za-z0-9+/]{43}")


@dataclass(frozen=True)
class Signature:
    """What ``signature.json`` says.

    Parameters
    ----------
    key : the fingerprint of the key that signed, as ``ssh-keygen -l`` prints it
    manifest : SHA-256 of the manifest's bytes, in hexadecimal
    signature : 64 bytes of Ed25519 (RFC 8032) over `CONTEXT` and that digest in hexadecimal
    """

    key: str
    manifest: str
    signature: bytes

    def content(self) -> bytes:
        """The bytes of the file: the same signature, the same bytes."""
        data = {
            "format": FORMAT,
            "algorithm": ALGORITHM,
            "key": self.key,
            "manifest": self.manifest,
            "signature": base64.b64encode(self.signature).decode(),
        }
        return (json.dumps(data, indent=1) + "\n").encode()


def sign_manifest(manifest: bytes, key: Ed25519PrivateKey) -> Signature:
    """Sign a manifest's bytes. The same key and bytes give the same signature."""
    digest = _digest(manifest)
    return Signature(fingerprint(key.public_key()), digest, key.sign(_signed(digest)))


def write_signature(folder: Path, manifest: bytes, key: Ed25519PrivateKey) -> Signature:
    """Sign a bundle in its folder; an earlier signature is replaced.

    Raises
    ------
    ResourceError : the disk says no
    """
    signature = sign_manifest(manifest, key)
    write_whole(folder / SIGNATURE, signature.content())
    return signature


def read_signature(content: bytes) -> Signature:
    """Read what `Signature.content` wrote, trusting none of it. Whether it is true is not looked at.

    Raises
    ------
    BundleError : it is nothing that we write
    """
    try:
        data = json.loads(content.decode("ascii"), object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise _refused("it is no JSON that we write") from error
    names = {"format", "algorithm", "key", "manifest", "signature"}
    if not isinstance(data, dict) or set(data) != names:
        raise _refused("it is no signature")
    if type(data["format"]) is not int or data["format"] != FORMAT or data["algorithm"] != ALGORITHM:
        raise _refused(f"it is not of format {FORMAT} and {ALGORITHM}")
    if not all(isinstance(data[name], str) for name in ("key", "manifest", "signature")):
        raise _refused("a part of it is no text")
    if not _KEY.fullmatch(data["key"]) or not _DIGEST.fullmatch(data["manifest"]):
        raise _refused("it names no key or no manifest")
    try:
        signature = base64.b64decode(data["signature"].encode("ascii"), validate=True)
    except (ValueError, binascii.Error) as error:
        raise _refused("it is no base64") from error
    if len(signature) != _BYTES or base64.b64encode(signature).decode() != data["signature"]:
        raise _refused(f"it is not {_BYTES} bytes in base64")
    return Signature(data["key"], data["manifest"], signature)


def require_signed(manifest: bytes, signature: Signature | None, public_key: str | os.PathLike[str]) -> None:
    """Refuse a manifest that the holder of a key did not sign.

    Parameters
    ----------
    manifest : the bytes of its file, not yet parsed
    public_key : the file of the key

    Raises
    ------
    BundleError : it is not signed, by another key, or is another manifest than the one that was signed
    InputError : the key cannot be used
    ResourceError : the library for signatures is not installed
    """
    key = read_public_key(public_key)
    from cryptography.exceptions import InvalidSignature

    named = fingerprint(key)
    if signature is None:
        raise BundleError(
            "the bundle is not signed",
            because=f"it holds no {SIGNATURE}, and a signature of {named} is required",
            remedy="get the signed bundle, or sign it with: journeyman sign RUN --key KEY",
        )
    if signature.key != named:
        raise BundleError(
            "the bundle is signed by another key",
            because=f"{signature.key} signed it, and a signature of {named} is required",
            remedy="name the public key of whoever signs your bundles, or get the right bundle",
        )
    digest = _digest(manifest)
    if signature.manifest != digest:
        raise _untrue("the manifest was changed after it was signed")
    try:
        key.verify(signature.signature, _signed(digest))
    except InvalidSignature as error:
        raise _untrue("that key did not make it") from error


def _untrue(because: str) -> BundleError:
    return BundleError(
        "the bundle's signature is not true", because=because, remedy="get an undamaged copy of the signed bundle"
    )


def _signed(digest: str) -> bytes:
    return CONTEXT + digest.encode()


def _digest(manifest: bytes) -> str:
    return hashlib.sha256(manifest).hexdigest()


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice")
    return found


def _refused(reason: str) -> BundleError:
    return BundleError(
        "the bundle's signature is refused", because=reason, remedy="get an undamaged copy, or sign the bundle again"
    )
