"""The digest of code: which files it was that gave a result."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from journeyman.store.digest import digest_bytes, digest_data

#: What decides what a run gives, and how it is shown; compiled files and data do not.
SUFFIXES = (".css", ".html", ".js", ".py")


def code_digest(package: str = "journeyman") -> str:
    """SHA-256 over the installed files of a package: the same files have the same digest wherever they lie.

    A version number does not tell a checkout from the next one; this does.

    Raises
    ------
    ModuleNotFoundError : there is no such package
    """
    found: dict[str, str] = {}
    _collect(files(package), "", found)
    return digest_data(found)


def _collect(folder: Traversable, path: str, found: dict[str, str]) -> None:
    for one in folder.iterdir():
        name = f"{path}{one.name}"
        if one.is_dir():
            _collect(one, f"{name}/", found)
        elif one.name.endswith(SUFFIXES):
            found[name] = digest_bytes(one.read_bytes())
