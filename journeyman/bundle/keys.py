"""Keys to sign bundles with: Ed25519, from files that `openssl genpkey` or `ssh-keygen` wrote. Read, and never shown.

The library for it is an extra. What is wrong with a key is told without a byte of it.
"""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeyman.errors import InputError, ResourceError, SourceError
from journeyman.store.files import read_bounded

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

#: Largest file that can be a key.
_LARGEST = 1 << 16
_SSH = b"ssh-ed25519"
_MAKE_ONE = "make one with: openssl genpkey -algorithm ed25519 -out bundle.key"
_PUBLIC_OF = "openssl pkey -in bundle.key -pubout -out bundle.pub"


def read_private_key(path: str | os.PathLike[str]) -> Ed25519PrivateKey:
    """The private key in a file: PEM or OpenSSH, without a passphrase.

    Raises
    ------
    InputError : it cannot be read, is locked by a passphrase, or is no private key of Ed25519
    ResourceError : the library is not installed
    """
    _require_library()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_ssh_private_key

    content = _content(path)
    if b"PUBLIC KEY-----" in content or content.lstrip().startswith(_SSH):
        raise _refused(path, "it is a public key, and signing takes the private one", "name the private key")
    read: Any = load_ssh_private_key if b"OPENSSH PRIVATE KEY-----" in content else load_pem_private_key
    try:
        key = read(content, password=None)
    except TypeError as error:
        # What the library raises where a passphrase would be needed.
        because = "it is locked by a passphrase, and nobody is there to give it"
        raise _refused(path, because, "unlock a copy of it for this use, readable for you alone") from error
    except (ValueError, UnsupportedAlgorithm, AttributeError) as error:
        raise _refused(path, "it is no private key as OpenSSL and OpenSSH write them", _MAKE_ONE) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _refused(path, "it is not of Ed25519", _MAKE_ONE)
    return key


def read_public_key(path: str | os.PathLike[str]) -> Ed25519PublicKey:
    """The public key in a file: PEM, or one line as OpenSSH has it.

    Raises
    ------
    InputError : it cannot be read, or is no public key of Ed25519
    ResourceError : the library is not installed
    """
    _require_library()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key, load_ssh_public_key

    content = _content(path).strip()
    if b"PRIVATE KEY-----" in content:
        raise _refused(
            path, "it is a private key, which who checks should not hold", f"name the public one: {_PUBLIC_OF}"
        )
    read: Any = load_ssh_public_key if content.startswith(_SSH) else load_pem_public_key
    try:
        key = read(content)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _refused(
            path, "it is no public key as OpenSSL and OpenSSH write them", f"make it with: {_PUBLIC_OF}"
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise _refused(path, "it is not of Ed25519", _MAKE_ONE)
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """The name of a key, as ``ssh-keygen -l`` prints it: SHA-256 of its OpenSSH form, in base64 without padding."""
    blob = b"".join(len(part).to_bytes(4, "big") + part for part in (_SSH, key.public_bytes_raw()))
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def _content(path: str | os.PathLike[str]) -> bytes:
    try:
        # Secrets are mounted as links, so these are followed: it is the caller who named the file.
        return read_bounded(Path(path).resolve(), _LARGEST)
    except SourceError as error:
        raise InputError(
            f"the key {path} cannot be read", because=error.because or error.happened, remedy="name the file of a key"
        ) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError(
            f"the key {path} cannot be read", because="there is no such file", remedy="name the file of a key"
        ) from error


def _refused(path: str | os.PathLike[str], because: str, remedy: str) -> InputError:
    return InputError(f"the key {path} cannot be used", because=because, remedy=remedy)


def _require_library() -> None:
    try:
        import cryptography.hazmat.primitives.asymmetric.ed25519  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise ResourceError(
            "signatures need the library cryptography",
            because="it is an extra, and is not installed here",
            remedy="pip install 'journeyman[signatures]'",
        ) from error
