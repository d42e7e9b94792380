"""Files of weights that a person has named: read where they are, never fetched."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from journeyman.errors import SourceError

#: What tells libraries of pretrained networks to stay off the network, and to ask nobody.
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TABPFN_DISABLE_TELEMETRY": "1",
    "TABPFN_NO_BROWSER": "1",
}


def weights_file(variable: str) -> Path | None:
    """The file that an environment variable names; None where it names none that is there."""
    named = os.environ.get(variable, "")
    return Path(named) if named and Path(named).is_file() else None


def weights_digest(variable: str) -> str:
    """The digest of the file that a variable names, empty where there is none: other weights are another teacher."""
    path = weights_file(variable)
    if path is None:
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def same_weights(variable: str, digest: str) -> Path:
    """The file that a variable names, if it is the one that a plan was made with.

    Raises
    ------
    SourceError : it names another, or none
    """
    path = weights_file(variable)
    if path is None or weights_digest(variable) != digest:
        raise SourceError(
            "the weights of a teacher are not those that it was to be asked with",
            because=f"{variable} names another file, or none",
            remedy=f"let {variable} name the file that it named before",
        )
    return path


@contextlib.contextmanager
def offline() -> Iterator[None]:
    """Let libraries stay off the network meanwhile, whatever they would fetch or report on their own."""
    before = {name: os.environ.get(name) for name in _OFFLINE}
    os.environ.update(_OFFLINE)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
